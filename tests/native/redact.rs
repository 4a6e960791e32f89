use log_backup_panel::api::redact::redact;

#[test]
fn masks_what_is_secret_and_keeps_what_is_not() {
    let cases = [
        ("file:///obbackup/", "file:///obbackup/"),
        ("/obbackup/clog", "/obbackup/clog"),
        ("oss://b/p?host=h.com&access_id=A&access_key=K", "oss://b/p?host=h.com&access_id=***&access_key=***"),
        ("cos://b/p?host=h&appid=125&access_key=K", "cos://b/p?host=h&appid=125&access_key=***"),
        ("s3://b/p?s3_region=us-east-1&ACCESS_KEY=K", "s3://b/p?s3_region=us-east-1&ACCESS_KEY=***"),
        ("s3://user:p@ss@host/path", "s3://***@host/path"),
        ("s3://user:p/ss?w@host/path", "s3://***@host/path"),
        ("nfs://host:9000/path", "nfs://host:9000/path"),
        ("oss://b/p?access_key=a,oss://c/q?access_key=b", "oss://b/p?access_key=***,oss://c/q?access_key=***"),
        ("oss://b/p?host=h&access_key=SEC\nRET", "oss://b/p?host=h&access_key=***"),
        ("oss://b/p?something_new=v", "oss://b/p?something_new=***"),
        ("oss://b/p?bare", "oss://b/p?***"),
        ("oss://b/p?host=u:p@h", "oss://b/p?host=***"),
        ("oss://b/p#frag", "oss://b/p#***"),
        ("oss://b/p;access_key=K", "oss://b/p;access_key=***"),
        ("oss://b/p;something_new=v;region=eu", "oss://b/p;something_new=***;region=eu"),
        ("https://host:9000/a@b", "https://host:9000/a@b"),
        ("access_key=K", "access_key=***"),
        ("access_key=K,ret=1", "access_key=***,ret=1"),
        ("access_key=K,L", "access_key=***"),
        ("Access-Key : K rest", "Access-Key : *** rest"),
        (r#"{"accessKey":"K v","ret":1}"#, r#"{"accessKey":***,"ret":1}"#),
        (r#"{\"access_key\":\"K\"}"#, r#"{\"access_key\":\***}"#),
        ("Authorization: Bearer abc.def rest", "Authorization: *** rest"),
        ("sent Bearer eyJhbGciOiJIUzI1NiJ9 to it", "sent Bearer *** to it"),
        ("sent Bearer abcdefghijkl to it", "sent Bearer *** to it"),
        ("sent Basic k3y to it", "sent Basic *** to it"),
        ("in basic mode now", "in basic mode now"),
        ("ob --secret-key K", "ob --secret-key ***"),
        ("login root:hunter2@10.0.0.1 failed", "login ***@10.0.0.1 failed"),
        ("archive I/O failed: ret=-9060, tenant_id=1002", "archive I/O failed: ret=-9060, tenant_id=1002"),
        ("disk is full: 98% used", "disk is full: 98% used"),
        ("超时：磁盘已满", "超时：磁盘已满"),
    ];
    for (given, expected) in cases {
        assert_eq!(redact(given), expected, "{given}");
    }
}

#[test]
fn looks_through_encodings() {
    for given in [
        "oss://b/p%3Faccess_key%3DSECRET",
        "oss://b/p?access%5Fkey=SECRET",
        "oss%3A%2F%2Fb%2Fp%3Faccess_key%3DSECRET",
        "access_key%253DSECRET",
        "access_key=%53%45CRET",
        "%25252561ccess_key=SECRET",
        "user%3ASECRET%40host",
    ] {
        let redacted = redact(given);
        assert!(!redacted.contains("SECRET") && !redacted.contains("%53%45CRET"), "{given} -> {redacted}");
    }
}

#[test]
fn redacting_twice_changes_nothing_more() {
    for given in ["oss://b/p?host=h&access_id=A&access_key=K", "access_key=K, ret=1", "s3://u:p@h/x?y=z"] {
        assert_eq!(redact(&redact(given)), redact(given));
    }
}
