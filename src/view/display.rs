//! The settings of the table: columns, density and time zone. The browser remembers them (`preferences.rs`).

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Event, HtmlInputElement};

use super::context::{PanelContext, use_panel};
use super::parts::Button;
use super::preferences::{forget, remember, remember_columns, week_start};
use super::zone_select::{ZoneSelect, choose_zone};
use crate::domain::moment::weekday_place;
use crate::text::columns::{Column, Columns};
use crate::text::texts::fill;
use crate::text::view_options::Density;

/// The settings of the table, for the drawer. Each takes effect at once.
#[component]
pub fn Display() -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let reset = move |()| {
        forget();
        let configured = (context.host().configured)();
        context.update(|options| {
            options.set_columns(configured.viewer.columns);
            options.set_zone(configured.viewer.zone);
            options.set_density(configured.density);
        });
    };
    view! {
        <div class="fields sections">
            <h4>{texts.column_choice}</h4>
            <p class="advice">{texts.column_hint}</p>
            <ul class="choices" aria-label=texts.column_choice>
                <For
                    each=move || context.viewer().columns.ordered()
                    key=|column| *column
                    children=|column| view! { <ColumnChoice column /> }.into_any()
                />
            </ul>
            <DensitySelect />
            <ZoneSelect
                selected=Signal::derive(move || context.viewer().zone)
                on_pick=move |zone| choose_zone(context, zone)
            />
            <WeekStart />
            <div class="actions">
                <Button class="button small" label=texts.reset on_click=reset />
            </div>
        </div>
    }
}

/// One column of the list: whether it shows, how wide it is, and buttons that move it up and down.
#[component]
fn ColumnChoice(column: Column) -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let title = column.title(texts);
    let named = |text| fill(text, &[("column", title)]);
    let width = move || match context.viewer().columns.width(column) {
        0 => String::new(),
        width => width.to_string(),
    };
    let is_auto = move || context.viewer().columns.is_auto(column);
    let show = move |event| update_columns(context, |columns| columns.with(column, event_target_checked(&event)));
    let resize = move |event: Event| {
        // An empty field, or text that is no width, means the automatic width.
        let pixels = event_target_value(&event).parse().unwrap_or_default();
        update_columns(context, |columns| columns.sized(column, pixels));
        // If the text changed no width, no signal changes, so the field must be reset here.
        event_target::<HtmlInputElement>(&event).set_value(&untrack(width));
    };
    let move_by_one = move |to_start| {
        // The line loses the focus when it is moved, so the focus is set again.
        let focused = context.find(".choices :focus");
        update_columns(context, |columns| columns.moved(column, to_start));
        spawn_local(async move { _ = focused.map(|focused| focused.focus()) });
    };
    let [least, most] = Columns::WIDTHS.map(|width| width.to_string());
    view! {
        <li class="choice">
            <label class="choice">
                // The status always shows.
                <input
                    type="checkbox"
                    name=column.name()
                    disabled=column == Column::Status
                    prop:checked=move || context.viewer().columns.has(column) && !is_auto()
                    prop:indeterminate=is_auto
                    on:change=show
                />
                {title}
            </label>
            <input
                type="number"
                min=least
                max=most
                step="8"
                class="input"
                placeholder=texts.width_fits
                aria-label=named(texts.column_width)
                prop:value=width
                on:change=resize
            />
            <Button class="button small" label="↑" name=named(texts.column_up) on_click=move |()| move_by_one(true) />
            <Button
                class="button small"
                label="↓"
                name=named(texts.column_down)
                on_click=move |()| move_by_one(false)
            />
        </li>
    }
}

/// Changes the columns, and remembers them.
fn update_columns(context: PanelContext, change: impl FnOnce(Columns) -> Columns) {
    let columns = change(untrack(|| context.viewer()).columns);
    context.update(|options| options.set_columns(columns));
    remember_columns(columns);
}

/// The day that weeks of the calendar begin with.
#[component]
fn WeekStart() -> impl IntoView {
    let texts = use_panel().later_texts();
    let chosen = week_start().map(|day| day.to_string()).unwrap_or_default();
    // Monday, Saturday and Sunday.
    let days = [0_u32, 5, 6].map(|day| {
        let name = texts.week.get(weekday_place(day, texts.week_start) as usize).copied().unwrap_or_default();
        (day.to_string(), name)
    });
    let days = [(String::new(), texts.week_by_language)].into_iter().chain(days);
    let option = move |(value, label): (String, &'static str)| {
        let is_chosen = value == chosen;
        view! {
            <option value=value prop:selected=is_chosen>
                {label}
            </option>
        }
        .into_any()
    };
    view! {
        <label class="field">
            {texts.week_starts}
            <select class="select" name="week-start" on:change=|event| remember("week-start", &event_target_value(&event))>
                {days.map(option).collect_view()}
            </select>
        </label>
    }
}

/// How dense the table is.
#[component]
fn DensitySelect() -> impl IntoView {
    let context = use_panel();
    let texts = context.later_texts();
    let option = |density: Density| {
        let label = match density {
            Density::Comfortable => texts.comfortable,
            Density::Compact => texts.compact,
        };
        view! {
            <option value=density.name() prop:selected=move || context.with_options(|options| options.density == density)>
                {label}
            </option>
        }
        .into_any()
    };
    let pick = move |event| {
        if let Some(density) = Density::parse(&event_target_value(&event)) {
            context.update(|options| options.set_density(density));
            remember("density", density.name());
        }
    };
    view! {
        <label class="field">
            {texts.density}
            <select class="select" name="density" on:change=pick>
                {Density::ALL.map(option).collect_view()}
            </select>
        </label>
    }
}
