//! One policy, in one place: what operators deploy is what the panel is tested under.

const HEADERS: &str = include_str!("../../preview/security-headers.txt");
const NGINX: &str = include_str!("../../deploy/nginx.conf");
const CADDY: &str = include_str!("../../deploy/Caddyfile");
const DOCS: &str = include_str!("../../docs/embedding.md");

fn headers() -> Vec<(&'static str, &'static str)> {
    HEADERS.lines().map(|line| line.split_once(": ").unwrap()).collect()
}

#[test]
fn the_headers_allow_what_the_panel_needs_and_no_more() {
    let names: Vec<_> = headers().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"]);
    assert_eq!(headers()[1..], [("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff")]);
    let policy: Vec<_> = headers()[0].1.split("; ").collect();
    for directive in [
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(&directive), "{directive}");
    }
    assert!(!HEADERS.contains("unsafe-inline") && !HEADERS.contains("'unsafe-eval'") && !HEADERS.contains('*'));
}

#[test]
fn both_servers_send_them_with_the_page() {
    let nginx = NGINX.split("location ^~ /log-backup/ {").nth(1).unwrap().split("\n    }").next().unwrap();
    let caddy = CADDY.split("handle_path /log-backup/* {").nth(1).unwrap().split("\n    }").next().unwrap();
    for (name, value) in headers() {
        assert!(nginx.contains(&format!("add_header {name} \"{value}\" always;")), "{name}");
        assert!(caddy.replace('"', "").contains(&format!("header {name} {value}\n")), "{name}");
    }
}

#[test]
fn nothing_else_has_a_policy_of_its_own() {
    let policy = headers()[0].1;
    for text in [NGINX, CADDY, DOCS, include_str!("../../README.md"), include_str!("../../preview/src/assets.rs")] {
        assert_eq!(text.matches("default-src").count(), text.matches(policy).count());
    }
    // Without a server's headers, too, the page tells nobody what it shows.
    assert!(include_str!("../../index.html").contains("<meta name=\"referrer\" content=\"no-referrer\" />"));
}

#[test]
fn every_proxy_lets_only_get_through_and_verifies_ocp() {
    for rule in ["method GET\n", "tls_server_name ", "tls_trusted_ca_certs "] {
        assert!(CADDY.contains(rule), "{rule}");
    }
    for rule in ["Method(`GET`) && ", "serverName: ", "rootCAs: "] {
        assert!(DOCS.contains(rule), "{rule}");
    }
    for location in NGINX.split("location ").skip(1).map(|rest| rest.split("\n    }").next().unwrap()) {
        if location.contains("proxy_pass") {
            assert!(location.contains("limit_except GET") && location.contains("rewrite ^ $uri break;"), "{location}");
        }
    }
    for line in
        ["proxy_ssl_verify on;", "proxy_ssl_trusted_certificate ", "proxy_ssl_name ", "proxy_ssl_server_name on;"]
    {
        assert_eq!(NGINX.matches(line).count(), 1, "{line}");
    }
    let asked = "^/api/v2/ob/clusters(/[0-9]+/backup/task/logBackupTasks)?$";
    for proxy in [NGINX, CADDY, DOCS] {
        assert!(proxy.contains(asked));
    }
}
