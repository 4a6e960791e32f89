//! Saves what is shown as a file. Reads all pages of the list, for a verdict on the whole cluster and for files of all tasks.

use std::mem::discriminant;
use std::sync::Arc;

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use wasm_bindgen::JsCast;

use super::context::{PanelContext, use_panel};
use super::parts::{Button, CopyButton, Facts, Fingerprint, Switch, download, effect};
use crate::api::error::ApiError;
use crate::domain::summary::Summary;
use crate::domain::task::Tone;
use crate::domain::time::ms;
use crate::state::page_walk::{MOST_TASKS, PageWalk, Progress};
use crate::state::request_state::Loaded;
use crate::text::coverage::{filtered, page_of, subject, unread};
use crate::text::export::{File, Format, file};
use crate::text::format::{known, loss, short_name, time_of_day, unbroken};
use crate::text::problem::problem;
use crate::text::remarks::cached;
use crate::text::rows::{Row, rows};
use crate::text::texts::{Texts, fill};
use crate::text::verdict::verdict;
use crate::text::viewer::Viewer;

/// What is saved.
struct Extract {
    data: Loaded,
    /// The rows of `data` to save.
    rows: Vec<Row>,
    /// Says which rows these are.
    covers: String,
}

/// How far the panel has read all pages.
#[derive(Clone)]
enum Stage {
    /// It has not begun to read, or was cancelled.
    Idle,
    /// It is reading; `None` until the first page has come.
    Reading(Option<Progress>),
    /// It has read all pages, or has failed.
    Done(Arc<WalkResult>),
}

/// What was read, and how it ended.
struct WalkResult {
    walk: PageWalk,
    /// Why the reading ended early.
    failure: Option<ApiError>,
    /// All that was read, as one page.
    loaded: Loaded,
}

/// Files of this page, and all pages, for the drawer.
#[component]
pub fn AllPages() -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let note = fill(texts.read_all_hint, &[("count", &texts.number(MOST_TASKS as u64))]);
    view! {
        <div class="fields sections">
            <h4>{texts.this_page}</h4>
            <Saves source=move |()| this_page(context)>
                <CopyLink />
            </Saves>
            <h4>{texts.all_pages}</h4>
            <p class="advice">{note}</p>
            <WholeList />
        </div>
    }
}

/// The rows on screen.
fn this_page(context: PanelContext) -> Option<Extract> {
    let (table, viewer) = untrack(|| (context.table(), context.viewer()));
    let texts = viewer.locale.later_texts();
    let data = untrack(|| context.loaded())?;
    let all = context.panel.with_state_untracked(|state| rows(&data.page, &state.history, &viewer));
    let rows = table.pick(all, &data.page);
    let mut covers = vec![page_of(&data, &viewer), filtered(rows.len(), data.page.tasks.len(), texts)];
    covers.extend(unread(&data, texts));
    Some(Extract { covers: covers.join(texts.semicolon), rows, data })
}

/// A button for each format, and one that copies a table.
#[component]
fn Saves(
    /// Returns what is saved. It is called when a button is pressed.
    #[prop(into)]
    source: Callback<(), Option<Extract>>,
    /// More buttons.
    #[prop(optional)]
    children: Option<Children>,
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
    view! {
        <div class="actions">
            {Format::ALL.map(save).collect_view()}
            <CopyButton label=texts.copy_markdown text=table />
            {children.map(|children| children())}
        </div>
    }
}

/// A button that copies a link to this view, if the embedder says to which page (`link-base`), and that is one of the web.
#[component]
fn CopyLink() -> impl IntoView {
    let context = use_panel();
    let element = move || context.host().element.clone();
    let link = move |()| {
        let element = element();
        let link = Reflect::get(&element, &"getLink".into()).and_then(JsCast::dyn_into::<Function>);
        link.and_then(|link| link.call0(&element)).ok().and_then(|link| link.as_string()).unwrap_or_default()
    };
    if element().has_attribute("link-base") && !link(()).is_empty() {
        view! { <CopyButton label=context.later_texts().copy_link text=link /> }.into_any()
    } else {
        ().into_any()
    }
}

/// Reads all pages when the user asks for it, and shows the verdict on them.
#[component]
fn WholeList() -> impl IntoView {
    let context = use_panel();
    let panel = context.panel;
    let stage = RwSignal::new(Stage::Idle);
    let start = Callback::new(move |()| go_to(context, stage, Stage::Reading(None)));
    let content = move || match stage.get() {
        Stage::Idle => view! { <ReadAll start /> }.into_any(),
        Stage::Reading(_) => view! { <Reading stage /> }.into_any(),
        Stage::Done(outcome) => view! { <Verdict outcome start /> }.into_any(),
    };
    // What was read belongs to one list and one user. It must not stay when another list is shown or another user signs in.
    let give_up = move || {
        if stage.with_untracked(|stage| !matches!(stage, Stage::Idle)) {
            go_to(context, stage, Stage::Idle);
        }
    };
    let range = Memo::new(move |_| Fingerprint::of(&panel.query.read().range));
    effect(move || {
        _ = range.get();
        give_up();
    });
    effect(move || {
        if context.with_loaded(|answer| answer.is_none()) {
            give_up();
        }
    });
    view! {
        <div>
            <Switch on=move || Fingerprint::of(&stage.with(discriminant)) view=content />
        </div>
    }
}

/// Goes to another stage. Other buttons replace those of this stage, so the focus is moved to one that stays.
fn go_to(context: PanelContext, stage: RwSignal<Stage>, next: Stage) {
    if let Some(drawer) = context.find(".drawer:has(:focus)") {
        _ = drawer.focus();
    }
    stage.set(next);
}

#[component]
fn ReadAll(start: Callback<()>) -> impl IntoView {
    let label = use_panel().later_texts().read_all;
    view! {
        <div class="actions">
            <Button label part="read-all" on_click=move |()| start.run(()) />
        </div>
    }
}

/// Reads all pages, and shows the progress. “Cancel” ends the reading, and so does the end of this component when the drawer is closed.
#[component]
fn Reading(stage: RwSignal<Stage>) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    spawn_local_scoped_with_cancellation(async move {
        let (walk, failure) = context.panel.walk_pages(|walk| stage.set(Stage::Reading(Some(walk.progress())))).await;
        let loaded = walk.loaded((context.panel.clock.now)());
        go_to(context, stage, Stage::Done(Arc::new(WalkResult { walk, failure, loaded })));
    });
    let progress = move || match stage.get() {
        Stage::Reading(progress) => progress,
        _ => None,
    };
    let words = move || {
        let Some(Progress { count, total }) = progress() else { return texts.loading.to_owned() };
        let form = texts.form(texts.read_so_far, total.unwrap_or_default());
        fill(form, &[("count", &texts.number(count as u64)), ("total", &known(total, texts))])
    };
    let most = move || progress().and_then(|progress| progress.total).unwrap_or(1).to_string();
    // Without a value the bar says only that something is under way.
    let value =
        move || progress().filter(|progress| progress.total.is_some()).map(|progress| progress.count.to_string());
    let cancel = move |()| go_to(context, stage, Stage::Idle);
    view! {
        <div class="sections">
            <progress max=most value=value aria-label=texts.read_all></progress>
            <p class="advice" role="status">
                {words}
            </p>
            <div class="actions">
                <Button class="button small" label=texts.cancel on_click=cancel />
            </div>
        </div>
    }
}

/// The verdict on all pages, and the buttons that save them as files.
#[component]
fn Verdict(outcome: Arc<WalkResult>, start: Callback<()>) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let viewer = untrack(|| context.viewer());
    let WalkResult { walk, failure, loaded } = &*outcome;
    let failure = failure.as_ref().map(|error| {
        let words = problem(error, texts).to_text();
        view! {
            <div class="notice lines" role="alert" data-tone="critical">
                {words}
            </div>
        }
        .into_any()
    });
    let summary = context.panel.with_state_untracked(|state| state.history.summary(&loaded.page, viewer.thresholds));
    let words = verdict(loaded, &summary, &viewer);
    let is_calm = walk.is_all() && loaded.cached.is_none() && !loaded.has_no_backup();
    let tone = if is_calm { summary.tone() } else { summary.tone().max(Tone::Warning) };
    let covers = covers(walk, loaded, &viewer);
    let facts = vec![
        (texts.restorable, words.restorable.clone()),
        (words.loss, lost(&summary, words.is_least, texts)),
        (texts.filter_all, unbroken(&tones(&summary, texts))),
    ];
    let about = [&*subject(loaded, &viewer), &*covers].join(texts.semicolon);
    let saved = outcome.clone();
    let source = move |()| {
        let viewer = untrack(|| context.viewer());
        let data = saved.loaded.clone();
        let rows = context.panel.with_state_untracked(|state| rows(&data.page, &state.history, &viewer));
        Some(Extract { data, rows, covers: covers.clone() })
    };
    view! {
        <div class="sections">
            {failure}
            <p class="status" data-tone=tone.name()>
                <span class="main">{unbroken(&words.headline)}</span>
            </p>
            <p class="advice">{about}</p>
            <Facts facts />
            <Saves source />
            <div class="actions">
                <Button class="button small" label=texts.read_again on_click=move |()| start.run(()) />
            </div>
        </div>
    }
}

/// How much of the list was read, when, and what may be missing.
fn covers(walk: &PageWalk, loaded: &Loaded, viewer: &Viewer) -> String {
    let texts = viewer.locale.later_texts();
    let Progress { count, total } = walk.progress();
    let [start, end] = [walk.begun(), loaded.received].map(|at| time_of_day(at, viewer));
    let counts =
        [("count", &*texts.number(count as u64)), ("total", &*known(total, texts)), ("start", &*start), ("end", &*end)];
    let form = texts.form(texts.read_from_to, total.unwrap_or_default());
    let missing =
        if walk.changed() { Some(texts.read_changed) } else { (!walk.is_all()).then_some(texts.read_not_all) };
    let parts = [Some(fill(form, &counts)), unread(loaded, texts), missing.map(str::to_owned), cached(loaded, texts)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(texts.semicolon)
}

/// How much would be lost, and whose.
fn lost(summary: &Summary, is_least: bool, texts: &Texts) -> String {
    let risk = summary.risk.as_ref();
    risk.map_or_else(
        || texts.not_known.to_owned(),
        |risk| {
            let lost = loss(ms(risk.seconds), is_least, texts);
            [&lost, " · ", &short_name(&risk.tenant)].concat()
        },
    )
}

/// How many tasks have each tone, those to act on first.
fn tones(summary: &Summary, texts: &Texts) -> String {
    let counted = Tone::ALL.into_iter().rev().map(|tone| (texts.tones.of(tone), summary.count(tone)));
    let counted = counted.filter(|(_, count)| *count > 0);
    let counted = counted.map(|(name, count)| [name, " ", &texts.number(u64::from(count))].concat());
    counted.collect::<Vec<_>>().join(" · ")
}
