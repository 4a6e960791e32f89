//! Files of what is shown, and all pages instead of one: a verdict on the whole cluster, and files of it.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use wasm_bindgen::JsCast;

use super::Ui;
use super::copy_button::copy_button;
use super::dom::{El, button, download, effect, el};
use crate::api::error::{ApiError, ErrorKind};
use crate::domain::summary::Summary;
use crate::domain::task::Tone;
use crate::domain::time::ms;
use crate::state::load::Loaded;
use crate::state::refresh::TIMEOUT;
use crate::state::sweep::{MOST_TASKS, Next, Sweep};
use crate::text::coverage::{filtered, page_of, subject, unread};
use crate::text::export::{Format, file};
use crate::text::format::{known, loss, short_name, time_of_day, unbroken};
use crate::text::problem::problem;
use crate::text::rows::{Row, rows};
use crate::text::texts::{Texts, fill};
use crate::text::verdict;

/// The states of reading all pages, as numbers since those are signals already; one above [`READING`] is another attempt.
const IDLE: i64 = 0;
const DONE: i64 = 1;
const READING: i64 = 2;

/// What is saved: an answer, the rows of it, and which ones these are.
type Source = Rc<dyn Fn() -> Option<(Loaded, Vec<Row>, String)>>;

/// What was read, and how it ended.
type Read = Rc<RefCell<Option<(Sweep, Next, Loaded)>>>;

/// The drawer's content.
#[must_use]
pub fn all_pages(ui: Ui) -> El {
    let texts = ui.texts();
    let state = RwSignal::new(IDLE);
    let attempts = RwSignal::new(READING);
    let read: Read = Rc::default();
    let old = read.clone();
    let start = move || {
        attempts.update(|attempts| *attempts += 1);
        turn(ui, state, attempts.get_untracked());
    };
    let part = move || match state.get() {
        IDLE => {
            let all = button("button", texts.read_all, move |_| start());
            el("div").class("actions").child(all.attr("part", "read-all"))
        }
        DONE => verdict(ui, &read, start),
        _ => reading(ui, &read, state),
    };
    // What was read is of the list that was asked for then, and of the user who asked.
    let mut range = None;
    effect(move || {
        let wanted = ui.panel.query.with(|query| query.range);
        let is_other = range.replace(wanted).is_some_and(|last| last != wanted);
        let is_gone = ui.panel.load.with(|load| load.data.is_none());
        if (is_other || is_gone) && state.get_untracked() != IDLE {
            old.replace(None);
            turn(ui, state, IDLE);
        }
    });
    let note = fill(texts.read_all_hint, &[("count", &texts.number(MOST_TASKS as u64))]);
    el("div").class("fields sections").children([
        el("h4").text(texts.this_page),
        saves(ui, &this_page(ui)).children(link(ui)),
        el("h4").text(texts.all_pages),
        el("p").class("advice").text(&note),
        el("div").switch(move || state.get().unsigned_abs(), move || Some(part())),
    ])
}

/// Goes to another state. Its buttons give way to others, and the focus must not go with them.
fn turn(ui: Ui, state: RwSignal<i64>, next: i64) {
    if let Some(drawer) = ui.find(".drawer:has(:focus)") {
        _ = drawer.focus();
    }
    state.set(next);
}

fn this_page(ui: Ui) -> Source {
    Rc::new(move || {
        let (shown, viewer) = (ui.shown.get_untracked(), ui.viewer.get_untracked());
        ui.panel.load.with_untracked(|load| {
            let data = load.data.clone()?;
            let all = rows(&data.page, &load.watch, &viewer);
            let listed = shown.pick(all, &data.page);
            let texts = viewer.locale.texts();
            let mut covers = vec![page_of(&data, &viewer), filtered(listed.len(), data.page.tasks.len(), texts)];
            covers.extend(unread(&data, texts));
            Some((data, listed, covers.join(texts.semicolon)))
        })
    })
}

/// A button that copies a link to this view, where the embedder says to which page.
fn link(ui: Ui) -> Option<El> {
    let texts = ui.texts();
    let host = ui.outside.get_value().host.clone();
    let link = move || {
        let link = Reflect::get(&host, &"getLink".into()).and_then(JsCast::dyn_into::<Function>);
        link.and_then(|link| link.call0(&host)).ok().and_then(|link| link.as_string()).unwrap_or_default()
    };
    ui.outside.get_value().host.has_attribute("link-base").then(|| copy_button(texts.copy_link, texts, link))
}

/// A button for each format, and one that copies a table.
fn saves(ui: Ui, source: &Source) -> El {
    let texts = ui.texts();
    let save = |format: Format| {
        let source = source.clone();
        let save = move |_: &web_sys::Event| {
            if let Some((data, rows, covers)) = source() {
                let file = ui.viewer.with_untracked(|viewer| file(format, &data, &rows, &covers, viewer));
                download(&file.name, file.media_type, &file.text);
            }
        };
        button("button small", format.name(), save)
    };
    let copied = source.clone();
    let copy = copy_button(texts.copy_markdown, texts, move || {
        let file = copied().map(|(data, rows, covers)| {
            ui.viewer.with_untracked(|viewer| file(Format::Markdown, &data, &rows, &covers, viewer))
        });
        file.map(|file| file.text).unwrap_or_default()
    });
    el("div").class("actions").children(Format::ALL.map(save)).child(copy)
}

/// Reads page after page until the end, a failure or “Cancel”; closing the drawer ends it too.
fn reading(ui: Ui, read: &Read, state: RwSignal<i64>) -> El {
    let texts = ui.texts();
    let bar = el("progress").attr("max", "1").attr("aria-label", texts.read_all);
    let words = el("p").class("advice").attr("role", "status").text(texts.loading);
    let cancel = button("button small", texts.cancel, move |_| turn(ui, state, IDLE));
    let (progress, told, read) = (bar.clone(), words.clone(), read.clone());
    spawn_local_scoped_with_cancellation(async move {
        let mut sweep = Sweep::new(ui.panel.query.get_untracked(), (ui.panel.clock.now)());
        let mut wait = 0;
        let limit = u32::try_from(TIMEOUT).unwrap_or(u32::MAX);
        let end = loop {
            TimeoutFuture::new(wait).await;
            let asked = pin!(ui.panel.ask_beside(sweep.query().clone()));
            let answer = match select(asked, TimeoutFuture::new(limit)).await {
                Either::Left((answer, _)) => answer,
                Either::Right(_) => Err(ApiError::without_answer(ErrorKind::Timeout)),
            };
            let next = sweep.settle(answer);
            let (count, total) = sweep.progress();
            let text =
                fill(texts.read_so_far, &[("count", &texts.number(count as u64)), ("total", &known(total, texts))]);
            told.node().set_text_content(Some(&text));
            if let Some(total) = total {
                _ = progress.node().set_attribute("max", &total.to_string());
                _ = progress.node().set_attribute("value", &count.to_string());
            }
            match next {
                Next::Ask(ms) => wait = u32::try_from(ms).unwrap_or_default(),
                end => break end,
            }
        };
        let loaded = sweep.loaded((ui.panel.clock.now)());
        read.replace(Some((sweep, end, loaded)));
        turn(ui, state, DONE);
    });
    el("div").class("sections").children([bar, words, el("div").class("actions").child(cancel)])
}

/// What all pages come to.
fn verdict(ui: Ui, read: &Read, start: impl Fn() + 'static) -> El {
    let texts = ui.texts();
    let viewer = ui.viewer.get_untracked();
    let again = button("button small", texts.read_again, move |_| start());
    let list = el("div").class("sections");
    let read_now = read.borrow();
    let Some((sweep, end, loaded)) = read_now.as_ref() else { return list.child(again) };
    let failure = match end {
        Next::Failed(error) => {
            let words = problem(error, texts).to_text();
            Some(el("div").class("notice lines").attr("role", "alert").attr("data-tone", "critical").text(&words))
        }
        _ => None,
    };
    let (count, total) = sweep.progress();
    let is_all = sweep.is_all();
    let (summary, listed) = ui.panel.load.with_untracked(|load| {
        (load.watch.summary(&loaded.page, viewer.thresholds), rows(&loaded.page, &load.watch, &viewer))
    });
    let words = verdict::verdict(loaded, &summary, &viewer);
    let [start_at, end_at] = [sweep.begun(), loaded.received].map(|at| time_of_day(at, &viewer));
    let counts = [
        ("count", &*texts.number(count as u64)),
        ("total", &*known(total, texts)),
        ("start", &*start_at),
        ("end", &*end_at),
    ];
    let mut covers = fill(texts.read_from_to, &counts);
    let not_all = (!is_all && !sweep.changed()).then(|| texts.read_not_all.to_owned());
    let changed = sweep.changed().then(|| texts.read_changed.to_owned());
    for text in [unread(loaded, texts), not_all, changed].into_iter().flatten() {
        covers = [&covers, texts.semicolon, &text].concat();
    }
    let tone = if is_all { summary.tone() } else { summary.tone().max(Tone::Warning) };
    let state = el("p").class("status").attr("data-tone", tone.name());
    let fact = |name: &str, value: &str| [el("dt").text(name), el("dd").text(value)];
    // Those to act on first.
    let tones = Tone::ALL.into_iter().rev().map(|tone| (texts.tones.of(tone), summary.count(tone)));
    let tones = tones.filter(|(_, count)| *count > 0);
    let tones: Vec<_> = tones.map(|(name, count)| [name, " ", &texts.number(u64::from(count))].concat()).collect();
    let facts = [
        fact(texts.restorable, &words.restorable),
        fact(words.loss, &lost(&summary, words.is_least, texts)),
        fact(texts.filter_all, &unbroken(&tones.join(" · "))),
    ];
    let saved = loaded.clone();
    let source: Source = Rc::new({
        let covers = covers.clone();
        move || Some((saved.clone(), listed.clone(), covers.clone()))
    });
    list.children(failure).children([
        state.child(el("span").class("main").text(&unbroken(&words.headline))),
        el("p").class("advice").text(&[&*subject(loaded, &viewer), &*covers].join(texts.semicolon)),
        el("dl").class("facts").children(facts.into_iter().flatten()),
        saves(ui, &source),
        el("div").class("actions").child(again),
    ])
}

fn lost(summary: &Summary, is_least: bool, texts: &Texts) -> String {
    let risk = summary.risk.as_ref();
    risk.map_or_else(
        || texts.not_known.to_owned(),
        |risk| [&loss(ms(risk.seconds), is_least, texts), " · ", &short_name(&risk.tenant)].concat(),
    )
}
