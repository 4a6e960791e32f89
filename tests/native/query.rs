use log_backup_panel::api::error::ErrorKind;
use log_backup_panel::api::request::{Request, request};
use log_backup_panel::domain::query::{Intent, Query};
use log_backup_panel::domain::time::{Span, TimeRange, Unit};

use super::{CLOCK, NOW};

fn query() -> Query {
    Query { cluster: "1000005".into(), range: TimeRange::All, page: 3, size: 10 }
}

#[test]
fn what_changes_the_list_goes_back_to_page_one() {
    let day = TimeRange::Last(Span { count: 24, unit: Unit::Hours });
    for intent in [Intent::Range(day), Intent::PageSize(50), Intent::Cluster("7".into())] {
        let mut query = query();
        query.apply(intent.clone());
        assert_eq!(query.page, 1, "{intent:?}");
    }
}

#[test]
fn what_changes_nothing_keeps_the_page() {
    for intent in [Intent::Range(TimeRange::All), Intent::PageSize(10), Intent::Cluster("1000005".into())] {
        let mut query = query();
        query.apply(intent);
        assert_eq!(query, self::query());
    }
}

#[test]
fn page_and_size_stay_in_their_bounds() {
    let mut query = query();
    query.apply(Intent::Page(0));
    query.apply(Intent::PageSize(99_999));
    assert_eq!((query.page, query.size), (1, 2000));
}

#[test]
fn builds_the_documented_url() {
    let path = "/api/v2/ob/clusters/1000005/backup/task/logBackupTasks";
    let day = TimeRange::Last(Span { count: 24, unit: Unit::Hours });
    let paging = || vec![("page", "3".to_owned()), ("size", "10".to_owned())];
    let start = ("startTime", "2021-09-22T06:34:35.149Z".to_owned());
    let end = ("endTime", "2021-09-23T06:34:35.149Z".to_owned());
    let cases = [
        ("", TimeRange::All, path.to_owned(), paging()),
        ("https://ocp.example.com:8443/", TimeRange::All, format!("https://ocp.example.com:8443{path}"), paging()),
        ("/ocp", day, format!("/ocp{path}"), [vec![start, end], paging()].concat()),
    ];
    for (base, range, url, params) in cases {
        assert_eq!(request(base, &Query { range, ..query() }, NOW, CLOCK.offset_minutes), Ok(Request { url, params }));
    }
}

#[test]
fn no_cluster_id_reaches_another_path() {
    for id in ["", " ", "../../x", "1?page=2", "１２３", "-5", "0", "1e3", "0x1", "1/2", "1%2f2", "9223372036854775808"]
    {
        let error = request("", &Query { cluster: id.into(), ..query() }, NOW, CLOCK.offset_minutes).unwrap_err();
        assert_eq!(error.kind, ErrorKind::InvalidCluster(id.into()));
    }
    assert!(
        request("", &Query { cluster: " 9223372036854775807 ".into(), ..query() }, NOW, CLOCK.offset_minutes).is_ok()
    );
}

#[test]
fn a_base_url_with_credentials_is_refused_and_they_are_not_repeated() {
    let error = request("https://user:s3cret@ocp.example", &query(), NOW, CLOCK.offset_minutes).unwrap_err();
    assert_eq!(error.kind, ErrorKind::InvalidBaseUrl("https://***@ocp.example".into()));
}

#[test]
fn no_base_url_leads_elsewhere_in_disguise() {
    let bad = [
        "javascript:alert(1)",
        "//evil.example",
        "https://",
        "https:///x",
        "ftp://x",
        "/a?b=c",
        "/a#b",
        "a:b",
        "https://ocp\n.example",
        "http:\\\\ocp",
    ];
    for base in bad {
        let error = request(base, &query(), NOW, CLOCK.offset_minutes).unwrap_err();
        assert!(matches!(error.kind, ErrorKind::InvalidBaseUrl(_)), "{base}");
    }
}
