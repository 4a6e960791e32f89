//! Pixels: each part of the panel is a Leptos component in a file of its name. The words come from [`crate::text`].

pub mod app;
pub mod console;
pub mod context;
pub mod diagnostics;
pub mod display;
pub mod drawer;
pub mod export;
pub mod keys;
pub mod lazy;
pub mod menu;
pub mod news;
pub mod notices;
pub mod pager;
pub mod parts;
pub mod popover;
pub mod preferences;
pub mod range_draft;
pub mod range_picker;
pub mod rows;
pub mod stylesheet;
pub mod summary;
pub mod table;
pub mod task_details;
pub mod toolbar;
pub mod zone_select;
