//! What the viewer chose.

use log_backup_panel::domain::delay::Thresholds;
use log_backup_panel::domain::kinds::Kind;
use log_backup_panel::domain::losses::LossStep;
use log_backup_panel::domain::task::{TaskKey, Tone};
use log_backup_panel::domain::time::Zone;
use log_backup_panel::text::columns::{Column, Columns};
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::table_view::TableView;
use log_backup_panel::text::view_options::{Density, Drawer, ViewOptions};
use log_backup_panel::text::viewer::Viewer;

use super::VIEWER;

fn options() -> ViewOptions {
    ViewOptions {
        viewer: VIEWER,
        table: TableView::default(),
        density: Density::Comfortable,
        dark: None,
        page_sizes: vec![10],
        drawer: None,
    }
}

#[test]
fn a_filter_is_set_and_cleared_and_the_order_stays() {
    let mut options = options();
    options.toggle_sort(Column::Delay);
    options.toggle_kind(Kind::Failed);
    options.toggle_loss(LossStep::Hour);
    options.find("t3".to_owned());
    let table = TableView {
        tone: Some(Tone::Critical),
        kind: Some(Kind::Failed),
        loss: Some(LossStep::Hour),
        text: "t3".to_owned(),
        sort: Some((Column::Delay, true)),
    };
    assert_eq!(options.table, table);
    options.toggle_kind(Kind::Interrupted);
    let shown = (options.table.kind, options.table.tone);
    assert_eq!(shown, (Some(Kind::Interrupted), Some(Tone::Critical)), "another kind takes its place");
    options.toggle_kind(Kind::Interrupted);
    assert_eq!((options.table.kind, options.table.tone), (None, None), "the same again shows all");
    options.toggle_loss(LossStep::Day);
    assert_eq!(options.table.loss, Some(LossStep::Day), "another step takes its place");
    options.toggle_loss(LossStep::Day);
    assert_eq!(options.table.loss, None, "the same again shows all");
    // A host or a link knows only the tone.
    options.set_table(TableView { tone: Some(Tone::Critical), ..options.table.clone() });
    assert_eq!([Kind::Failed, Kind::Behind].map(|kind| options.table.shows(kind)), [true, false]);
    options.toggle_kind(Kind::Failed);
    assert!(!options.table.is_filter() || options.table.tone.is_none(), "a press on what is shown shows all");
    options.clear_filter();
    assert_eq!(options.table, TableView { sort: Some((Column::Delay, true)), ..TableView::default() });
    options.set_table(table.clone());
    assert_eq!(options.table, table);
}

#[test]
fn the_embedder_does_not_overrule_the_viewers_own_choice() {
    let mut options = options();
    options.set_zone(Zone::Fixed(60));
    options.set_columns(Columns::parse("status,delay").unwrap());
    options.set_density(Density::Compact);
    let thresholds = Thresholds { lagging: 1.0, critical: 2.0 };
    let wanted = Viewer { locale: Locale::ZhCn, thresholds, zone: Zone::Fixed(0), ..VIEWER };
    options.set_embedding(&ViewOptions { viewer: wanted, dark: Some(true), page_sizes: vec![5], ..self::options() });
    let viewer = options.viewer;
    assert_eq!((viewer.locale, viewer.thresholds), (Locale::ZhCn, thresholds));
    assert_eq!((options.dark, &*options.page_sizes), (Some(true), &[5][..]));
    assert_eq!((viewer.zone, &*viewer.columns.names()), (Zone::Fixed(60), "status,delay"));
    assert_eq!(options.density, Density::Compact);
}

#[test]
fn names_are_those_of_the_attributes_and_the_stylesheet() {
    assert_eq!(Density::ALL.map(Density::name), ["comfortable", "compact"]);
    assert_eq!(Density::ALL.map(|density| Density::parse(density.name())), Density::ALL.map(Some));
    assert_eq!(Density::parse("dense"), None);
    let theme = |dark| ViewOptions { dark, ..options() }.theme();
    assert_eq!([theme(None), theme(Some(false)), theme(Some(true))], ["", "light", "dark"]);
}

#[test]
fn one_drawer_is_open_at_a_time() {
    let mut options = options();
    options.open(Drawer::Keys);
    options.open(Drawer::Task(TaskKey(7)));
    assert_eq!(options.drawer.and_then(Drawer::task), Some(TaskKey(7)));
    options.open(Drawer::Export);
    assert_eq!(options.drawer.map(Drawer::task), Some(None), "a drawer of no task");
    options.close();
    assert_eq!(options.drawer, None);
}
