//! A month as a grid of days, by the pattern of WAI-ARIA: arrows move, Page Up and Page Down turn the month, Home and End go to the ends
//! of the week.

use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeDelta};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::KeyboardEvent;

use super::super::context::{PanelContext, use_panel};
use super::super::parts::{Button, Fingerprint, Switch};
use super::super::preferences::week_start;
use super::draft::Draft;
use crate::domain::moment::{month_grid, week_place, weekday_place};
use crate::domain::time::format_civil;

/// The days that stand out.
#[derive(Clone, Copy, Hash)]
struct Marks {
    /// The day that the arrow keys start from. Its month is shown.
    focused: NaiveDate,
    /// The first of the range.
    start: Option<NaiveDate>,
    /// The last of the range.
    end: Option<NaiveDate>,
    today: Option<NaiveDate>,
}

impl Marks {
    fn of(draft: Draft) -> Self {
        Self { focused: draft.focused(), start: draft.day_of(false), end: draft.day_of(true), today: draft.today() }
    }

    fn is_between(&self, day: NaiveDate) -> bool {
        self.start.zip(self.end).is_some_and(|(start, end)| start <= day && day <= end)
    }
}

/// The calendar.
#[component]
pub fn Calendar(
    /// The draft that a picked day goes to.
    draft: Draft,
) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let first = week_start().unwrap_or(texts.week_start);
    let keys = move |event: KeyboardEvent| {
        let day = draft.focused();
        let place = TimeDelta::days(week_place(day, first).into());
        let next = match event.key().as_str() {
            "ArrowLeft" => day.pred_opt(),
            "ArrowRight" => day.succ_opt(),
            "ArrowUp" => day.checked_sub_signed(TimeDelta::days(7)),
            "ArrowDown" => day.checked_add_signed(TimeDelta::days(7)),
            "PageUp" => months_away(day, -1),
            "PageDown" => months_away(day, 1),
            "Home" => day.checked_sub_signed(place),
            "End" => day.checked_add_signed(TimeDelta::days(6) - place),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(next) = next {
            draft.focus(next);
            focus_day(context);
        }
    };
    let month = move || format_day(draft.focused()).get(..7).unwrap_or_default().to_owned();
    let mut names = texts.week;
    names.rotate_left(weekday_place(first, texts.week_start) as usize);
    let names = names.map(|name| view! { <th scope="col">{name}</th> }.into_any()).collect_view();
    let weeks = move || {
        let marks = Marks::of(draft);
        let week = |week: &[NaiveDate]| {
            let days = week.iter().map(|day| view! { <Day draft marks day=*day /> }.into_any()).collect_view();
            view! { <tr>{days}</tr> }.into_any()
        };
        month_grid(marks.focused, first).chunks(7).map(week).collect_view()
    };
    view! {
        <div class="calendar">
            <div class="month">
                <Turn draft class="step first" name=texts.year_before months=-12 />
                <Turn draft class="step previous" name=texts.month_before months=-1 />
                <strong aria-live="polite">{month}</strong>
                <Turn draft class="step next" name=texts.month_after months=1 />
                <Turn draft class="step last" name=texts.year_after months=12 />
            </div>
            <table class="days" role="grid" aria-label=texts.custom_range on:keydown=keys>
                <thead>
                    <tr>{names}</tr>
                </thead>
                <tbody>
                    <Switch on=move || Fingerprint::of(&Marks::of(draft)) view=weeks />
                </tbody>
            </table>
        </div>
    }
}

/// A button that turns to another month.
#[component]
fn Turn(draft: Draft, class: &'static str, name: &'static str, months: i32) -> impl IntoView {
    let turn = move |()| {
        if let Some(day) = months_away(draft.focused(), months) {
            draft.focus(day);
        }
    };
    view! { <Button class name on_click=turn /> }
}

#[component]
fn Day(draft: Draft, marks: Marks, day: NaiveDate) -> impl IntoView {
    let context = use_panel();
    let class = if day.month() == marks.focused.month() { "day" } else { "day other" };
    let is_end = marks.start == Some(day) || marks.end == Some(day);
    let pick = move |_| {
        draft.pick(day);
        focus_day(context);
    };
    view! {
        <td role="gridcell" class=class aria-selected=is_end.to_string() data-between=marks.is_between(day)>
            <button
                type="button"
                aria-label=format_day(day)
                tabindex=if day == marks.focused { "0" } else { "-1" }
                aria-current=(marks.today == Some(day)).then_some("date")
                on:click=pick
            >
                {day.day().to_string()}
            </button>
        </td>
    }
}

/// Moves the focus to the day that the keys are on, once it is rendered.
fn focus_day(context: PanelContext) {
    spawn_local(async move { _ = context.find(".days [tabindex='0']").map(|day| day.focus()) });
}

/// `2026-11-05`.
fn format_day(day: NaiveDate) -> String {
    let mut text = format_civil(&day.and_time(NaiveTime::MIN));
    text.truncate(10);
    text
}

fn months_away(day: NaiveDate, months: i32) -> Option<NaiveDate> {
    let by = Months::new(months.unsigned_abs());
    if months < 0 { day.checked_sub_months(by) } else { day.checked_add_months(by) }
}
