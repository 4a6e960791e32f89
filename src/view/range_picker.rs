//! Picks the time range: presets that stay relative, or a start and an end of one's own. It holds a draft and emits an
//! intent; it fetches nothing.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::Ui;
use super::present;
use crate::domain::query::Intent;
use crate::domain::time::{
    EpochMs, RangeError, TimeRange, between, format_field, from_civil, from_epoch_ms, parse_civil,
};

/// The range picker.
#[component]
pub fn RangePicker(
    /// The state and settings.
    ui: Ui,
) -> impl IntoView {
    let texts = ui.texts();
    let panel = ui.panel;
    let range = Memo::new(move |_| panel.query.with(|query| query.range));
    let is_preset = move || TimeRange::PRESETS.contains(&range.get());
    let open = RwSignal::new(false);
    let preset = move |(preset, label): (TimeRange, &'static str)| {
        let pick = move |_| {
            open.set(false);
            panel.apply(Intent::Range(preset));
        };
        let pressed = move || (range.get() == preset).to_string();
        view! { <button type="button" class="segment" aria-pressed=pressed on:click=pick>{label}</button> }
    };
    let custom_label = move || if is_preset() { texts.custom.to_owned() } else { present::range(range.get(), &ui.viewer.get()) };
    view! {
        <div class="range" role="group" aria-label=texts.range>
            <div class="segments">
                {TimeRange::PRESETS.into_iter().zip(texts.presets).map(preset).collect_view()}
                <button
                    type="button"
                    class="segment custom"
                    aria-pressed=move || (!is_preset()).to_string()
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {custom_label}
                </button>
            </div>
            {move || open.get().then(|| view! { <Draft ui open /> })}
        </div>
    }
}

/// The two ends, in the viewer's zone, until they are applied.
#[component]
fn Draft(ui: Ui, open: RwSignal<bool>) -> impl IntoView {
    let texts = ui.texts();
    let Clocked { now, field, instant } = clocked(ui);
    let applied = ui.panel.query.with_untracked(|query| query.range);
    let ends = applied.resolve(now);
    let start = RwSignal::new(ends.map(|(start, _)| field(start)).unwrap_or_default());
    let end = RwSignal::new(ends.map(|(_, end)| field(end)).unwrap_or_default());
    let error = RwSignal::new(None::<RangeError>);
    let apply = move || match between(instant(&start.get_untracked()), instant(&end.get_untracked())) {
        Ok(range) => {
            ui.panel.apply(Intent::Range(range));
            open.set(false);
        }
        Err(why) => error.set(Some(why)),
    };
    let clear = move |_| {
        open.set(false);
        ui.panel.apply(Intent::Range(TimeRange::All));
    };
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            apply();
        }
        "Escape" => open.set(false),
        _ => {}
    };
    let message = move || {
        error.get().map(|why| match why {
            RangeError::Empty => texts.range_empty,
            RangeError::StartMissing => texts.start_missing,
            RangeError::EndMissing => texts.end_missing,
            RangeError::EndBeforeStart => texts.end_before_start,
        })
    };
    let end_field = move |label: &'static str, name: &'static str, value: RwSignal<String>, wrong: [RangeError; 3]| {
        let invalid = move || error.get().is_some_and(|why| wrong.contains(&why)).to_string();
        let typed = move |event| {
            value.set(event_target_value(&event));
            error.set(None);
        };
        view! {
            <label class="field">
                {label}
                <input
                    type="datetime-local"
                    step="1"
                    class="input"
                    name=name
                    prop:value=value
                    aria-invalid=invalid
                    on:input=typed
                    on:keydown=keys
                />
            </label>
        }
    };
    view! {
        <div class="draft">
            {end_field(texts.start, "start", start, [RangeError::Empty, RangeError::StartMissing, RangeError::EndBeforeStart])}
            {end_field(texts.end, "end", end, [RangeError::Empty, RangeError::EndMissing, RangeError::EndBeforeStart])}
            <div class="actions">
                <button type="button" class="button primary" on:click=move |_| apply()>{texts.apply}</button>
                <button type="button" class="button" on:click=clear>{texts.clear}</button>
            </div>
            <p class="hint">{present::zone(&ui.viewer.get_untracked(), now)}</p>
            <p class="invalid" role="alert">{message}</p>
        </div>
    }
}

/// What a draft asks of the clock.
struct Clocked<F, I> {
    now: EpochMs,
    field: F,
    instant: I,
}

fn clocked(ui: Ui) -> Clocked<impl Fn(EpochMs) -> String + Copy, impl Fn(&str) -> Option<EpochMs> + Copy> {
    let clock = ui.panel.clock;
    let field = move |ms| {
        let zoned = from_epoch_ms(ms, (clock.offset_minutes)(ms));
        zoned.map(|zoned| format_field(&zoned.naive_local())).unwrap_or_default()
    };
    let instant = move |text: &str| Some(from_civil(parse_civil(text)?, clock.offset_minutes));
    Clocked { now: (clock.now)(), field, instant }
}
