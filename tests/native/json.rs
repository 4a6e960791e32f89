//! The JSON of events and files.

use log_backup_panel::domain::time::Stamp;
use log_backup_panel::text::json::{JsonObject, array};
use serde_json::{Value, json};

#[test]
fn every_text_comes_back_as_it_was() {
    let all: String = (0..0x300).filter_map(char::from_u32).chain(['\u{2028}', '\u{202e}', '状', '👩']).collect();
    let object = JsonObject::new().text("a\"\\\n", Some(&all)).text("none", None).end();
    assert_eq!(serde_json::from_str::<Value>(&object).unwrap(), json!({ "a\"\\\n": all, "none": null }));
    let texts = [all, String::new(), "\"".to_owned()];
    assert_eq!(serde_json::from_str::<Value>(&array(&texts)).unwrap(), json!(texts));
    assert_eq!(array(&[]), "[]");
}

#[test]
fn what_is_not_known_is_null_and_what_is_no_time_stays() {
    let object = JsonObject::new()
        .count("n", Some(3))
        .count("no", None)
        .seconds("s", Some(-0.5))
        .seconds("none", None)
        .stamp("t", Some(&Stamp::read("2021-09-23T14:33:17.357+0800", None)))
        .stamp("odd", Some(&Stamp::read("yesterday", None)))
        .stamp("never", None);
    assert_eq!(
        object.end(),
        r#"{"n":3,"no":null,"s":-0.5,"none":null,"t":"2021-09-23T06:33:17.357Z","odd":"yesterday","never":null}"#
    );
    assert_eq!(JsonObject::default().end(), "{}");
}
