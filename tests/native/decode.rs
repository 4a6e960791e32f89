use std::sync::Arc;

use log_backup_panel::api::charset::other_charset;
use log_backup_panel::api::decode::{HttpResponse, decode, decode_after};
use log_backup_panel::api::error::{ApiError, ErrorKind, Oddity};
use log_backup_panel::domain::deviation::DeviationKind;
use log_backup_panel::domain::page::TaskPage;
use log_backup_panel::domain::task::{Seconds, StatusKind};
use log_backup_panel::domain::time::Stamp;

use super::{SAMPLE, ms};

fn answer(status: u16, body: &str) -> Result<TaskPage, ApiError> {
    decode(&HttpResponse { status, body: body.to_owned(), ..HttpResponse::default() })
}

fn rows(rows: &str) -> TaskPage {
    let body = format!(
        r#"{{"data":{{"contents":[{rows}],"page":{{"totalElements":1}}}},"successful":true,"timestamp":"2021-09-23T14:34:35.149+08:00"}}"#
    );
    answer(200, &body).unwrap()
}

#[test]
fn decodes_the_documented_sample_completely() {
    let page = answer(200, SAMPLE).unwrap();
    let [task] = page.tasks.as_slice() else { panic!("one task") };
    assert_eq!(task.agent_server_ip.as_deref(), Some("xxx.xxx.xxx.xxx"));
    assert_eq!(task.backup_mode.as_deref(), Some("PHYSICAL_BACKUP"));
    assert_eq!(task.backup_uri.as_deref(), Some("file:///obbackup/"));
    assert_eq!(task.checkpoint.as_ref().and_then(Stamp::epoch_ms), Some(ms("2021-09-23T14:33:17.357+0800")));
    assert_eq!(task.cluster_id.as_deref(), Some("1000005"));
    assert_eq!(task.cluster_name.as_deref(), Some("yc0820_17"));
    assert_eq!(task.cluster_type.as_deref(), Some("PRIMARY"));
    assert_eq!(task.created.as_ref().and_then(Stamp::epoch_ms), Some(ms("2021-09-09T16:19:47.405+0800")));
    assert_eq!(task.delay, Some(Seconds::Number(77.6421)));
    assert_eq!(task.ob_cluster_id.as_deref(), Some("5"));
    assert_eq!(task.status.kind, StatusKind::InProgress);
    let absent = (&task.ob_tenant_id, &task.tenant_id, &task.tenant_name, &task.modified, &task.error_msg);
    assert_eq!(absent, (&None, &None, &None, &None, &None));
    assert_eq!((page.total, page.total_pages), (Some(1), Some(1)));
    assert_eq!(page.meta.timestamp.as_ref().and_then(Stamp::epoch_ms), Some(ms("2021-09-23T14:34:35.149+08:00")));
    assert_eq!(page.meta.duration.as_deref(), Some("112"));
    assert_eq!(page.meta.server.as_deref(), Some("a83ad33525"));
    assert_eq!(page.meta.trace_id.as_deref(), Some("0e74add7846c479c"));
    assert!(page.malformed.is_empty());
}

#[test]
fn reads_the_fields_that_the_sample_lacks() {
    let page = rows(
        r#"{"tenantId":"9007199254740993","obTenantId":1002,"tenantName":"t1","modifyTime":"2021-09-23T06:33:17Z","errorMsg":"disk full"}"#,
    );
    let task = &page.tasks[0];
    assert_eq!(task.tenant_id.as_deref(), Some("9007199254740993"));
    assert_eq!(task.ob_tenant_id.as_deref(), Some("1002"));
    assert_eq!(task.tenant_name.as_deref(), Some("t1"));
    assert_eq!(task.modified.as_ref().and_then(Stamp::epoch_ms), Some(ms("2021-09-23T06:33:17Z")));
    assert_eq!(task.error_msg.as_deref(), Some("disk full"));
}

#[test]
fn reads_the_page_in_all_spellings() {
    for page in [
        r#"{"totalPage":3,"totalElements":"21"}"#,
        r#"{"totalPages":"3","totalElements":21}"#,
        r#"{"total_pages":3,"total_elements":21}"#,
    ] {
        let page = answer(200, &format!(r#"{{"data":{{"contents":[],"page":{page}}},"successful":true}}"#)).unwrap();
        assert_eq!((page.total, page.total_pages), (Some(21), Some(3)));
    }
}

#[test]
fn takes_a_delay_in_every_form() {
    let number = |seconds| Some(Seconds::Number(seconds));
    let cases = [
        ("77.6421", number(77.6421)),
        ("98", number(98.0)),
        (r#""77.6421""#, number(77.6421)),
        (r#""77,6421""#, number(77.6421)),
        ("77,6421", number(77.6421)),
        ("-0.4", number(-0.4)),
        ("-28800", number(-28800.0)),
        ("1.79e9", number(1.79e9)),
        ("1e308", number(1e308)),
        ("null", None),
        (r#""""#, None),
        ("NaN", None),
        ("-Infinity", None),
        (r#""soon""#, Some(Seconds::Raw("soon".into()))),
        ("{}", Some(Seconds::Raw("[object]".into()))),
    ];
    for (json, expected) in cases {
        assert_eq!(rows(&format!(r#"{{"delay":{json},"status":"RUNNING"}}"#)).tasks[0].delay, expected, "{json}");
    }
}

#[test]
fn a_repair_takes_no_comma_of_a_list_for_a_decimal_one() {
    let page = rows(r#"{"status":"RUNNING","delay":77,6421,"ids":[1,2,3],"more":{"x":1,5,"y":[4,5,6]},"at":8,5}"#);
    assert_eq!(page.tasks[0].delay, Some(Seconds::Number(77.6421)));
}

#[test]
fn one_malformed_row_never_costs_the_others() {
    let page = rows(r#"{"status":"RUNNING"},42,{"status":"STOP"},null,{},{"surprise":1},{"status":"FAILED"}"#);
    assert_eq!(page.tasks.len(), 3);
    let malformed: Vec<_> = page.malformed.iter().map(|row| (row.position, row.found)).collect();
    let unknown = "object without a known field";
    assert_eq!(malformed, [(2, "number"), (4, "null"), (5, unknown), (6, unknown)]);
}

#[test]
fn of_more_rows_than_the_largest_page_has_the_rest_is_counted() {
    let page = rows(&vec![r#"{"status":"RUNNING"}"#; 2003].join(","));
    assert_eq!((page.tasks.len(), page.surplus, page.unread()), (2000, 3, 3));
}

#[test]
fn odd_types_and_unknown_fields_are_kept_or_passed_over() {
    let page = rows(
        r#"{"status":7,"tenantName":["a"],"checkpoint":1632378797357,"createTime":"yesterday","new":{"x":[1]},"status2":1}"#,
    );
    let task = &page.tasks[0];
    assert_eq!((task.status.kind, &*task.status.raw), (StatusKind::Unknown, "7"));
    assert_eq!(task.tenant_name.as_deref(), Some("[array]"));
    assert_eq!(task.checkpoint.as_ref().and_then(Stamp::epoch_ms), Some(1_632_378_797_357));
    assert_eq!(task.created, Some(Stamp::Raw("yesterday".into())));
}

#[test]
fn a_doubled_field_costs_nothing_but_itself() {
    let body = r#"{"data":{"contents":[{"status":"RUNNING","tenantName":"a","tenantName":["b"]},{"status":"STOP"}],
        "page":{"totalPage":3,"totalPages":3,"totalPages":4}},"successful":true,"successful":false}"#;
    let page = answer(200, body).unwrap();
    assert_eq!((page.tasks.len(), page.total_pages), (2, Some(3)));
    assert_eq!(page.tasks[0].tenant_name.as_deref(), Some("a"));
}

#[test]
fn a_number_is_a_time_by_its_digits_and_a_small_one_is_none() {
    for (given, seconds) in
        [("1632378797", true), ("1632378797357000", false), ("1632378797357000000", false), ("1632378797.357", false)]
    {
        for json in [given.to_owned(), format!("{given:?}")] {
            let page = rows(&format!(r#"{{"status":"DOING","checkpoint":{json}}}"#));
            let expected = if seconds { 1_632_378_797_000 } else { 1_632_378_797_357 };
            assert_eq!(page.tasks[0].checkpoint.as_ref().and_then(Stamp::epoch_ms), Some(expected), "{json}");
        }
    }
    for given in ["0", "-1", "42", "60000", "20210923"] {
        let page = rows(&format!(r#"{{"status":"DOING","checkpoint":{given}}}"#));
        assert_eq!(page.tasks[0].checkpoint, Some(Stamp::Raw(given.into())));
    }
}

#[test]
fn a_message_of_megabytes_is_cut_before_a_word_and_says_by_how_much() {
    let message = |text: &str| rows(&format!(r#"{{"errorMsg":"{text}"}}"#)).tasks[0].error_msg.clone().unwrap();
    let prose = message(&"disk is full; ".repeat(75_000));
    assert!(prose.starts_with("disk is full; disk") && prose.len() < 262_200, "{}", prose.len());
    let (kept, left_out) = prose.rsplit_once(" …(+").unwrap();
    assert_eq!(kept.len() + left_out.trim_end_matches(')').parse::<usize>().unwrap(), 14 * 75_000);
    // A credential across the cut: its first half alone would not be known for one.
    for padding in (262_100..262_160).step_by(4) {
        let text = message(&format!("{} root:SECRETSECRETSECRETSECRET@host/x {}", "x".repeat(padding), "y ".repeat(9)));
        assert!(!text.contains("SECRET"), "{padding}");
    }
    assert!(message(&"状".repeat(200_000)).ends_with(')'));
}

#[test]
fn half_a_surrogate_pair_costs_one_character() {
    let cases = [
        (r"x\ud800y", "x\u{fffd}y"),
        (r"x\uDC00y", "x\u{fffd}y"),
        (r"\ud83d\ude00 \ud83d", "\u{1f600} \u{fffd}"),
        (r"\ud83d\ud83d\ude00", "\u{fffd}\u{1f600}"),
        (r#"\\ud800 \" \ud800"#, "\\ud800 \" \u{fffd}"),
    ];
    for (json, expected) in cases {
        assert_eq!(
            rows(&format!(r#"{{"tenantName":"{json}"}}"#)).tasks[0].tenant_name.as_deref(),
            Some(expected),
            "{json}"
        );
    }
}

#[test]
fn a_time_without_an_offset_takes_the_answers_own() {
    let page = rows(r#"{"checkpoint":"2021-09-23 14:33:17"}"#);
    assert_eq!(page.tasks[0].checkpoint.as_ref().and_then(Stamp::epoch_ms), Some(ms("2021-09-23T06:33:17Z")));
}

#[test]
fn an_empty_list_is_not_a_missing_list() {
    let empty = |data: &str| answer(200, &format!(r#"{{"data":{data},"successful":true,"status":200}}"#));
    for data in [
        r#"{"contents":[],"page":{"totalElements":0}}"#,
        r#"{"contents":null,"page":{"totalElements":0}}"#,
        r#"{"page":{"totalElements":0}}"#,
    ] {
        assert!(empty(data).unwrap().tasks.is_empty(), "{data}");
    }
    for data in [
        "null",
        "{}",
        r#"{"contents":null}"#,
        r#"{"contents":null,"page":{"totalElements":3}}"#,
        r#"{"contents":{}}"#,
        "[]",
    ] {
        assert_eq!(empty(data).unwrap_err().kind, ErrorKind::NotOcp(Oddity::NoList), "{data}");
    }
}

#[test]
fn failures_are_told_apart() {
    let ocp = |status: u16| {
        format!(
            r#"{{"error":{{"code":60001,"message":"No such thing"}},"successful":false,"status":{status},"traceId":"t-1","server":"s-1"}}"#
        )
    };
    let html = "<html><h1>nginx</h1></html>";
    let cases = [
        (401, ocp(401), ErrorKind::NotSignedIn),
        (403, ocp(403), ErrorKind::Forbidden),
        (404, ocp(404), ErrorKind::NoSuchCluster),
        (404, html.into(), ErrorKind::WrongPath),
        (400, ocp(400), ErrorKind::BadRequest),
        (429, ocp(429), ErrorKind::Throttled),
        (500, ocp(500), ErrorKind::Server),
        (500, html.into(), ErrorKind::Server),
        (502, html.into(), ErrorKind::Gateway),
        (503, String::new(), ErrorKind::Gateway),
        (504, html.into(), ErrorKind::Gateway),
        (503, ocp(503), ErrorKind::Server),
        (505, html.into(), ErrorKind::Server),
        (200, ocp(200), ErrorKind::Refused),
        (200, r#"{"data":{"contents":[]},"successful":false}"#.into(), ErrorKind::Refused),
        (200, r#"{"data":{"contents":[]},"error":{"code":1}}"#.into(), ErrorKind::Refused),
        (200, ocp(500), ErrorKind::Server),
        (200, ocp(401), ErrorKind::NotSignedIn),
        (200, html.into(), ErrorKind::NotOcp(Oddity::Html)),
        (200, r#"<form><input type="password"></form>"#.into(), ErrorKind::NotSignedIn),
        (200, String::new(), ErrorKind::NotOcp(Oddity::Empty)),
        (204, String::new(), ErrorKind::NotOcp(Oddity::Empty)),
        (200, SAMPLE[..SAMPLE.len() / 2].into(), ErrorKind::NotOcp(Oddity::NotJson)),
        (200, "[1,2]".into(), ErrorKind::NotOcp(Oddity::NoEnvelope)),
        (200, r#"{"hello":1}"#.into(), ErrorKind::NotOcp(Oddity::NoEnvelope)),
        (200, "OK".into(), ErrorKind::NotOcp(Oddity::NotJson)),
        (418, ocp(418), ErrorKind::Refused),
        (418, "teapot".into(), ErrorKind::Blocked(Oddity::NotJson)),
        (405, html.into(), ErrorKind::Blocked(Oddity::Html)),
        (403, html.into(), ErrorKind::Blocked(Oddity::Html)),
        (400, html.into(), ErrorKind::Blocked(Oddity::Html)),
        (413, String::new(), ErrorKind::Blocked(Oddity::Empty)),
        (407, r#"{"message":"proxy"}"#.into(), ErrorKind::Blocked(Oddity::NoEnvelope)),
        (403, String::new(), ErrorKind::Forbidden),
        (404, r#"{"status":404,"error":"Not Found","path":"/api"}"#.into(), ErrorKind::WrongPath),
        (503, r#"{"status":503,"error":"Service Unavailable"}"#.into(), ErrorKind::Gateway),
        (522, html.into(), ErrorKind::Gateway),
    ];
    for (status, body, kind) in cases {
        let error = answer(status, &body).unwrap_err();
        assert_eq!(error.kind, kind, "{status} {body}");
        assert_eq!(error.http_status, Some(status));
        if body.starts_with('{') && body.contains("traceId\":\"t-1") {
            assert_eq!(error.ocp.code.as_deref(), Some("60001"));
            assert_eq!(error.ocp.message.as_deref(), Some("No such thing"));
            assert_eq!(error.ocp.trace_id.as_deref(), Some("t-1"));
            assert_eq!(error.ocp.server.as_deref(), Some("s-1"));
        }
    }
}

#[test]
fn what_a_gateway_says_in_a_json_of_its_own_is_told_as_its_status() {
    use ErrorKind::*;
    let blocked = || Blocked(Oddity::NoEnvelope);
    let cases = [
        (200, r#"{"code":401,"msg":"请先登录"}"#, NotSignedIn, "401", "请先登录"),
        (200, r#"{"success":false,"errorCode":"401","errorMessage":"no"}"#, NotSignedIn, "401", "no"),
        (200, r#"{"code":"403","message":"no"}"#, Forbidden, "403", "no"),
        (200, r#"{"code":401,"message":"no","data":null}"#, NotSignedIn, "401", "no"),
        (200, r#"{"code":401,"message":"no","data":{}}"#, NotSignedIn, "401", "no"),
        (
            200,
            r#"{"code":401,"message":"no","data":{"contents":[],"page":{"totalElements":0}}}"#,
            NotSignedIn,
            "401",
            "no",
        ),
        (200, r#"{"traceId":"x","code":401,"message":"no"}"#, NotSignedIn, "401", "no"),
        (200, r#"{"status":401,"error":"Unauthorized","message":"no"}"#, NotSignedIn, "", "no"),
        (200, r#"{"status":401,"error":"Unauthorized","path":"/"}"#, NotSignedIn, "", "Unauthorized"),
        (200, r#"{"code":"401 UNAUTHORIZED","detail":"no"}"#, NotSignedIn, "401 UNAUTHORIZED", "no"),
        (200, r#"{"errcode":"UNAUTHENTICATED","errmsg":"no"}"#, NotSignedIn, "UNAUTHENTICATED", "no"),
        (200, r#"{"header":{"code":401},"msg":"no"}"#, NotSignedIn, "", "no"),
        (200, r#"{"status":"fail","code":429,"reason":"no"}"#, Throttled, "429", "no"),
        (200, r#"{"statusCode":503,"message":"no"}"#, Gateway, "503", "no"),
        (200, r#"{"code":500,"message":"no"}"#, Server, "500", "no"),
        (200, r#"{"code":404,"message":"no route"}"#, WrongPath, "404", "no route"),
        (200, r#"{"code":405,"message":"no"}"#, blocked(), "405", "no"),
        (200, r#"{"code":10021,"message":"no"}"#, NotOcp(Oddity::NoEnvelope), "10021", "no"),
        (200, r#"{"code":0,"message":"ok"}"#, NotOcp(Oddity::NoEnvelope), "0", "ok"),
        (401, r#"{"code":40101,"msg":"no"}"#, NotSignedIn, "40101", "no"),
        (500, r#"{"code":401,"msg":"no"}"#, NotSignedIn, "401", "no"),
        (403, r#"{"message":"no"}"#, Forbidden, "", "no"),
        (502, r#"{"message":"no healthy upstream"}"#, Gateway, "", "no healthy upstream"),
        (200, r#"{"code":401,"msg":"bad token=SECRET"}"#, NotSignedIn, "401", "bad token=***"),
    ];
    for (status, body, kind, code, message) in cases {
        let error = answer(status, body).unwrap_err();
        assert_eq!(error.kind, kind, "{status} {body}");
        assert_eq!(error.ocp.is_foreign, !body.contains("contents"), "{body}");
        assert_eq!(
            (error.ocp.code.as_deref().unwrap_or_default(), error.ocp.message.as_deref()),
            (code, Some(message))
        );
    }
    let own = answer(200, r#"{"error":{"code":401,"message":"no"},"successful":false}"#).unwrap_err();
    assert_eq!((own.kind, own.ocp.is_foreign), (NotSignedIn, false));
    let wrapped = answer(200, r#"{"code":200,"success":true,"data":{"contents":[],"page":{"totalElements":0}}}"#);
    assert!(wrapped.unwrap().tasks.is_empty(), "an envelope of another kind around a good list");
    let failed = answer(200, r#"{"success":"false","data":{"contents":[],"page":{"totalElements":0}}}"#);
    assert_eq!(failed.unwrap_err().kind, Refused, "an outage is no empty list");
}

#[test]
fn a_field_nested_too_deep_costs_only_itself() {
    for depth in [1, 30, 31, 32, 33, 126, 127, 128, 200, 100_000] {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"[{"a]":["\"]",1],"b":"#, "}]")] {
            let deep = [&open.repeat(depth), "7", &close.repeat(depth)].concat();
            let page = rows(&format!(r#"{{"tenantName":"t","deep":{deep},"status":"RUNNING"}}"#));
            assert_eq!(page.tasks[0].tenant_name.as_deref(), Some("t"));
            assert_eq!(page.tasks[0].status.kind, StatusKind::InProgress, "what comes after it is read");
            let [deviation] = page.deviations.list() else { panic!("{:?}", page.deviations) };
            assert_eq!((deviation.kind, &*deviation.place), (DeviationKind::UnknownField, "contents[].deep"));
        }
    }
    let deep = "[".repeat(300) + &"]".repeat(300);
    let body = format!(r#"{{"deep":{deep},"data":{{"contents":[{{"delay":NaN,"status":"RUNNING"}}]}}}}"#);
    assert_eq!(answer(200, &body).unwrap().tasks.len(), 1, "both mended");
    let open = format!(r#"{{"successful":true,"data":{}"#, "[".repeat(100_000));
    assert_eq!(answer(200, &open).unwrap_err().kind, ErrorKind::NotOcp(Oddity::NotJson));
}

#[test]
fn the_charset_of_the_header_counts() {
    let gbk = b"\xd6\xd0";
    let utf8 = "中".as_bytes();
    let cases: [(&str, &[u8], Option<&str>); 14] = [
        ("", utf8, None),
        ("application/json", gbk, None),
        ("application/json;charset=UTF-8", utf8, None),
        ("application/json; charset=utf8", utf8, None),
        ("application/json; charset=GBK", gbk, Some("gbk")),
        ("application/json;charset=\"gb18030\"", gbk, Some("gb18030")),
        ("text/html; boundary=x; Charset = 'GB2312' ", gbk, Some("gb2312")),
        ("application/json;charset=big5", gbk, Some("big5")),
        ("application/json;charset=UTF-16LE", gbk, Some("utf-16le")),
        // Two bytes of GBK may be valid UTF-8.
        ("application/json;charset=GBK", b"\xc4\xa3", Some("gbk")),
        ("application/json;charset=ISO-8859-1", b"\xe9", Some("iso-8859-1")),
        ("application/json;charset=ISO-8859-1", utf8, None),
        ("application/json;charset=windows-1252", utf8, None),
        ("application/json;charset=", utf8, Some("")),
    ];
    for (content_type, body, label) in cases {
        let is_utf8 = std::str::from_utf8(body).is_ok();
        assert_eq!(other_charset(content_type, is_utf8).as_deref(), label, "{content_type}");
    }
}

#[test]
fn a_redirect_means_sign_in_and_throttling_tells_how_long() {
    let redirect = decode(&HttpResponse { redirected: true, ..HttpResponse::default() }).unwrap_err();
    assert_eq!((redirect.kind, redirect.http_status), (ErrorKind::NotSignedIn, None));
    let throttled = decode(&HttpResponse { status: 429, retry_after: Some(7), ..HttpResponse::default() }).unwrap_err();
    assert_eq!((throttled.kind, throttled.retry_after), (ErrorKind::Throttled, Some(7)));
}

#[test]
fn credentials_end_at_decode() {
    let page = rows(
        r#"{"backupUri":"oss://b/p?host=h&access_id=AKID&access_key=SECRET1","errorMsg":"put oss://b/p?access_key=SECRET2 failed","tenantName":"x?access_key=SECRET3"}"#,
    );
    let all = format!("{page:?}");
    assert!(!all.contains("SECRET") && !all.contains("AKID"), "{all}");
    assert_eq!(page.tasks[0].backup_uri.as_deref(), Some("oss://b/p?host=h&access_id=***&access_key=***"));
    assert_eq!(page.tasks[0].error_msg.as_deref(), Some("put oss://b/p?access_key=*** failed"));
    let error =
        answer(500, r#"{"error":{"code":1,"message":"bad uri s3://u:SECRET@h/p"},"successful":false}"#).unwrap_err();
    assert_eq!(error.ocp.message.as_deref(), Some("bad uri s3://***@h/p"));
}

#[test]
fn rows_that_an_answer_shares_with_the_last_are_read_once_and_read_the_same() {
    let body = |rows: &[String], timestamp: &str| {
        let rows = rows.join(",");
        let page = r#"{"totalElements":1}"#;
        format!(r#"{{"data":{{"contents":[{rows}],"page":{page}}},"successful":true,"timestamp":"{timestamp}"}}"#)
    };
    let row = |index: usize| {
        format!(
            r#"{{"tenantName":"t{index}","status":"RUNNING","checkpoint":"2021-09-23 14:33:17","delay":{index}.5,"new":1}}"#
        )
    };
    let rows: Vec<_> = (0..100).map(row).collect();
    let changed = |change: &dyn Fn(&mut Vec<String>)| {
        let mut rows = rows.clone();
        change(&mut rows);
        rows
    };
    let [east, utc] = ["2021-09-23T14:34:35+08:00", "2021-09-23T14:34:35Z"];
    let cases = [
        (rows.clone(), east, 100),
        // A time without an offset is read in that of the response.
        (rows.clone(), utc, 0),
        (changed(&|rows| rows[7] = rows[7].replace("7.5", "7.6")), east, 99),
        (changed(&|rows| rows[7] = rows[7].replace("7.5", "\"7.5\"")), east, 99),
        (changed(&|rows| rows[7] = rows[7].replace("RUNNING", "FAILED")), east, 99),
        (changed(&|rows| rows[7] = rows[7].replace("\"new\":1", "\"new\":2")), east, 99),
        (changed(&|rows| rows[7] = rows[7].replace("\"new\":1", "\"newer\":1")), east, 99),
        (changed(&|rows| rows[7] = "7".into()), east, 99),
        (changed(&|rows| rows[7] = rows[7].replace("7.5", "NaN")), east, 99),
        (changed(&|rows| rows.insert(0, row(100))), east, 100),
        (changed(&|rows| drop(rows.drain(3..9))), east, 94),
        (changed(&|rows| rows.swap(3, 9)), east, 100),
        (changed(&|rows| rows[4] = rows[3].clone()), east, 100),
        (changed(&|rows| rows.reverse()), east, 32),
        (Vec::new(), east, 0),
    ];
    let last = answer(200, &body(&rows, east)).unwrap();
    for (index, (rows, timestamp, shared)) in cases.iter().enumerate() {
        let reply = HttpResponse { status: 200, body: body(rows, timestamp), ..HttpResponse::default() };
        let page = decode_after(&reply, Some(&last)).unwrap();
        assert_eq!(page, decode(&reply).unwrap(), "case {index}");
        let is_shared = |task: &&Arc<_>| last.tasks.iter().any(|known| Arc::ptr_eq(known, task));
        assert_eq!(page.tasks.iter().filter(is_shared).count(), *shared, "case {index}");
    }
}
