//! The footer of the panel: as of when the rows are, and which server answered.

use super::format::{instant, time};
use super::sanitize::visible;
use super::texts::fill;
use super::viewer::Viewer;
use crate::domain::page::Meta;
use crate::domain::redact::Redacted;
use crate::state::request_state::Loaded;

/// The time as of which the rows are: the server's own, or when they were received where it sent none.
#[must_use]
pub fn as_of(data: &Loaded, viewer: &Viewer) -> String {
    match &data.page.meta.timestamp {
        Some(stamp) => time(Some(stamp), viewer),
        None => instant(data.received, viewer),
    }
}

/// The parts of the footer: as of when the rows are, how long the request took, which server answered, and the trace id. What the
/// server did not send is left out.
#[must_use]
pub fn footer(data: &Loaded, viewer: &Viewer) -> Vec<String> {
    let texts = viewer.locale.texts();
    let Meta { timestamp, duration, server, trace_id, .. } = &data.page.meta;
    let template = if timestamp.is_some() { texts.as_of } else { texts.received };
    let part = |template, name, value: &Option<Redacted>| Some(fill(template, &[(name, &visible(value.as_deref()?))]));
    let parts = [
        Some(fill(template, &[("time", &as_of(data, viewer))])),
        part(texts.took, "ms", duration),
        part(texts.server, "server", server),
        part(texts.trace, "trace", trace_id),
    ];
    parts.into_iter().flatten().collect()
}
