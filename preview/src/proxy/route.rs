//! What is forwarded, and to which URL. The URL is built from what was understood of the request, not copied: so OCP
//! and whatever stands before it read the same path as this server did.

use std::borrow::Cow;

use axum::http::{Method, StatusCode};
use url::{Url, form_urlencoded};

use crate::path;
use crate::refusal::Refusal;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The list of a cluster's tasks.
    Tasks,
    /// The list of clusters.
    Clusters,
    /// OCP's sign-in page and what that page calls.
    SignIn,
    /// A script, picture or the like of that page. Anybody may have it, so no credentials go along.
    Asset,
}

impl Purpose {
    /// Whether it is one of the lists: the only requests with the server's own credentials.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Tasks | Self::Clusters)
    }
}

/// A request that is forwarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What it is for.
    pub purpose: Purpose,
    /// Where at OCP.
    pub url: Url,
}

type Parameter<'a> = (Cow<'a, str>, Cow<'a, str>);
type Shape = fn(&str) -> bool;

/// The parameters of the list of tasks.
const OF_TASKS: [&str; 4] = ["startTime", "endTime", "page", "size"];
/// The parameters of the list of clusters, each with its shape.
const OF_CLUSTERS: [(&str, Shape); 5] =
    [("page", is_number), ("size", is_number), ("sort", is_order), ("name", is_name), ("status", is_list_of_words)];
/// What OCP's sign-in page calls under `/api/v1/`.
const SIGN_IN_CALLS: [&str; 3] = ["login", "loginKey", "logout"];
/// How the names of a web page's files end. Other paths outside `/api/` are pages and services of OCP.
const ASSETS: [&str; 20] = [
    "avif", "css", "eot", "gif", "ico", "jpeg", "jpg", "js", "json", "map", "mjs", "otf", "png", "svg", "ttf", "txt",
    "wasm", "webp", "woff", "woff2",
];

/// Where a request goes. `base` is OCP's address.
///
/// # Errors
/// 400 for a path or a parameter in an odd form, 404 for one that is not listed, 405 for another method.
pub fn target(base: &Url, method: &Method, path: &str, query: Option<&str>) -> Result<Target, Refusal> {
    let segments = path::segments(path)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (purpose, allowed) = purpose(&segments)?;
    if !allowed.split(", ").any(|allowed| allowed == method.as_str()) {
        return Err(Refusal::method(allowed));
    }
    let mut url = base.clone();
    let mut path = url.path_segments_mut().map_err(|()| not_found())?;
    path.pop_if_empty().extend(&segments);
    drop(path);
    let query = query.unwrap_or_default();
    let sent = || form_urlencoded::parse(query.as_bytes());
    let parameters: Vec<_> = match purpose {
        Purpose::Tasks => OF_TASKS.iter().filter_map(|known| sent().find(|(name, _)| name == known)).collect(),
        Purpose::Clusters => of_clusters(query)?,
        // Some servers take this one as the method.
        Purpose::SignIn | Purpose::Asset => sent().filter(|(name, _)| name != "_method").collect(),
    };
    if !parameters.is_empty() {
        url.query_pairs_mut().extend_pairs(parameters);
    }
    Ok(Target { purpose, url })
}

/// What the list of clusters is asked with. What is empty is left out.
fn of_clusters(query: &str) -> Result<Vec<Parameter<'_>>, Refusal> {
    let mut parameters = Vec::new();
    for (known, is_shaped) in OF_CLUSTERS {
        let sent = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == known);
        // A list may come in pieces. Of the others the first counts.
        let pieces = if known == "status" { usize::MAX } else { 1 };
        let value = sent.take(pieces).map(|(_, value)| value).collect::<Vec<_>>().join(",");
        if value.is_empty() {
            continue;
        }
        if !is_shaped(&value) {
            let words =
                format!("The parameter {known} of the list of clusters has a form that this server does not take.");
            return Err(Refusal::new(StatusCode::BAD_REQUEST, words));
        }
        parameters.push((known.into(), value.into()));
    }
    Ok(parameters)
}

fn is_number(text: &str) -> bool {
    text.len() <= 9 && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// A field, and the direction if there is a comma.
fn is_order(text: &str) -> bool {
    let (field, direction) = text.split_once(',').unwrap_or((text, "asc"));
    let is_field = (1..=32).contains(&field.len()) && field.bytes().all(|letter| letter.is_ascii_alphabetic());
    is_field && matches!(direction, "asc" | "desc")
}

fn is_name(text: &str) -> bool {
    text.chars().count() <= 128 && !text.contains(char::is_control)
}

fn is_list_of_words(text: &str) -> bool {
    text.len() <= 256 && text.bytes().all(|byte| byte.is_ascii_uppercase() || b"_,".contains(&byte))
}

fn not_found() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "There is nothing here, and this path is none that is forwarded to OCP.")
}

/// What a path is for, and the methods that it takes.
fn purpose(segments: &[&str]) -> Result<(Purpose, &'static str), Refusal> {
    match segments {
        ["api", "v2", "ob", "clusters", id, "backup", "task", "logBackupTasks"] => {
            let is_id = id.len() <= 19 && id.bytes().all(|digit| digit.is_ascii_digit()) && !id.is_empty();
            let words = "The id of a cluster is a number.";
            if is_id { Ok((Purpose::Tasks, "GET")) } else { Err(Refusal::new(StatusCode::BAD_REQUEST, words)) }
        }
        ["api", "v2", "ob", "clusters"] => Ok((Purpose::Clusters, "GET")),
        ["api", "v1", call] if SIGN_IN_CALLS.contains(call) => Ok((Purpose::SignIn, "GET, HEAD, POST")),
        ["login", ..] => Ok((Purpose::SignIn, "GET, HEAD, POST")),
        [top, ..] if top.eq_ignore_ascii_case("api") => Err(not_found()),
        [.., name] => {
            let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
            let is_hidden = segments.iter().any(|segment| segment.starts_with('.'));
            if ASSETS.contains(&&*end) && !is_hidden { Ok((Purpose::Asset, "GET, HEAD")) } else { Err(not_found()) }
        }
        [] => Err(not_found()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(request: &str) -> Result<(Purpose, String), u16> {
        ask_at("https://ocp.example", request)
    }

    fn ask_at(base: &str, request: &str) -> Result<(Purpose, String), u16> {
        let (method, uri) = request.split_once(' ').unwrap();
        let (path, query) = uri.split_once('?').map_or((uri, None), |(path, query)| (path, Some(query)));
        let base = Url::parse(base).unwrap();
        let asked = target(&base, &method.parse().unwrap(), path, query);
        asked.map(|target| (target.purpose, target.url.to_string())).map_err(|refusal| refusal.status.as_u16())
    }

    #[test]
    fn the_list_of_tasks_takes_a_number_and_four_parameters() {
        let at =
            |id: &str, query: &str| ask(&format!("GET /api/v2/ob/clusters/{id}/backup/task/logBackupTasks{query}"));
        let url = |rest: &str| format!("https://ocp.example/api/v2/ob/clusters/{rest}");
        let tasks = |rest: &str| Ok((Purpose::Tasks, url(rest)));
        assert_eq!(at("7", ""), tasks("7/backup/task/logBackupTasks"));
        assert_eq!(
            at("7", "?page=1&size=10&startTime=2026-11-25T00:00:00.000Z&endTime=2026-11-26T00:00:00.000Z"),
            tasks(
                "7/backup/task/logBackupTasks?startTime=2026-11-25T00%3A00%3A00.000Z&\
                 endTime=2026-11-26T00%3A00%3A00.000Z&page=1&size=10",
            ),
        );
        // Unknown ones are left out, the first of a name counts, and what a value holds stays in the value.
        assert_eq!(
            at("7", "?page=1%26x%3D2%23&admin=1&_method=DELETE&page=9&size=1%0d%0a"),
            tasks("7/backup/task/logBackupTasks?page=1%26x%3D2%23&size=1%0D%0A"),
        );
        for id in [
            "x",
            "7x",
            "-7",
            "+7",
            "7.0",
            "1e3",
            "%EF%BC%97",
            "7%20",
            "12345678901234567890",
            "..%2f..%2fv1%2fusers%3fz",
        ] {
            assert_eq!(at(id, ""), Err(400), "{id}");
        }
        for method in ["HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GETX"] {
            let request = format!("{method} /api/v2/ob/clusters/7/backup/task/logBackupTasks");
            assert_eq!(ask(&request), Err(405), "{method}");
        }
    }

    #[test]
    fn the_list_of_clusters_takes_five_parameters() {
        let at = |query: &str| ask(&format!("GET /api/v2/ob/clusters{query}"));
        let list = |query: &str| Ok((Purpose::Clusters, format!("https://ocp.example/api/v2/ob/clusters{query}")));
        assert_eq!(at(""), list(""));
        assert_eq!(
            at("?status=RUNNING&status=STOPPED,FAILOVER&name=Pay_%E4%B8%AD%20a&sort=name,asc&size=2000&page=2"),
            list("?page=2&size=2000&sort=name%2Casc&name=Pay_%E4%B8%AD+a&status=RUNNING%2CSTOPPED%2CFAILOVER"),
        );
        // Unknown and empty ones are left out, the first of a name counts, and what a value holds stays in the value.
        assert_eq!(
            at("?admin=1&_method=DELETE&name=a%26x%3D2%23%2f..&name=b&page=&size=5&size=x&withRemote=ALL"),
            list("?size=5&name=a%26x%3D2%23%2F.."),
        );
        let longest = format!("?name={}", "%E4%B8%AD".repeat(128));
        assert_eq!(at(&longest), list(&longest));
        for method in ["HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GETX"] {
            assert_eq!(ask(&format!("{method} /api/v2/ob/clusters")), Err(405), "{method}");
        }
    }

    #[test]
    fn a_parameter_of_the_list_of_clusters_has_its_shape() {
        let long_name = format!("name={}", "a".repeat(129));
        let long_status = format!("status={}", "RUNNING,".repeat(33));
        let many_statuses = "&status=RUNNING".repeat(33);
        for query in [
            "page=-1",
            "page=1.0",
            "page=one",
            "page=%EF%BC%97",
            "page=1%0d%0a",
            "page=1234567890",
            "size=1e3",
            "size=+1",
            "sort=name,up",
            "sort=name,asc,id",
            "sort=,asc",
            "sort=name;drop",
            "sort=a.b",
            "name=a%0d%0aX-A:1",
            "name=%00",
            "name=a%c2%85",
            &long_name,
            "status=running",
            "status=RUNNING%20",
            "status=RUNNING;x",
            "status=RUNNING&status=x",
            &long_status,
            &many_statuses,
        ] {
            assert_eq!(ask(&format!("GET /api/v2/ob/clusters?{query}")), Err(400), "{query}");
        }
    }

    #[test]
    fn sign_in_takes_its_own_paths() {
        for (request, url) in [
            ("GET /login", "https://ocp.example/login"),
            ("HEAD /login/", "https://ocp.example/login/"),
            ("POST /login/sso?code=a%2Fb&_method=PUT", "https://ocp.example/login/sso?code=a%2Fb"),
            ("POST /api/v1/login", "https://ocp.example/api/v1/login"),
            ("GET /api/v1/loginKey?_=1", "https://ocp.example/api/v1/loginKey?_=1"),
            ("POST /api/v1/logout", "https://ocp.example/api/v1/logout"),
        ] {
            assert_eq!(ask(request), Ok((Purpose::SignIn, url.to_owned())), "{request}");
        }
        for request in ["PUT /login", "DELETE /api/v1/login", "PATCH /login/x"] {
            assert_eq!(ask(request), Err(405), "{request}");
        }
    }

    #[test]
    fn the_files_of_the_sign_in_page_are_read() {
        for (request, url) in [
            ("GET /umi.4f2c.js?v=1", "https://ocp.example/umi.4f2c.js?v=1"),
            ("HEAD /static/a%20b/%E5%9B%BE.png", "https://ocp.example/static/a%20b/%E5%9B%BE.png"),
            ("GET /FAVICON.ICO", "https://ocp.example/FAVICON.ICO"),
        ] {
            assert_eq!(ask(request), Ok((Purpose::Asset, url.to_owned())), "{request}");
        }
        for request in ["POST /umi.js", "PUT /a.css", "OPTIONS /a.css"] {
            assert_eq!(ask(request), Err(405), "{request}");
        }
    }

    #[test]
    fn nothing_else_is_forwarded() {
        for request in [
            "GET /",
            "GET /api",
            "GET /api/",
            "GET /api/v1/users",
            "GET /api/v1/users.json",
            "GET /api/v1/Login",
            "POST /api/v1/login/",
            "GET /api/v2/ob/clusters/",
            "GET /api/v2/ob/clusters/7",
            "GET /api/v2/ob/Clusters",
            "GET /api/v1/ob/clusters",
            "GET /api/v2/ob/clusters/7/backup/task/logBackupTasks/",
            "GET /api/v2/ob/clusters/7/backup/task/logbackuptasks",
            "GET /API/v1/login",
            "GET /Api/v1/a.js",
            "GET /Login",
            "GET /overview",
            "GET /actuator/env",
            "GET /.git/config.json",
            "GET /x/.env.json",
            "GET /js",
        ] {
            assert_eq!(ask(request), Err(404), "{request}");
        }
        for request in
            ["GET //api/v1/login", "GET /%61pi/v1/login", "GET /x/../api/v1/login", "GET /;/api/a.js", "GET *"]
        {
            assert_eq!(ask(request), Err(400), "{request}");
        }
    }

    #[test]
    fn ocp_may_lie_under_a_path() {
        for base in ["https://gateway.example/ocp", "https://gateway.example/ocp/"] {
            let asked = ask_at(base, "GET /login");
            assert_eq!(asked, Ok((Purpose::SignIn, "https://gateway.example/ocp/login".to_owned())));
        }
    }
}
