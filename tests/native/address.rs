//! The address of the standalone page.

use log_backup_panel::text::address::{Address, Route};

#[test]
fn it_says_what_is_shown() {
    let clusters = |ids: &[&str]| Route::Clusters(ids.iter().map(|id| (*id).to_owned()).collect());
    for (search, route) in [
        ("", Route::List),
        ("?", Route::List),
        ("?lang=zh", Route::List),
        ("?cluster=", Route::List),
        ("?clusters=,%20,", Route::List),
        ("?cluster=1000005&page=2", Route::Cluster("1000005".to_owned())),
        ("?cluster=+1000005%20", Route::Cluster("1000005".to_owned())),
        ("?clusters=1,2&cluster=2", Route::Cluster("2".to_owned())),
        ("?clusters=1,2,%201,3,2", clusters(&["1", "2", "3"])),
        ("?clusters=1,no+id", clusters(&["1", "no id"])),
        ("?clusters=all", Route::All),
    ] {
        assert_eq!(Address::read(search).route(), route, "{search}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    let odd = "a b&c=d#e+f%41中\u{202e}";
    let address = Address::default().with("name", Some(odd)).with("clusters", Some("1,2"));
    assert_eq!(Address::read(&address.search()), address);
    assert!(address.search().ends_with("&clusters=1,2"), "{}", address.search());
    assert!(!address.search().contains([' ', '#', '+', '中']), "{}", address.search());
    let changed = address.with("clusters", None).with("name", Some("x"));
    assert_eq!((changed.get("clusters"), changed.search()), (None, "?name=x".to_owned()));
}

#[test]
fn broken_signs_and_doubles_do_no_harm() {
    let address = Address::read("?a=%zz%E4%&b&&=c&a=2");
    assert_eq!(address.get("a"), Some("%zz\u{fffd}%"));
    assert_eq!(address.get("b"), Some(""));
}
