//! Cookies on their way through: OCP sets them for its own origin, which has TLS, and the browser keeps them for this
//! one, which has none. Values are bytes, because some servers send more than ASCII.

/// Stands before a name that begins with `__`. Browsers take `__Host-` and `__Secure-` only from an origin with TLS.
const RENAMED: &[u8] = b"ocp-proxy";

/// A `Set-Cookie` of OCP as the browser keeps it for this origin. `prefix` is the path of OCP's own address, without a
/// slash at its end.
pub fn for_browser(set_cookie: &[u8], prefix: &str) -> Vec<u8> {
    let mut parts = set_cookie.split(|&byte| byte == b';');
    let pair = parts.next().unwrap_or_default().trim_ascii();
    let mut kept = if pair.starts_with(b"__") { [RENAMED, pair].concat() } else { pair.to_vec() };
    for attribute in parts {
        let (name, value) = split(attribute);
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        // These three ask for TLS, and the fourth for OCP's host.
        let asks_for_tls = is("secure") || is("partitioned") || (is("samesite") && value.eq_ignore_ascii_case(b"none"));
        if asks_for_tls || is("domain") {
            continue;
        }
        kept.extend_from_slice(b"; ");
        match value.strip_prefix(prefix.as_bytes()).filter(|_| is("path") && !prefix.is_empty()) {
            Some(below) if below.is_empty() || below.starts_with(b"/") => {
                kept.extend_from_slice(b"Path=/");
                kept.extend_from_slice(below.trim_ascii_start().strip_prefix(b"/").unwrap_or_default());
            }
            _ => kept.extend_from_slice(attribute.trim_ascii()),
        }
    }
    kept
}

/// The `Cookie` of a browser as OCP knows its cookies.
pub fn for_ocp(cookie: &[u8]) -> Vec<u8> {
    let name = |pair: &[u8]| {
        let pair = pair.trim_ascii();
        pair.strip_prefix(RENAMED).filter(|own| own.starts_with(b"__")).unwrap_or(pair).to_vec()
    };
    cookie.split(|&byte| byte == b';').map(name).collect::<Vec<_>>().join(&b"; "[..])
}

/// Name and value of an attribute, without the spaces around them.
fn split(attribute: &[u8]) -> (&[u8], &[u8]) {
    let end = attribute.iter().position(|&byte| byte == b'=');
    let (name, value) = end.and_then(|end| attribute.split_at_checked(end)).unwrap_or((attribute, b""));
    (name.trim_ascii(), value.strip_prefix(b"=").unwrap_or(value).trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_without_tls_keeps_what_ocp_sets() {
        for (sent, kept) in [
            ("JSESSIONID=a; Path=/; HttpOnly", "JSESSIONID=a; Path=/; HttpOnly"),
            ("s=a=b; Path=/; Secure; SameSite=None", "s=a=b; Path=/"),
            ("s=1;secure;HttpOnly;SameSite = none;PARTITIONED;Max-Age=5", "s=1; HttpOnly; Max-Age=5"),
            ("s=1; Domain = ocp.example; domain=.ocp.example;DOMAIN", "s=1"),
            (
                "s=1; SameSite=Strict; Expires=Thu, 26 Nov 2026 00:00:00 GMT",
                "s=1; SameSite=Strict; Expires=Thu, 26 Nov 2026 00:00:00 GMT",
            ),
            ("__Host-s=1; Path=/; Secure", "ocp-proxy__Host-s=1; Path=/"),
            ("__Secure-s=1; Secure", "ocp-proxy__Secure-s=1"),
            ("__host-s=1; Secure; Partitioned", "ocp-proxy__host-s=1"),
            ("__Host-Http-s=1; Secure; HttpOnly; Path=/", "ocp-proxy__Host-Http-s=1; HttpOnly; Path=/"),
            ("domain=1; secured=1", "domain=1; secured=1"),
            ("名=值; Secure", "名=值"),
        ] {
            assert_eq!(String::from_utf8(for_browser(sent.as_bytes(), "")).unwrap(), kept, "{sent}");
        }
    }

    #[test]
    fn the_path_of_ocps_own_address_is_left_out() {
        for (path, kept) in [("/ocp", "/"), ("/ocp/", "/"), ("/ocp/api", "/api"), ("/ocpx", "/ocpx"), ("/", "/")] {
            let (sent, kept) = (format!("s=1; Path={path}"), format!("s=1; Path={kept}"));
            assert_eq!(String::from_utf8(for_browser(sent.as_bytes(), "/ocp")).unwrap(), kept);
        }
    }

    #[test]
    fn ocp_gets_its_cookies_under_the_names_that_it_gave() {
        for (sent, known) in [
            ("JSESSIONID=a", "JSESSIONID=a"),
            ("a=1;  ocp-proxy__Host-s=1; ocp-proxy__secure-t=x=y", "a=1; __Host-s=1; __secure-t=x=y"),
            ("ocp-proxy=1; ocp-proxy_x=2", "ocp-proxy=1; ocp-proxy_x=2"),
        ] {
            assert_eq!(String::from_utf8(for_ocp(sent.as_bytes())).unwrap(), known, "{sent}");
        }
    }
}
