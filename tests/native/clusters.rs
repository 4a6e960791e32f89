//! OCP's list of clusters.

use log_backup_panel::api::clusters::{ClusterQuery, decode_clusters, request};
use log_backup_panel::api::decode::HttpResponse;
use log_backup_panel::api::error::{ErrorKind, Oddity};
use log_backup_panel::domain::cluster::ClusterStatus;
use log_backup_panel::domain::redact::Redacted;

fn answer(status: u16, body: &str) -> HttpResponse {
    HttpResponse { status, body: body.to_owned(), ..HttpResponse::default() }
}

fn list(rows: &str) -> HttpResponse {
    let page = r#""page":{"totalElements":3000,"totalPages":150,"number":1,"size":20}"#;
    answer(200, &format!(r#"{{"data":{{"contents":[{rows}],{page}}},"successful":true,"status":200}}"#))
}

#[test]
fn it_is_asked_for_by_name_status_and_page() {
    let query = ClusterQuery { name: " pay & 1 ".to_owned(), status: Some(ClusterStatus::Stopped), page: 2, size: 20 };
    let asked = request("https://ocp.example.com/x/", &query).unwrap();
    assert_eq!(asked.url, "https://ocp.example.com/x/api/v2/ob/clusters");
    let named = |(name, value): &(&'static str, String)| format!("{name}={value}");
    let params: Vec<_> = asked.params.iter().map(named).collect();
    assert_eq!(params, ["page=2", "size=20", "sort=name,asc", "name=pay & 1", "status=STOPPED"]);
    let all = request("", &ClusterQuery { page: 1, size: 200, ..ClusterQuery::default() }).unwrap();
    assert_eq!(all.params.len(), 3, "{all:?}");
    assert!(request("javascript:alert(1)", &query).is_err());
}

#[test]
fn a_row_has_an_id_and_a_name_and_all_else_may_be_missing() {
    let rows = r#"{"id":1000005,"name":"yc0820_17","obClusterId":5,"obVersion":"4.2.1","status":"RUNNING","type":"PRIMARY","tenantCount":14},
        {"id":"1000006","name":"b"}, {"id":-1,"name":"c"}, {"id":7}, {"name":"d"}, 5, {"id":"../x","name":"e"}"#;
    let page = decode_clusters(&list(rows)).unwrap();
    assert_eq!((page.total, page.unread, page.clusters.len()), (Some(3000), 5, 2));
    let first = &page.clusters[0];
    assert_eq!((first.id, &*first.name, first.tenants), (1_000_005, "yc0820_17", Some(14)));
    assert_eq!(first.ob_cluster_id, Some(Redacted::of("5")));
    assert_eq!(first.status.as_deref().and_then(ClusterStatus::parse), Some(ClusterStatus::Running));
    assert_eq!((page.clusters[1].id, &page.clusters[1].role), (1_000_006, &None));
}

#[test]
fn what_is_no_list_says_why() {
    let envelope =
        |status: u16| format!(r#"{{"successful":false,"status":{status},"error":{{"code":1,"message":"no"}}}}"#);
    for (reply, kind) in [
        (answer(401, ""), ErrorKind::NotSignedIn),
        (answer(403, &envelope(403)), ErrorKind::Forbidden),
        (answer(404, &envelope(404)), ErrorKind::NoSuchCluster),
        (answer(404, "<html>"), ErrorKind::WrongPath),
        (answer(500, &envelope(500)), ErrorKind::Server),
        (answer(200, "<html><input type=password>"), ErrorKind::NotSignedIn),
        (answer(200, "<html>hello"), ErrorKind::NotOcp(Oddity::Html)),
        (answer(200, r#"{"data":{"contents":[{"#), ErrorKind::NotOcp(Oddity::NotJson)),
        (answer(200, r#"{"successful":true,"data":{}}"#), ErrorKind::NotOcp(Oddity::NoList)),
    ] {
        assert_eq!(decode_clusters(&reply).map_err(|error| error.kind), Err(kind), "{reply:?}");
    }
    assert_eq!(decode_clusters(&list("")).unwrap().clusters, []);
}

#[test]
fn each_status_has_a_word_of_its_own() {
    for status in ClusterStatus::ALL {
        assert_eq!(ClusterStatus::parse(status.name()), Some(status));
    }
    assert_eq!(ClusterStatus::parse("running"), None);
}
