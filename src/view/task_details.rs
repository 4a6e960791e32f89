//! All that is known of one task, with its texts in full.

use leptos::prelude::*;

use super::Ui;
use super::copy_button::copy_button;
use super::dom::{El, effect, el};
use super::drawer::Drawer;
use super::present::{Cell, Column, clamp, row};
use super::texts::{Texts, fill};

/// Characters of one field that are put on screen; a message may hold megabytes.
const FIELD_CHARS: usize = 20_000;

/// The fields of the task in the drawer. They follow it through refreshes, and say when it is no longer listed.
#[must_use]
pub fn task_details(ui: Ui) -> El {
    let texts = ui.texts();
    let fields = el("dl").class("fields");
    let list = fields.clone();
    let mut shown = None;
    // Not the effect's own owner, which ends at each of its runs and with it the listeners of what was built.
    let outer = Owner::current().unwrap_or_default();
    let mut inner = Owner::new();
    effect(move || {
        let viewer = ui.viewer.get();
        let Some(Drawer::Task(key)) = ui.drawer.get() else { return };
        let row = ui.panel.load.with(|load| row(&load.data.as_ref()?.page, key, &load.watch, &viewer));
        // What does not change is not written: someone may be selecting it.
        if shown.replace(row.clone()).is_some_and(|last| last == row) {
            return;
        }
        std::mem::replace(&mut inner, outer.with(Owner::new)).cleanup();
        list.node().set_text_content(None);
        let advice = row.as_ref().and_then(|(status, _)| texts.runbook.get(*status as usize));
        let cells = row.map(|(_, row)| row.cells).into_iter().flatten().zip(Column::ALL);
        let mut filled = cells.filter(|(cell, _)| !cell.main.is_empty()).peekable();
        if filled.peek().is_none() {
            list.node().set_text_content(Some(texts.gone));
        }
        for (cell, column) in filled {
            let name = el("dt").text(column.title(texts));
            _ = list.clone().children([name, inner.with(|| untrack(|| field(&cell, column, texts)))]);
            if let Some(advice) = advice.filter(|_| column == Column::Status) {
                let advice = el("dd").class("notice").text(advice);
                _ = list.clone().children([el("dt").text(texts.runbook_title), advice]);
            }
        }
    });
    fields
}

fn field(cell: &Cell, column: Column, texts: &'static Texts) -> El {
    let (shown, more) = clamp(&cell.main, FIELD_CHARS);
    let part = |class: &str, text: &str| (!text.is_empty()).then(|| el("span").class(class).text(text));
    let cut = (more > 0).then(|| {
        let all = cell.main.clone();
        let button = copy_button(texts.copy_all, texts, move || all.clone());
        el("span").class("sub").text(&fill(texts.cut, &[("count", &more.to_string())])).child(button)
    });
    let parts = [
        part("main", shown),
        part(if column == Column::Delay { "spark" } else { "tag" }, &cell.tag),
        part("sub", &cell.sub),
        cut,
    ];
    let field = el("dd").class(if column == Column::Status { "status" } else { "" });
    let field = field.children(parts.into_iter().flatten());
    match cell.tone {
        Some(tone) => field.attr("data-tone", tone.name()),
        None => field,
    }
}
