//! Which columns show, in which order and how wide.

use log_backup_panel::domain::query::Query;
use log_backup_panel::state::history::History;
use log_backup_panel::text::column_visibility::{ColumnVisibility, shown_columns};
use log_backup_panel::text::columns::{Column, Columns};
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::rows::rows;

use super::{VIEWER, row_with, sample};

#[test]
fn columns_are_listed_in_the_order_of_their_numbers() {
    // A row's cells, widths and what shows are kept by that number.
    assert_eq!(Column::ALL.map(|column| column as usize), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
}

#[test]
fn columns_can_be_chosen_but_the_status_stays() {
    let rows = rows(&sample(), &History::default(), &VIEWER);
    let chosen = |text| shown_columns(&rows, Columns::parse(text).unwrap());
    assert_eq!(chosen("delay,status"), [Column::Delay, Column::Status], "in the order of their names");
    assert_eq!(chosen("delay,error"), [Column::Status, Column::Delay], "and what no row fills takes no space");
    for bad in ["delay,", "delay:", "delay:wide", "delay:-1", "delay:1:2", "nope"] {
        assert_eq!(Columns::parse(bad), None, "{bad}");
    }
}

#[test]
fn columns_are_written_as_they_are_read() {
    for names in ["delay:180,status,tenant", "status", "status,tenant:48,delay:1200,uri", "status,cluster:auto,mode"] {
        assert_eq!(Columns::parse(names).unwrap().names(), names);
    }
    let narrow = Columns::parse("tenant:1,delay:65535,tenant").unwrap();
    assert_eq!(narrow.names(), "status,tenant:48,delay:1200", "widths have bounds, and a column has one place");
    assert_eq!(narrow.sized(Column::Tenant, 0).names(), "status,tenant,delay:1200");
    assert_eq!(Columns::parse(&Columns::FITTING.names()), Some(Columns::FITTING));
}

#[test]
fn a_column_moves_one_place_and_not_out_of_the_table() {
    let columns = Columns::parse("status,tenant,delay").unwrap();
    assert_eq!(columns.moved(Column::Delay, true).names(), "status,delay,tenant");
    assert_eq!(columns.moved(Column::Status, true), columns);
    assert_eq!(columns.moved(Column::Status, false).names(), "tenant,status,delay");
    assert_eq!(Columns::FITTING.moved(Column::Modified, false), Columns::FITTING);
    assert_eq!(columns.with(Column::Delay, true), columns, "what shows already stays");
    assert_eq!(columns.with(Column::Status, false), columns, "and the status");
    let hidden = columns.with(Column::Tenant, false).moved(Column::Tenant, false);
    assert_eq!(hidden.with(Column::Tenant, true).names(), "status,delay,tenant", "a hidden one has a place too");
}

#[test]
fn a_heading_is_in_the_viewers_language() {
    assert_eq!(Column::Tenant.title(Locale::EnUs.texts()), "Tenant");
    assert_eq!(Column::Tenant.title(Locale::ZhCn.texts()), "租户");
}

#[test]
fn columns_that_no_row_fills_take_no_space() {
    let rows = rows(&sample(), &History::default(), &VIEWER);
    let absent = [Column::Tenant, Column::Error, Column::Modified];
    assert_eq!(
        shown_columns(&rows, Columns::FITTING),
        Column::ALL.into_iter().filter(|column| !absent.contains(column)).collect::<Vec<_>>()
    );
    assert_eq!(shown_columns(&[], Columns::FITTING), [Column::Status]);
}

#[test]
fn the_cluster_and_the_mode_take_a_column_only_where_they_differ_or_are_chosen() {
    let with = |fields: &str| {
        row_with(
            &[r#""clusterName":"c","backupMode":"PHYSICAL_BACKUP","agentServerIp":"h","#, fields].concat(),
            Locale::EnUs,
        )
    };
    let (primary, standby) = (with(r#""clusterType":"PRIMARY""#), with(r#""clusterType":"STANDBY""#));
    let fitting = Columns::FITTING.with(Column::Delay, false);
    let shown = |rows: &[_], columns| ColumnVisibility::default().columns(rows, &Query::default(), columns);
    let same = [primary.clone(), primary.clone()];
    assert_eq!(shown(&same, fitting), [Column::Status, Column::Host], "a head names the cluster, but no host");
    let mixed = [primary.clone(), standby];
    assert_eq!(shown(&mixed, fitting), [Column::Status, Column::Cluster, Column::Host], "the role differs");
    let named = Columns::parse("status,cluster,mode").unwrap();
    assert_eq!(shown(&same, named), [Column::Status, Column::Cluster, Column::Mode], "named by the embedder");
    let ticked = fitting.with(Column::Mode, true);
    assert_eq!(shown(&same, ticked), [Column::Status, Column::Mode, Column::Host], "ticked under “Display”");
    let other = fitting.with(Column::Host, false);
    for other in [other, Columns::parse(&other.names()).unwrap()] {
        assert_eq!(shown(&same, other), [Column::Status], "another choice chooses neither, also when it is remembered");
    }
    assert!(!fitting.sized(Column::Cluster, 200).is_auto(Column::Cluster), "nor is a width forgotten");
    let copied = [Column::Status, Column::Cluster, Column::Mode, Column::Host];
    assert_eq!(shown_columns(&same, fitting), copied, "what is copied names the cluster");
}

#[test]
fn columns_stay_while_pages_of_one_list_are_turned() {
    let with = |fields| vec![row_with(fields, Locale::EnUs)];
    let (broken, calm) = (with(r#""status":"RUNNING","errorMsg":"OSS is full""#), with(r#""status":"RUNNING""#));
    let page = |page| Query { cluster: "5".into(), page, ..Query::default() };
    let mut visibility = ColumnVisibility::default();
    let mut has_error =
        |rows, query: &Query| visibility.columns(rows, query, Columns::FITTING).contains(&Column::Error);
    assert!(!has_error(&calm, &page(1)));
    assert!(has_error(&broken, &page(2)));
    assert!(has_error(&calm, &page(3)), "another page, or the same again");
    assert!(!has_error(&calm, &Query { size: 50, ..page(1) }), "another list begins anew");
    assert!(has_error(&broken, &page(1)));
    assert_eq!(visibility.columns(&calm, &page(1), Columns::parse("status").unwrap()), [Column::Status], "as chosen");
}
