//! `<ocp-log-backup-panel>`: the log backup tasks of an OceanBase cluster, as a browser widget.
//!
//! The map of the house, from the ground up; a layer imports only those before it (`tests/native/layers.rs` holds it to that):
//!
//! - [`domain`]: facts without a browser. The query and the verbs that change it, times and ranges, the task, its delay
//!   and what that means, the page and its pager.
//! - [`api`]: OCP's dialect. The URL of a query, the one request, and the answer decoded into a page of tasks or a typed
//!   error, with credentials masked on the way in.
//! - [`state`]: what is known now. A pure reducer over questions and answers, and the one driver.
//! - [`text`]: facts into words, still without a browser. Languages, formats, the table's rows, the verdict, problems,
//!   reports, files and what a host hears.
//! - [`view`]: pixels. One file a part of the panel.
//! - [`embed`]: the outside. Attributes become a configuration, the clock is the browser's, and a panel is mounted into a
//!   shadow root for the custom element in `embed/ocp-log-backup-panel.js`.

pub mod api;
pub mod domain;
pub mod embed;
pub mod state;
pub mod text;
pub mod view;
