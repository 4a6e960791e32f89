//! What is forwarded, and to which URL. The URL is built from what was understood of the request, not copied: so OCP
//! and whatever stands before it read the same path as this server did.

use axum::http::{Method, StatusCode};
use url::{Url, form_urlencoded};

use crate::path;
use crate::refusal::Refusal;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The list of tasks: the only request with the server's own credentials.
    Tasks,
    /// OCP's sign-in page and what that page calls.
    SignIn,
    /// A script, picture or the like of that page. Anybody may have it, so no credentials go along.
    Asset,
}

/// A request that is forwarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What it is for.
    pub purpose: Purpose,
    /// Where at OCP.
    pub url: Url,
}

/// The parameters that the panel sends.
const PARAMETERS: [&str; 4] = ["startTime", "endTime", "page", "size"];
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
/// 400 for a path in an odd form, 404 for one that is not listed, 405 for another method.
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
    let sent = || form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let mut parameters = Vec::new();
    if purpose == Purpose::Tasks {
        parameters.extend(PARAMETERS.iter().filter_map(|known| sent().find(|(name, _)| name == known)));
    } else {
        // Some servers take this one as the method.
        parameters.extend(sent().filter(|(name, _)| name != "_method"));
    }
    if !parameters.is_empty() {
        url.query_pairs_mut().extend_pairs(parameters);
    }
    Ok(Target { purpose, url })
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
            "GET /api/v2/ob/clusters",
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
