//! Saves tasks as a file, and copies them.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use super::context::{PanelContext, use_panel};
use super::parts::{Button, CopyButton, Fingerprint, Switch, boxed, download};
use crate::state::request_state::Loaded;
use crate::state::sweep::{Rest, Scope};
use crate::text::coverage::{filtered, rest, scope, unread};
use crate::text::export::{File, Format, file};
use crate::text::problem::problem;
use crate::text::remarks::cached;
use crate::text::rows::{Row, rows};

#[wasm_bindgen(module = "/src/view/browser.js")]
extern "C" {
    /// Whether the page may be in a frame that is not allowed to save files.
    #[wasm_bindgen(js_name = mayNotSave)]
    fn may_not_save() -> bool;
}

/// What is saved.
struct Extract {
    data: Loaded,
    /// The rows of `data` to save.
    rows: Vec<Row>,
    /// Says which rows these are.
    covers: String,
}

/// Files of the tasks that are shown and of all on hand, for the drawer.
#[component]
pub fn Export() -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let is_filtered = move || context.table().is_filter();
    let all = move || {
        if is_filtered() {
            view! {
                <h4>{texts.export_all}</h4>
                <Saves source=move |()| extract(context, false) />
            }
            .into_any()
        } else {
            ().into_any()
        }
    };
    let covers =
        move || context.with_loaded(|data| data.map(|data| scope(data, &context.viewer()))).unwrap_or_default();
    view! {
        <div class="fields sections">
            <p class="advice">{boxed(covers)}</p>
            <Others />
            {may_not_save().then(|| view! { <p class="notice" role="note" data-tone="warning">{texts.save_blocked}</p> }.into_any())}
            <h4>{texts.export_shown}</h4>
            <Saves source=move |()| extract(context, true) />
            <Switch on=move || Fingerprint::of(&is_filtered()) view=all />
        </div>
    }
}

/// The rows on hand: those that the filter leaves where `is_shown`, else all.
fn extract(context: PanelContext, is_shown: bool) -> Option<Extract> {
    let (table, viewer) = untrack(|| (context.table(), context.viewer()));
    let texts = viewer.locale.later_texts();
    let data = untrack(|| context.loaded())?;
    let all = context.panel.with_state_untracked(|state| rows(&data.page, &state.history, &viewer));
    let rows = if is_shown { table.pick(&all, &data.page, untrack(|| context.growth())) } else { all };
    let mut covers = vec![scope(&data, &viewer), filtered(rows.len(), data.page.tasks.len(), texts)];
    covers.extend(unread(&data, texts));
    covers.extend(cached(&data, texts));
    Some(Extract { covers: covers.join(" · "), rows, data })
}

/// A button for each format, and one that copies a table.
#[component]
fn Saves(
    /// Returns what is saved. It is called when a button is pressed.
    #[prop(into)]
    source: Callback<(), Option<Extract>>,
) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let written = move |format| {
        let Extract { data, rows, covers } = source.run(())?;
        Some(file(format, &data, &rows, &covers, &untrack(|| context.viewer())))
    };
    let save = move |format: Format| {
        let save = move |()| {
            if let Some(File { name, media_type, text }) = written(format)
                && let Err(error) = download(&name, media_type, &text)
            {
                web_sys::console::warn_1(&error);
            }
        };
        view! { <Button class="button small" label=format.name() on_click=save /> }.into_any()
    };
    let table = move |()| written(Format::Markdown).map(|file| file.text).unwrap_or_default();
    let csv = move |()| written(Format::Csv).map(|file| file.text).unwrap_or_default();
    view! {
        <div class="actions">
            {Format::ALL.map(save).collect_view()}
            <CopyButton label=texts.copy_csv text=csv />
            <CopyButton label=texts.copy_markdown text=table />
        </div>
    }
}

/// What became of the tasks that are not on hand, and a button that reads them.
#[component]
fn Others() -> impl IntoView {
    let context = use_panel();
    let (texts, panel) = (context.later_texts(), context.panel);
    let told = move || panel.with_state(|state| (state.rest.clone(), state.data.as_ref().is_some_and(Loaded::is_list)));
    let kind = move || {
        let (rest, is_list) = told();
        (is_list, matches!(rest, Rest::Reading(_)), matches!(rest, Rest::Failed(_)))
    };
    let content = move || match told() {
        (Rest::Failed(error), _) => {
            let words = problem(&error, texts).to_text(texts);
            view! {
                <div class="notice lines" role="alert" data-tone="critical">
                    {words}
                </div>
                <ReadAll label=texts.read_again />
            }
            .into_any()
        }
        (Rest::Settled, false) => view! { <ReadAll label=texts.read_all /> }.into_any(),
        _ => ().into_any(),
    };
    let words = move || rest(&told().0, texts);
    view! {
        <p class="advice" role="status">{boxed(words)}</p>
        <Switch on=move || Fingerprint::of(&kind()) view=content />
    }
}

#[component]
fn ReadAll(label: &'static str) -> impl IntoView {
    let context = use_panel();
    let read = move |()| {
        // The button goes away, so the focus moves to the drawer.
        if let Some(drawer) = context.find(".drawer:has(:focus)") {
            _ = drawer.focus();
        }
        if context.panel.scope() == Scope::All {
            context.panel.refresh();
        } else {
            context.panel.set_scope(Scope::All);
        }
    };
    view! {
        <div class="actions">
            <Button label part="read-all" on_click=read />
        </div>
    }
}
