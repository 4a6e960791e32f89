//! The simulated OCP's list of clusters.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::{CLUSTERS, Server, head, header, status};

/// The status and the JSON of the answer to the list asked with `query`.
async fn list(server: &Server, query: &str) -> (u16, Value) {
    let answer = server.ask(&format!("GET {CLUSTERS}?{query}"), &[]).await;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    (status(&answer), serde_json::from_str(body).unwrap_or_else(|error| panic!("{query}: {error}: {answer}")))
}

/// The names on a page, and the number of all that were found.
async fn names(server: &Server, query: &str) -> (Vec<String>, u64) {
    let (status, body) = list(server, query).await;
    assert_eq!(status, 200, "{query}");
    let names = body["data"]["contents"].as_array().unwrap().iter();
    let names = names.map(|row| row["name"].as_str().unwrap().to_owned()).collect();
    (names, body["data"]["page"]["totalElements"].as_u64().unwrap())
}

#[tokio::test]
async fn it_comes_in_ocps_envelope_ten_at_a_time() {
    let (_, mut body) = list(&Server::simulated().await, "").await;
    let envelope = body.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(envelope, ["data", "duration", "server", "status", "successful", "timestamp", "traceId"]);
    assert_eq!(body["data"]["page"], json!({ "number": 1, "size": 10, "totalElements": 3000, "totalPages": 300 }));
    let first = body["data"]["contents"][0].take();
    assert_eq!(
        first,
        json!({
            "id": 1_000_005,
            "name": "yc0820_17",
            "obClusterId": 5,
            "obVersion": "3.2.4.8-108000012024061217",
            "status": "RUNNING",
            "type": "PRIMARY",
            "tenantCount": 3217,
            "createTime": first["createTime"],
            "standbyClusters": [
                { "id": 1_000_006, "name": "yc0820_17_standby", "obClusterId": 5, "status": "RUNNING", "type": "STANDBY" },
            ],
        })
    );
}

#[tokio::test]
async fn it_is_paged_as_the_list_of_tasks_is() {
    let server = Server::simulated().await;
    for (query, number, size) in [
        ("size=9999", 1, 2000),
        ("size=2000&page=2", 2, 1000),
        ("size=0&page=0", 1, 10),
        ("page=-3&size=-1", 1, 10),
        ("page=99999999", 99_999_999, 0),
    ] {
        let page = list(&server, query).await.1["data"]["page"].take();
        assert_eq!((&page["number"], &page["size"]), (&json!(number), &json!(size)), "{query}");
    }
    let page = list(&server, "name=no-such-cluster").await.1["data"]["page"].take();
    assert_eq!(page, json!({ "number": 1, "size": 0, "totalElements": 0, "totalPages": 0 }));
}

#[tokio::test]
async fn it_is_searched_by_part_of_a_name_and_by_status() {
    let server = Server::simulated().await;
    assert_eq!(names(&server, "name=YC0820").await, (vec!["yc0820_17".to_owned(), "yc0820_17_standby".to_owned()], 2));
    assert_eq!(names(&server, "name=uat_pay_03").await.0, ["UAT_PAY_03"]);
    assert_eq!(names(&server, "name=%E4%B8%AD%E5%8F%B0_%E4%BC%9A%E5%91%98_07").await.0, ["中台_会员_07"]);
    let (_, all) = names(&server, "").await;
    let (_, running) = names(&server, "status=RUNNING").await;
    let (_, stopped) = names(&server, "status=STOPPED").await;
    assert!(stopped > 0 && running + stopped < all);
    for query in ["status=RUNNING,STOPPED", "status=RUNNING&status=STOPPED", "status=STOPPED%2CRUNNING"] {
        assert_eq!(names(&server, query).await.1, running + stopped, "{query}");
    }
    assert_eq!(names(&server, "name=yc0820&status=STOPPED").await.1, 0);
}

#[tokio::test]
async fn it_is_sorted_before_it_is_paged() {
    let server = Server::simulated().await;
    assert_eq!(names(&server, "size=1&sort=name").await.0, ["UAT_PAY_01"]);
    assert_eq!(names(&server, "size=1&sort=name,asc").await.0, ["UAT_PAY_01"]);
    assert_eq!(names(&server, "size=1&sort=name,desc&page=3000").await.0, ["UAT_PAY_01"]);
    assert_eq!(names(&server, "size=1&sort=id,asc").await.0, ["yc0820_17"]);
    assert_eq!(list(&server, "size=1&sort=id,desc").await.1["data"]["contents"][0]["id"], 1_003_095);
    assert_eq!(list(&server, "size=1&sort=obClusterId,desc").await.1["data"]["contents"][0]["obClusterId"], 3095);
}

#[tokio::test]
async fn what_is_no_parameter_is_refused_as_ocp_does() {
    let server = Server::simulated().await;
    for (query, message) in [
        ("page=one", "Invalid argument 'page': one"),
        ("page=", "Invalid argument 'page': "),
        ("size=1.5", "Invalid argument 'size': 1.5"),
        ("sort=tenantCount,asc", "Invalid argument 'sort': tenantCount,asc"),
        ("sort=name,up", "Invalid argument 'sort': name,up"),
        ("status=running", "Invalid argument 'status': running"),
        ("status=RUNNING,OFF", "Invalid argument 'status': OFF"),
        ("status=RUNNING&status=OFF", "Invalid argument 'status': OFF"),
    ] {
        let (status, body) = list(&server, query).await;
        assert_eq!((status, &body["successful"], &body["status"]), (400, &json!(false), &json!(400)), "{query}");
        assert_eq!(body["error"], json!({ "code": 1001, "message": message }), "{query}");
    }
    assert_eq!(status(&server.ask(&format!("POST {CLUSTERS}"), &[]).await), 405);
}

#[tokio::test]
async fn it_plays_the_faults_that_a_cluster_plays_and_each_for_itself() {
    let server = Server::simulated().await;
    let tasks = "GET /api/v2/ob/clusters/1000006/backup/task/logBackupTasks?page=1&size=1";
    let play = async |path: &str| status(&server.ask(&format!("PUT /preview/clusters/{path}"), &[]).await);
    for (fault, played) in [
        ("401", 401),
        ("403", 403),
        ("404-json", 404),
        ("404-html", 404),
        ("429-retry-after", 429),
        ("500-json", 500),
        ("502-html", 502),
        ("html-200", 200),
        ("truncated", 200),
    ] {
        assert_eq!(play(&format!("fault/{fault}")).await, 204, "{fault}");
        let answer = server.ask(&format!("GET {CLUSTERS}"), &[]).await;
        assert_eq!(status(&answer), played, "{fault}");
        let is_html = header(&answer, "content-type").unwrap().starts_with("text/html");
        assert_eq!(is_html, fault.contains("html"), "{fault}");
        let body: Result<Value, _> = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1);
        assert_eq!(body.is_ok(), !is_html && fault != "truncated", "{fault}");
        assert_eq!(status(&server.ask(tasks, &[]).await), 200, "{fault}");
    }
    play("fault/403").await;
    let (_, body) = list(&server, "").await;
    assert_eq!((&body["error"]["code"], &body["successful"]), (&json!(70103), &json!(false)));
    for endless in ["silence", "trickle"] {
        play(&format!("fault/{endless}")).await;
        let get = format!("GET {CLUSTERS}");
        assert!(timeout(Duration::from_millis(200), server.ask(&get, &[])).await.is_err(), "{endless}");
    }
    assert_eq!(play("fault/no-such-fault").await, 404);
    assert_eq!(play("fault/none").await, 204);
    assert_eq!(play("1000006/fault/403").await, 204);
    assert_eq!(list(&server, "").await.0, 200);
    let refused = server.ask(tasks, &[]).await;
    assert!(head(&refused).starts_with("HTTP/1.1 403 "), "{refused}");
}
