use log_backup_panel::api::error::ErrorKind;
use log_backup_panel::api::request::url;
use log_backup_panel::domain::query::{Intent, Query};
use log_backup_panel::domain::time::{Span, TimeRange, Unit};

use super::NOW;

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
    let times = "startTime=2021-09-22T06%3A34%3A35.149Z&endTime=2021-09-23T06%3A34%3A35.149Z";
    let cases = [
        ("", TimeRange::All, format!("{path}?page=3&size=10")),
        ("https://ocp.example.com:8443/", TimeRange::All, format!("https://ocp.example.com:8443{path}?page=3&size=10")),
        ("/ocp", day, format!("/ocp{path}?{times}&page=3&size=10")),
    ];
    for (base, range, expected) in cases {
        assert_eq!(url(base, &Query { range, ..query() }, NOW).unwrap(), expected);
    }
}

#[test]
fn no_cluster_id_reaches_another_path() {
    for id in ["", " ", "../../x", "1?page=2", "１２３", "-5", "0", "1e3", "0x1", "1/2", "1%2f2", "9223372036854775808"]
    {
        let error = url("", &Query { cluster: id.into(), ..query() }, NOW).unwrap_err();
        assert_eq!(error.kind, ErrorKind::InvalidCluster(id.into()));
    }
    assert!(url("", &Query { cluster: " 9223372036854775807 ".into(), ..query() }, NOW).is_ok());
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
        "https://user:pass@ocp",
        "https://ocp\n.example",
        "http:\\\\ocp",
    ];
    for base in bad {
        let error = url(base, &query(), NOW).unwrap_err();
        assert_eq!(error.kind, ErrorKind::InvalidBaseUrl(base.into()));
    }
}
