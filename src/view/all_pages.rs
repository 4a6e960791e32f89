//! Saves what is shown as a file. Reads all pages of the list, for a verdict on the whole cluster and for files of all tasks.

use std::mem::discriminant;
use std::pin::pin;
use std::sync::Arc;

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use wasm_bindgen::JsCast;

use super::context::{PanelContext, use_panel};
use super::parts::{Button, CopyButton, Facts, Fingerprint, Switch, download, effect};
use crate::api::error::{ApiError, ErrorKind};
use crate::domain::summary::Summary;
use crate::domain::task::Tone;
use crate::domain::time::ms;
use crate::state::load::Loaded;
use crate::state::panel::Panel;
use crate::state::refresh::TIMEOUT;
use crate::state::sweep::{MOST_TASKS, Next, Sweep};
use crate::text::coverage::{filtered, page_of, subject, unread};
use crate::text::export::{File, Format, file};
use crate::text::format::{known, loss, short_name, time_of_day, unbroken};
use crate::text::problem::problem;
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
    Done(Arc<Outcome>),
}

/// What is read so far.
#[derive(Clone, Copy)]
struct Progress {
    /// How many tasks are read.
    count: usize,
    /// How many there are, where the server told.
    total: Option<u64>,
}

/// What was read, and how it ended.
struct Outcome {
    sweep: Sweep,
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
    let data = untrack(|| context.answer())?;
    let all = context.panel.with_load_untracked(|load| rows(&data.page, &load.watch, &viewer));
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

/// A button that copies a link to this view, if the embedder says to which page (`link-base`).
#[component]
fn CopyLink() -> impl IntoView {
    let context = use_panel();
    let element = move || context.host().element.clone();
    let link = move |()| {
        let element = element();
        let link = Reflect::get(&element, &"getLink".into()).and_then(JsCast::dyn_into::<Function>);
        link.and_then(|link| link.call0(&element)).ok().and_then(|link| link.as_string()).unwrap_or_default()
    };
    if element().has_attribute("link-base") {
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
        if context.with_answer(|answer| answer.is_none()) {
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
        let outcome = read_all(context.panel, |progress| stage.set(Stage::Reading(Some(progress)))).await;
        go_to(context, stage, Stage::Done(Arc::new(outcome)));
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

/// Reads page after page of the list that the panel shows, until its end or a failure, and tells `progress` after each. Dropping the
/// future aborts the request that is under way.
async fn read_all(panel: Panel, progress: impl Fn(Progress)) -> Outcome {
    let mut sweep = Sweep::new(panel.query.get_untracked(), (panel.clock.now)());
    let limit = u32::try_from(TIMEOUT).unwrap_or(u32::MAX);
    let mut wait = 0;
    let failure = loop {
        TimeoutFuture::new(wait).await;
        let asked = pin!(panel.ask_beside(sweep.query().clone()));
        let answer = match select(asked, TimeoutFuture::new(limit)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(ApiError::without_answer(ErrorKind::Timeout)),
        };
        let next = sweep.settle(answer);
        let (count, total) = sweep.progress();
        progress(Progress { count, total });
        match next {
            Next::Ask(ms) => wait = u32::try_from(ms).unwrap_or_default(),
            Next::Done => break None,
            Next::Failed(error) => break Some(error),
        }
    };
    let loaded = sweep.loaded((panel.clock.now)());
    Outcome { sweep, failure, loaded }
}

/// The verdict on all pages, and the buttons that save them as files.
#[component]
fn Verdict(outcome: Arc<Outcome>, start: Callback<()>) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let viewer = untrack(|| context.viewer());
    let Outcome { sweep, failure, loaded } = &*outcome;
    let failure = failure.as_ref().map(|error| {
        let words = problem(error, texts).to_text();
        view! {
            <div class="notice lines" role="alert" data-tone="critical">
                {words}
            </div>
        }
        .into_any()
    });
    let summary = context.panel.with_load_untracked(|load| load.watch.summary(&loaded.page, viewer.thresholds));
    let words = verdict(loaded, &summary, &viewer);
    let tone = if sweep.is_all() { summary.tone() } else { summary.tone().max(Tone::Warning) };
    let covers = covers(sweep, loaded, &viewer);
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
        let rows = context.panel.with_load_untracked(|load| rows(&data.page, &load.watch, &viewer));
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
fn covers(sweep: &Sweep, loaded: &Loaded, viewer: &Viewer) -> String {
    let texts = viewer.locale.later_texts();
    let (count, total) = sweep.progress();
    let [start, end] = [sweep.begun(), loaded.received].map(|at| time_of_day(at, viewer));
    let counts =
        [("count", &*texts.number(count as u64)), ("total", &*known(total, texts)), ("start", &*start), ("end", &*end)];
    let form = texts.form(texts.read_from_to, total.unwrap_or_default());
    let missing =
        if sweep.changed() { Some(texts.read_changed) } else { (!sweep.is_all()).then_some(texts.read_not_all) };
    let parts = [Some(fill(form, &counts)), unread(loaded, texts), missing.map(str::to_owned)];
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
