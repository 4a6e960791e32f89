//! `<ocp-log-backup-panel>`: the log backup tasks of an OceanBase cluster, as a browser widget.
//!
//! The map of the house, from the ground up. Each layer may import only those listed before it (`tests/native/layers.rs` checks that):
//!
//! - [`domain`]: facts, without a browser. The query and the verbs that change it, times and ranges, a task and what its
//!   delay means, a page of tasks and its pager.
//! - [`api`]: OCP's dialect. It turns a query into a URL, sends the one request, and decodes the response into a page of tasks
//!   or a typed error. It masks credentials on the way in.
//! - [`state`]: what is known now. A pure reducer of requests and responses, pure machines beside it, and the one driver.
//! - [`text`]: turns facts into words, still without a browser. Languages, formats, the table's rows, the verdict, problems,
//!   reports, files, the events for the embedder, and what the viewer chose.
//! - [`view`]: pixels. One file for each part of the panel.
//! - [`embed`]: the outside. It reads attributes into a configuration, asks the browser what time it is, and mounts a panel into
//!   the shadow root of the custom element (`embed/ocp-log-backup-panel.js`).

pub mod api;
pub mod domain;
pub mod embed;
pub mod state;
pub mod text;
pub mod view;
