//! The alarm: what each cluster tells goes into the machine, and what it says goes to the page's title, its icon, the system's
//! notifications and the loudspeaker.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Console, plain_id, tick_while, use_console};
use super::known::known_name;
use super::watch::Watch;
use crate::domain::summary::Summary;
use crate::domain::time::TimeRange;
use crate::state::alarm::{Badge, Report, Ring};
use crate::state::history::Change;
use crate::state::panel::{Panel, is_halted};
use crate::state::refresh::Refresh;
use crate::state::request_state::{Loaded, RequestState};
use crate::text::coverage::is_all;
use crate::text::texts::fill;
use crate::view::context::mounted;
use crate::view::parts::{Button, boxed, effect};
use crate::view::preferences::{keep_setting, setting};

/// How often the machine looks for silence, in milliseconds.
const CHECK: u32 = 10_000;
const SWITCH: &str = "alarm";
const SOUND: &str = "alarm-sound";

/// Lets the alarm hear of all watched clusters.
pub fn listen(console: Console) {
    console.is_armed.set(setting(SWITCH).is_some());
    console.has_sound.set(setting(SOUND).is_some());
    effect(move || {
        let watched = console.watched.get();
        let ids: Vec<_> = watched.iter().map(|watch| watch.id.clone()).collect();
        console.update_alarm(|alarm, _| alarm.retain(&ids));
        for watch in watched {
            // Of its own, so that it ends with this one.
            let Watch { id, panel, .. } = watch;
            effect(move || {
                if let Some(panel) = panel.get() {
                    hear_all(console, id.clone(), panel);
                }
            });
        }
    });
    let check = move || {
        if is_halted() {
            return;
        }
        let watched = console.watched.get_untracked();
        let interval = |id: &str| {
            let panel = watched.iter().find(|watch| watch.id == id).and_then(|watch| watch.panel.get_untracked());
            panel.map_or(0, |panel| panel.with_refresh(Refresh::seconds) * 1000)
        };
        let rings = console.update_alarm(|alarm, now| alarm.check(interval, now));
        rings.into_iter().flatten().for_each(|ring| tell(console, &ring));
    };
    tick_while(CHECK, move || console.is_armed.get() || console.is_wall.get(), check);
    effect(move || {
        let badge = if console.is_armed.get() { console.badge.get() } else { Badge::default() };
        let color = if badge.critical > 0 { "#b52727" } else { "#9a5c06" };
        console.setup().page.badge(&badge.text(), color);
    });
}

/// Notes that nothing is known of `id` now, and tells it.
pub fn lose_sight(console: Console, id: &str) {
    let ring = console.update_alarm(|alarm, now| alarm.lose(id, now)).flatten();
    if let Some(ring) = ring {
        tell(console, &ring);
    }
}

/// Follows what `panel` tells of the cluster `id`.
fn hear_all(console: Console, id: String, panel: Panel) {
    let mut last = None::<Loaded>;
    let mut written = panel.with_state_untracked(|state| state.history.written());
    let on_page = mounted(&console.setup().panel).filter(|context| context.panel.query == panel.query);
    // The panel on the page has it already, for the strip over its table.
    let summary = move |state: &RequestState, data: &Loaded| match on_page {
        Some(context) => untrack(|| context.glance()).map(|glance| glance.summary.clone()).unwrap_or_default(),
        None => state.history.summary(&data.page, console.setup().thresholds),
    };
    effect(move || {
        let mut rings = Vec::new();
        panel.with_state(|state| {
            // The panel on the page may already ask for another cluster.
            let data = state.data.as_ref().filter(|data| data.query.cluster.trim() == id);
            if data != last.as_ref() {
                last = data.cloned();
                if let Some(data) = data {
                    let report = report(summary(state, data), state, data);
                    rings.extend(console.update_alarm(|alarm, now| alarm.hear(&id, report, now)).flatten());
                }
            }
            if state.problem.is_some() && !state.is_loading() {
                rings.extend(console.update_alarm(|alarm, now| alarm.lose(&id, now)).flatten());
            }
            rings.extend(gone(&id, state, written));
            written = state.history.written();
        });
        untrack(|| rings.iter().for_each(|ring| tell(console, ring)));
    });
}

fn report(summary: Summary, state: &RequestState, data: &Loaded) -> Report {
    let [.., critical] = summary.tones;
    Report {
        query: data.query.clone(),
        is_list: data.is_list(),
        critical,
        names: summary.critical,
        has_no_backup: data.has_no_backup(),
        is_fresh: state.is_fresh(),
    }
}

/// Which tasks have left the list since the journal had `written` entries. From a page of a longer list, or a range, a task also goes
/// where others come.
fn gone(id: &str, state: &RequestState, written: u64) -> Vec<Ring> {
    let is_whole = |data: &Loaded| data.query.range == TimeRange::All && is_all(data);
    if !state.data.as_ref().is_some_and(is_whole) {
        return Vec::new();
    }
    let gone = state.history.since(written).filter(|entry| matches!(entry.change, Change::Gone { .. }));
    gone.map(|entry| Ring::Gone { cluster: id.to_owned(), count: entry.count as u64, names: entry.tasks.clone() })
        .collect()
}

/// Notifies of `ring`, if the alarm is on.
fn tell(console: Console, ring: &Ring) {
    if !console.is_armed.get_untracked() {
        return;
    }
    let texts = console.texts();
    let told = |template, count: u64, names: &[String]| {
        let names: Vec<_> = names.iter().filter(|name| !name.is_empty()).cloned().collect();
        let names = names.join(texts.comma);
        let names = if names.is_empty() { names } else { fill(texts.console.named, &[("names", &names)]) };
        [&*fill(template, &[("count", &texts.number(count))]), &names].concat()
    };
    let (clusters, kind, text, is_loud) = match ring {
        Ring::Critical { cluster, count, names } => {
            (std::slice::from_ref(cluster), "critical", told(texts.console.critical, *count, names), true)
        }
        Ring::Gone { cluster, count, names } => {
            (std::slice::from_ref(cluster), "gone", told(texts.console.gone, *count, names), true)
        }
        Ring::Blind { clusters, is_first } => (&**clusters, "blind", texts.console.blind.to_owned(), *is_first),
    };
    // A notification has the browser's own frame: it repeats no words in place of an id.
    let name = |id: &String| known_name(id).map_or_else(|| plain_id(id).to_owned(), |known| known.name);
    let names = clusters.iter().map(name).collect::<Vec<_>>().join(texts.comma);
    let title = fill(texts.console.cluster, &[("id", &names)]);
    let one = if let Ring::Blind { .. } = ring { "" } else { clusters.first().map_or("", |id| &**id) };
    let page = &console.setup().page;
    page.notify(&title, &text, &["log-backup-", kind, "-", one].concat(), is_loud);
    if is_loud && console.has_sound.get_untracked() {
        page.sound();
    }
}

/// The switch of the alarm, and the one of its sound.
#[component]
pub fn AlarmSwitch() -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let may_notify = RwSignal::new(console.setup().page.may_notify());
    let may_sound = console.may_sound;
    let look = move || may_sound.set(!console.has_sound.get_untracked() || console.setup().page.may_sound());
    look();
    let changed = window_event_listener_untyped("ocp-sound-change", move |_| look());
    on_cleanup(move || changed.remove());
    let sound = move || if may_sound.get() { texts.console.sound } else { texts.console.sound_blocked }.to_owned();
    let label = move || match (console.is_armed.get(), may_notify.get()) {
        (false, _) => texts.console.alarm_off,
        (true, true) => texts.console.alarm_on,
        // An alarm that can't notify must say so.
        (true, false) => texts.console.alarm_mute,
    };
    let switch = move |()| {
        let is_armed = !console.is_armed.get_untracked();
        keep_setting(SWITCH, is_armed.then_some("on"));
        console.is_armed.set(is_armed);
        if is_armed {
            spawn_local(async move {
                let page = &console.setup().page;
                page.ask_to_notify().await;
                may_notify.set(page.may_notify());
            });
        }
    };
    let switch_sound = move |()| {
        let has_sound = !console.has_sound.get_untracked();
        keep_setting(SOUND, has_sound.then_some("on"));
        console.has_sound.set(has_sound);
        if has_sound {
            // So that the user hears it, and the browser allows it later on.
            console.setup().page.sound();
        }
    };
    view! {
        <span class="alarm" title=texts.console.alarm_hint>
            <Button
                class="bar-button alarm-switch"
                label=move || label().to_owned()
                pressed=move || console.is_armed.get()
                on_click=switch
            />
            <Button
                class="bar-button"
                label=sound
                pressed=move || console.has_sound.get()
                hidden=move || !console.is_armed.get()
                on_click=switch_sound
            />
        </span>
    }
}

/// Why the alarm of a wall screen would not be heard; empty where it would, or where nobody wants a sound.
#[component]
pub fn AlarmState() -> impl IntoView {
    let console = use_console();
    let texts = console.texts();
    let state = move || match (console.is_armed.get(), console.has_sound.get() && !console.may_sound.get()) {
        (false, _) => texts.console.alarm_off,
        (true, true) => texts.console.sound_blocked,
        (true, false) => "",
    };
    view! { <span class="alarm-state">{boxed(move || state().to_owned())}</span> }
}

/// What the alarm shows, in large.
#[component]
pub fn AlarmSign() -> impl IntoView {
    let console = use_console();
    let tone = move || if console.badge.get().critical > 0 { "critical" } else { "warning" }.to_owned();
    view! {
        <strong class="sign" data-tone=boxed(tone)>
            {boxed(move || console.badge.get().text())}
        </strong>
    }
}
