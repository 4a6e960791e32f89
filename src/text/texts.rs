//! All texts of the panel. [`Texts`] has a field for each, so a language that lacks one does not compile.

use super::enum_texts::{ColumnTexts, DeviationTexts, OddityTexts, PresetTexts, StatusTexts, ToneTexts};

/// Replaces each `{name}` of `template` by its value.
///
/// A name without a value becomes empty, and a value whose name the template lacks is not shown. Both are mistakes in a text or in
/// the code that fills it.
///
/// # Panics
///
/// In a debug build, on either mistake.
///
/// ```
/// assert_eq!(log_backup_panel::text::texts::fill("Page {page}", &[("page", "3")]), "Page 3");
/// ```
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    debug_assert!(
        values.iter().all(|(name, _)| placeholders(template).any(|placeholder| placeholder == *name)),
        "a value of {values:?} has no place in {template:?}"
    );
    debug_assert!(
        placeholders(template).all(|placeholder| values.iter().any(|(name, _)| *name == placeholder)),
        "a place of {template:?} has no value in {values:?}"
    );
    replace(template, values)
}

/// The names in braces in `template`.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

fn replace(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        out.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A text for each form of the plural that the language has.
pub type Forms = &'static [&'static str];

impl Texts {
    /// Writes a count with its digits in groups, as the language does.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push_str(self.group);
            }
            out.push(digit);
        }
        out
    }

    /// Picks the form of the plural for `count` and replaces its `{count}`, where it has one.
    #[must_use]
    pub fn counted(&self, forms: Forms, count: u64) -> String {
        let form = forms.get((self.plural)(count)).or(forms.last()).copied().unwrap_or_default();
        // A form may say its count in a word: "the only task".
        replace(form, &[("count", &self.number(count))])
    }
}

/// All texts of the panel in one language. A comment names the placeholders of a text; pairs are a title and what the operator can
/// do; texts of type [`Forms`] differ by number.
#[expect(missing_docs, reason = "the field's name and the English text say it; a comment would be a third copy")]
#[derive(Debug)]
pub struct Texts {
    /// Which form of a [`Forms`] a count takes, as gettext's `plural`.
    pub plural: fn(u64) -> usize,
    /// Separates thousands
    pub group: &'static str,
    pub title: &'static str,
    pub table: &'static str,
    pub refresh: &'static str,
    pub retry: &'static str,
    pub copy: &'static str,
    pub copy_field: &'static str,
    pub copy_row: &'static str,
    pub copied: &'static str,
    pub export: &'static str,
    pub export_title: &'static str,
    pub this_page: &'static str,
    pub all_pages: &'static str,
    pub read_all: &'static str,
    /// `{count}`
    pub read_all_hint: &'static str,
    /// `{count}` `{total}`
    pub read_so_far: &'static str,
    pub read_again: &'static str,
    pub cancel: &'static str,
    /// `{count}` `{total}` `{start}` `{end}`
    pub read_from_to: &'static str,
    pub read_not_all: &'static str,
    pub read_changed: &'static str,
    pub filter_all: &'static str,
    pub copy_link: &'static str,
    pub copy_markdown: &'static str,
    pub display: &'static str,
    pub column_choice: &'static str,
    pub column_hint: &'static str,
    /// `{column}`
    pub column_up: &'static str,
    /// `{column}`
    pub column_down: &'static str,
    /// `{column}`
    pub column_width: &'static str,
    pub width_fits: &'static str,
    pub density: &'static str,
    pub comfortable: &'static str,
    pub compact: &'static str,
    pub reset: &'static str,
    /// `{page}`, `{last}`
    pub page_of: &'static str,
    pub copy_report: &'static str,
    pub to_look_at: &'static str,
    pub next_steps: &'static str,
    /// `{time}`
    pub made_at: &'static str,
    pub delays_seen: &'static str,
    pub copy_failed: &'static str,
    pub loading: &'static str,
    pub not_loaded: &'static str,
    /// `{count}`
    pub loaded: &'static str,
    /// `{span}`
    pub slow: &'static str,
    pub pause: &'static str,
    pub resume: &'static str,
    /// `{span}`
    pub retry_in: &'static str,
    pub unattended: &'static str,
    /// `{span}`
    pub old: &'static str,
    pub range: &'static str,
    pub presets: PresetTexts,
    /// `{span}`
    pub last_span: &'static str,
    pub custom: &'static str,
    pub start: &'static str,
    pub end: &'static str,
    pub apply: &'static str,
    pub clear: &'static str,
    pub range_empty: &'static str,
    pub start_missing: &'static str,
    pub end_missing: &'static str,
    pub end_before_start: &'static str,
    pub range_format: &'static str,
    pub custom_range: &'static str,
    pub copy_range: &'static str,
    pub today: &'static str,
    pub yesterday: &'static str,
    pub last_7_full_days: &'static str,
    pub no_time: &'static str,
    /// `{span}`
    pub range_span: &'static str,
    pub range_help: &'static str,
    /// `{time}`
    pub time_skipped: &'static str,
    /// `{time}`
    pub time_twice: &'static str,
    pub time_zone: &'static str,
    pub zone_local: &'static str,
    pub zone_server: &'static str,
    pub zone_configured: &'static str,
    pub year_before: &'static str,
    pub month_before: &'static str,
    pub month_after: &'static str,
    pub year_after: &'static str,
    /// The days of the week in the calendar, from `week_start`
    pub week: [&'static str; 7],
    /// The day that a week starts with: 0 for Monday, 6 for Sunday.
    pub week_start: u32,
    pub columns: ColumnTexts,
    /// `{raw}` in the unknown one
    pub statuses: StatusTexts,
    /// What each status means and what to do next
    pub runbook: StatusTexts,
    pub runbook_title: &'static str,
    /// Days, hours, minutes, seconds; each starts with a space
    pub units: [&'static str; 4],
    pub lagging: &'static str,
    pub critical: &'static str,
    /// `{span}`
    pub catching_up: &'static str,
    pub keeping_pace: &'static str,
    pub falling_behind: &'static str,
    pub delay_idle: &'static str,
    /// `{delay}`
    pub since: &'static str,
    pub no_checkpoint: &'static str,
    pub no_verdict: &'static str,
    /// `{delay}`
    pub ahead: &'static str,
    pub ahead_why: &'static str,
    /// `{seconds}`
    pub computed: &'static str,
    /// `{seconds}`
    pub exact: &'static str,
    pub primary: &'static str,
    pub standby: &'static str,
    pub physical: &'static str,
    pub logical: &'static str,
    /// `{id}`
    pub ids: &'static str,
    /// `{id}`
    pub ob_id: &'static str,
    pub empty_range: &'static str,
    pub empty_range_hint: &'static str,
    pub show_all: &'static str,
    pub empty_all: &'static str,
    pub empty_all_hint: &'static str,
    /// `{page}`
    pub beyond_end: &'static str,
    pub beyond_end_hint: &'static str,
    /// `{count}`
    pub empty_page: Forms,
    pub empty_page_hint: &'static str,
    pub go_last: &'static str,
    /// `{time}`
    pub stalled_before: &'static str,
    /// `{count}` `{rows}`
    pub malformed: &'static str,
    /// `{position}` `{found}`
    pub malformed_row: &'static str,
    /// `{came}` `{asked}` `{read}`
    pub surplus: &'static str,
    pub browser_clock: &'static str,
    pub database_clock: &'static str,
    /// `{clock}`
    pub in_step: &'static str,
    /// `{clock}` `{span}`
    pub ahead_of_ocp: &'static str,
    /// `{clock}` `{span}`
    pub behind_ocp: &'static str,
    /// `{clock}`
    pub unknown_clock: &'static str,
    /// `{span}`
    pub zone_error: &'static str,
    pub diagnostics: &'static str,
    pub changes: &'static str,
    pub show_changes: &'static str,
    /// `{count}`, changes besides the one that is told
    pub more_changes: Forms,
    pub failures: &'static str,
    pub clocks: &'static str,
    pub contract: &'static str,
    pub nothing: &'static str,
    /// `{time}` `{tasks}` `{change}`
    pub change: &'static str,
    /// `{page}`
    pub change_gone: &'static str,
    /// `{page}`
    pub change_back: &'static str,
    pub change_backwards: &'static str,
    pub change_stalled: &'static str,
    pub change_moving: &'static str,
    /// `{count}`
    pub more_tasks: &'static str,
    pub deviations: DeviationTexts,
    pub summary: &'static str,
    /// `{count}`, the tasks that want a look or an act
    pub attention: Forms,
    /// `{count}`, all of them
    pub all_archiving: Forms,
    /// `{count}` of `{tasks}`; none of the others is in trouble
    pub some_archiving: &'static str,
    /// `{count}`
    pub in_transition: Forms,
    /// `{count}`
    pub not_running: Forms,
    /// `{delay}`, `{tenant}`
    pub worst: &'static str,
    /// `{count}`
    pub unread: &'static str,
    /// `{time}`
    pub verdict_then: &'static str,
    /// `{count}`
    pub scope_all: Forms,
    /// `{page}`, `{total}`
    pub scope_page: &'static str,
    /// After `scope_all` or `scope_page`
    pub scope_range: &'static str,
    pub restorable: &'static str,
    pub loss: &'static str,
    /// In place of `loss` where a tenant's point is not known or not all tasks are seen
    pub loss_at_least: &'static str,
    pub loss_hint: &'static str,
    /// `{tenant}`
    pub loss_of: &'static str,
    /// `{tenant}`; where not all tenants are in it
    pub loss_of_known: &'static str,
    /// `{count}`, the tenants whose point is not known
    pub loss_unknown: Forms,
    pub not_known: &'static str,
    /// Between two statements
    pub semicolon: &'static str,
    pub tones: ToneTexts,
    pub filter: &'static str,
    pub find: &'static str,
    /// `{column}`
    pub sort: &'static str,
    pub keyboard: &'static str,
    pub keys: KeyTexts,
    /// `{shown}`, `{count}`
    pub filtered: &'static str,
    pub unfilter: &'static str,
    /// `{span}`
    pub age: &'static str,
    pub copy_all: &'static str,
    /// `{first}` `{last}` `{total}`
    pub total_short: &'static str,
    /// `{first}` `{last}`
    pub total_unknown: &'static str,
    /// `{total}`
    pub total_only: &'static str,
    pub total_none: &'static str,
    pub page_size: &'static str,
    /// `{size}`
    pub per_page: &'static str,
    pub pager: &'static str,
    pub first: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub last: &'static str,
    /// `{page}`
    pub page: &'static str,
    /// `{time}`
    pub as_of: &'static str,
    /// `{time}`
    pub received: &'static str,
    /// `{ms}`
    pub took: &'static str,
    /// `{server}`
    pub server: &'static str,
    /// `{trace}`
    pub trace: &'static str,
    /// `{zone}`
    pub times_in: &'static str,
    /// `{time}`
    pub stale: &'static str,
    /// After `stale`
    pub stale_other: &'static str,
    pub details: &'static str,
    pub gone: &'static str,
    pub all_zones: &'static str,
    pub as_json: &'static str,
    pub copy_json: &'static str,
    pub close: &'static str,
    /// `{count}`
    pub more: &'static str,
    /// `{count}`
    pub cut: &'static str,
    pub http_status: &'static str,
    pub code: &'static str,
    pub message: &'static str,
    pub trace_id: &'static str,
    pub server_name: &'static str,
    pub given: &'static str,
    pub invalid_cluster: [&'static str; 2],
    pub invalid_base_url: [&'static str; 2],
    pub no_headers: [&'static str; 2],
    pub not_signed_in: [&'static str; 2],
    pub forbidden: [&'static str; 2],
    pub no_such_cluster: [&'static str; 2],
    pub wrong_path: [&'static str; 2],
    pub bad_request: [&'static str; 2],
    pub throttled: [&'static str; 2],
    /// `{seconds}`
    pub throttled_for: &'static str,
    pub server_error: [&'static str; 2],
    pub gateway: [&'static str; 2],
    pub unreachable: [&'static str; 2],
    pub timeout: [&'static str; 2],
    pub interrupted: [&'static str; 2],
    pub not_ocp: [&'static str; 2],
    pub oddities: OddityTexts,
    pub refused: [&'static str; 2],
}

/// What the keys of the panel do.
#[derive(Debug)]
pub struct KeyTexts {
    /// Arrow up and arrow down
    pub rows: &'static str,
    /// Enter
    pub open: &'static str,
    /// Escape
    pub close: &'static str,
    /// `r`
    pub refresh: &'static str,
    /// `[` and `]`
    pub pages: &'static str,
    /// `/`
    pub find: &'static str,
    /// `?`
    pub help: &'static str,
}
