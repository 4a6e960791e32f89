//! What the embedder hears: `data-state`, and an event for each change of the query, the filter, the response and the problem.

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::api::error::ErrorKind;
use crate::domain::summary::Summary;
use crate::state::panel::Panel;
use crate::state::request_state::{Loaded, RequestState};
use crate::text::event_detail::{change_detail, error_detail, filter_detail, load_detail, query_detail};
use crate::text::json::JsonObject;
use crate::view::context::PanelContext;
use crate::view::parts::effect;

/// Keeps `data-state` of the host in step with the state.
pub fn reflect_phase(host: HtmlElement, panel: Panel) {
    let mut last = None;
    effect(move || {
        let phase = panel.with_state(RequestState::phase);
        if last.replace(phase) != Some(phase) {
            _ = host.set_attribute("data-state", phase.name());
        }
    });
}

/// Tells the host of each change: of the query (but not of the first one), of the filter, each response, each line of the journal, each
/// failure.
pub fn announce(context: PanelContext) {
    let panel = context.panel;
    let notify = move |name: &str, detail| _ = untrack(|| context.notify(name, detail));
    let mut is_first = true;
    effect(move || {
        let query = panel.query.get();
        if !std::mem::replace(&mut is_first, false) {
            notify("ocp-query-change", query_detail(&query, panel.clock));
        }
    });
    let mut is_first = true;
    effect(move || {
        let table = context.table();
        if !std::mem::replace(&mut is_first, false) {
            notify("ocp-filter-change", filter_detail(&table));
        }
    });
    let (mut data, mut written, mut problem) = (None::<Loaded>, 0, None);
    effect(move || {
        let glance = untrack(|| context.glance());
        let summary = glance.as_ref().map(|glance| &glance.summary);
        let shown = panel.query.get_untracked();
        // A handler of the host may change the state, so no part of the state is borrowed while the event is dispatched.
        let mut news = Vec::new();
        panel.with_state(|state| {
            let is_same = match (&data, &state.data) {
                (Some(last), Some(next)) => last.is_same_answer(next),
                (last, next) => last.is_none() && next.is_none(),
            };
            if !is_same {
                data.clone_from(&state.data);
                let detail = |data| load_detail(data, &shown, summary.unwrap_or(&Summary::default()));
                news.extend(data.as_ref().map(|data| ("ocp-data-load", detail(data))));
            }
            news.extend(state.history.since(written).map(|entry| ("ocp-task-change", change_detail(entry))));
            written = state.history.written();
            if state.is_loading() {
                problem = None;
            } else if problem != state.problem {
                problem.clone_from(&state.problem);
                if let Some(error) = &state.problem {
                    if error.kind == ErrorKind::NotSignedIn {
                        news.push(("ocp-auth-required", JsonObject::new()));
                    }
                    news.push(("ocp-error", error_detail(error)));
                }
            }
        });
        for (name, detail) in news {
            notify(name, detail);
        }
    });
}
