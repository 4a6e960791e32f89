//! Where OCP redirects to, seen from this origin.

use url::Url;

/// The `Location` for the browser: a path of this server for one of OCP's, and any other address as it is.
/// `asked` is the URL that was answered with `location`, `base` is OCP's address.
///
/// `None` for what browsers read in several ways, and for what is no web address.
pub fn for_browser(location: &[u8], asked: &Url, base: &Url) -> Option<String> {
    let text = std::str::from_utf8(location).ok()?;
    if text.contains('\\') || text.contains(char::is_control) {
        return None;
    }
    let target = asked.join(text).ok()?;
    let is_plain = target.username().is_empty() && target.password().is_none();
    if !matches!(target.scheme(), "http" | "https") || !is_plain {
        return None;
    }
    let below = target.path().strip_prefix(base.path().trim_end_matches('/'));
    let Some(path) =
        below.filter(|path| target.origin() == base.origin() && (path.is_empty() || path.starts_with('/')))
    else {
        return Some(target.into());
    };
    // A browser would take the first segment for a host.
    if path.starts_with("//") {
        return None;
    }
    let part = |mark: &str, part: Option<&str>| part.map(|part| [mark, part].concat()).unwrap_or_default();
    let path = if path.is_empty() { "/" } else { path };
    Some([path, &part("?", target.query()), &part("#", target.fragment())].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(location: &str) -> Option<String> {
        let base = Url::parse("https://ocp.example").unwrap();
        for_browser(location.as_bytes(), &base.join("/login/x?y").unwrap(), &base)
    }

    #[test]
    fn redirects_of_ocp_lead_back_here() {
        for (location, path) in [
            ("https://ocp.example/login?next=%2F#top", "/login?next=%2F#top"),
            ("HTTPS://OCP.EXAMPLE:443/login", "/login"),
            ("https://ocp.example", "/"),
            ("/login", "/login"),
            ("//ocp.example/login", "/login"),
            ("z?a=1", "/login/z?a=1"),
            ("../z", "/z"),
            ("?b", "/login/x?b"),
            ("/%2F%2fevil.example", "/%2F%2fevil.example"),
            ("/登录", "/%E7%99%BB%E5%BD%95"),
        ] {
            assert_eq!(seen(location).as_deref(), Some(path), "{location}");
        }
    }

    #[test]
    fn redirects_elsewhere_stay_what_they_are() {
        for (location, address) in [
            ("https://sso.example/login?x=1", "https://sso.example/login?x=1"),
            ("//sso.example/login", "https://sso.example/login"),
            ("https://ocp.example.evil.example/x", "https://ocp.example.evil.example/x"),
            ("http://ocp.example/x", "http://ocp.example/x"),
            ("https://ocp.example:8443/x", "https://ocp.example:8443/x"),
        ] {
            assert_eq!(seen(location).as_deref(), Some(address), "{location}");
        }
    }

    #[test]
    fn what_could_be_read_as_another_address_is_refused() {
        for location in [
            "https://ocp.example//evil.example/x",
            "https://ocp.example/.//evil.example/x",
            "/..//evil.example",
            "https://ocp.example@evil.example/",
            "https://user:pw@ocp.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "https:\\\\evil.example",
            "/\t/evil.example",
            "/a\u{1}",
            "/a\u{85}",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://",
        ] {
            assert_eq!(seen(location), None, "{location}");
        }
        let base = Url::parse("https://ocp.example").unwrap();
        assert_eq!(for_browser(b"/\xff", &base, &base), None);
    }

    #[test]
    fn ocp_may_lie_under_a_path() {
        let base = Url::parse("https://gateway.example/ocp").unwrap();
        let asked = base.join("/ocp/login").unwrap();
        for (location, path) in [
            ("/ocp/login?x", "/login?x"),
            ("/ocp", "/"),
            ("/other/login", "https://gateway.example/other/login"),
            ("/ocpx", "https://gateway.example/ocpx"),
        ] {
            assert_eq!(for_browser(location.as_bytes(), &asked, &base).as_deref(), Some(path), "{location}");
        }
        assert_eq!(for_browser(b"/ocp//evil.example", &asked, &base), None);
    }
}
