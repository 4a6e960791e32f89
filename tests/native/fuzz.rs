//! Fuzzing: seeds of `tests/corpus`, mutated, and text from nowhere. A few thousand inputs at each test run, as many as one
//! likes with `cargo xtask fuzz`. An input that broke something becomes a seed.

use std::fs;
use std::path::Path;

use log_backup_panel::api::decode::{HttpResponse, decode};
use log_backup_panel::api::request::request;
use log_backup_panel::domain::moment::{Moment, split_range, typed_range, write_range};
use log_backup_panel::domain::page::Pager;
use log_backup_panel::domain::query::{MAX_PAGE_SIZE, Query};
use log_backup_panel::domain::redact::redact;
use log_backup_panel::domain::time::{
    EpochMs, OffsetMinutes, Stamp, TimeRange, Zone, format_utc, from_civil, parse_civil, parse_time,
};
use log_backup_panel::embed::config;
use log_backup_panel::state::request_state::{Event, RequestState};
use log_backup_panel::text::column_visibility::shown_columns;
use log_backup_panel::text::columns::Columns;
use log_backup_panel::text::diagnostics::{diagnostics, to_text};
use log_backup_panel::text::event_detail::query_detail;
use log_backup_panel::text::footer::{as_of, footer};
use log_backup_panel::text::locale::Locale;
use log_backup_panel::text::problem::problem;
use log_backup_panel::text::remarks::remarks;
use log_backup_panel::text::rows::rows;
use log_backup_panel::text::viewer::Viewer;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{CLOCK, NOW, VIEWER};

/// Inputs a target; `PROPTEST_CASES` overrides it.
const CASES: u32 = 1500;

pub fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The seeds of a target: its files, or each line of them where an input is one line.
fn corpus(target: &str) -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(target);
    let files = fs::read_dir(dir).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let mut seeds: Vec<_> = files.collect();
    if target == "range" {
        seeds = seeds.iter().flat_map(|seed| seed.lines().map(str::to_owned)).collect();
    }
    assert!(!seeds.is_empty(), "no seeds for {target}");
    seeds.sort();
    seeds
}

/// What tends to break parsers, and what these ones look for.
#[rustfmt::skip]
const TOKENS: [&str; 44] = [
    "", "\"", "\\", "\\u", "\\ud800", "\\u0000", "{", "}", "[", "]", ",", ":", "null", "NaN", "-Infinity", "1e308", "-1", "0",
    ".", "%", "%25", "%3D", "%zz", "=", "&", "?", "#", "@", "://", ";", " ", "\n", "\r\n", "\u{202e}", "\u{feff}", "\u{fffd}",
    "9999999999999999999999", "+0800", "T", "Z", "-", "状", "access_key=", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// A seed with a few pieces deleted, doubled, replaced by a token or by a piece of another seed; or text from nowhere.
fn input(target: &str) -> impl Strategy<Value = String> + use<> {
    let seeds = corpus(target);
    let wound = (0..4u8, any::<Index>(), any::<Index>(), select(TOKENS.to_vec()), select(seeds.clone()));
    let mutated = (select(seeds), vec(wound, 0..6)).prop_map(|(seed, wounds)| {
        wounds.into_iter().fold(seed, |text, (kind, from, to, token, other)| {
            let chars: Vec<char> = text.chars().collect();
            let (from, to) = (from.index(chars.len() + 1), to.index(chars.len() + 1).min(chars.len()));
            let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 40));
            let piece: String = chars[from..to].iter().collect();
            let middle = match kind {
                0 => String::new(),
                1 => [piece.as_str(), piece.as_str()].concat(),
                2 => token.to_owned(),
                _ => other.chars().skip(from).take(to - from + 1).collect(),
            };
            chars[..from].iter().collect::<String>() + &middle + &chars[to..].iter().collect::<String>()
        })
    });
    prop_oneof![6 => mutated, 1 => any::<String>(), 1 => vec(select(TOKENS.to_vec()), 0..40).prop_map(|tokens| tokens.concat())]
}

/// Decodes, settles and paints; nothing may panic and no row may be lost.
fn check_decode(body: &str) {
    for status in [200, 500] {
        let result = decode(&HttpResponse { status, body: body.to_owned(), ..HttpResponse::default() });
        let mut state = RequestState::default();
        let query = Query { cluster: "1".into(), ..Query::default() };
        for _ in 0..3 {
            state.settle(Event::Sent(query.clone(), 0));
            state.settle(Event::Ended { id: state.id(), result: result.clone(), at: i64::MAX });
        }
        for locale in Locale::ALL {
            let viewer = Viewer { locale, ..VIEWER };
            let texts = locale.texts();
            match &result {
                Err(error) => assert!(!problem(error, texts).to_text(texts).is_empty()),
                Ok(page) => {
                    let data = state.data.as_ref().unwrap();
                    let painted = rows(page, &state.history, &viewer);
                    assert_eq!(painted.len(), page.tasks.len());
                    assert!(!shown_columns(&painted, Columns::FITTING).is_empty() && !as_of(data, &viewer).is_empty());
                    let rest = [footer(data, &viewer), remarks(data, texts)];
                    assert!(page.malformed.is_empty() || !rest[1].is_empty(), "a row was lost in silence");
                    assert!(
                        to_text(&diagnostics(&state.history, data.skew, &viewer))
                            .contains(viewer.locale.later_texts().clocks)
                    );
                    let pager = Pager::of(page, &query);
                    assert!(pager.items.len() <= 9 && pager.last.is_none_or(|last| last >= 1));
                }
            }
        }
    }
}

fn check_time(text: &str) {
    for assumed in [None, chrono::FixedOffset::east_opt(8 * 3600)] {
        if let Some(time) = parse_time(text, assumed) {
            let ms = time.timestamp_millis();
            if let Some(utc) = format_utc(ms).filter(|utc| utc.len() == 24 && !utc.starts_with('0')) {
                assert_eq!(parse_time(&utc, None).map(|time| time.timestamp_millis()), Some(ms), "{text:?} -> {utc}");
            }
            let query = Query {
                cluster: "1".into(),
                range: TimeRange::Between { start: ms, end: ms.saturating_add(1) },
                ..Query::default()
            };
            let sent = request("", &query, 0, CLOCK.offset_minutes).unwrap().params;
            assert!(sent.len() == 4 || sent.len() == 2, "both ends or neither: {sent:?}");
        }
        assert!(Stamp::read(text, assumed).epoch_ms().is_some() || parse_time(text, assumed).is_none());
    }
    if let Some(civil) = parse_civil(text) {
        _ = from_civil(civil, |ms| VIEWER.offset_minutes(ms));
    }
}

/// Minutes east of UTC where clocks are set forward and back by turns, every 1000 hours.
fn restless(_: Zone, at: EpochMs) -> i32 {
    if at.div_euclid(3_600_000_000).rem_euclid(2) == 0 { 60 } else { 120 }
}

/// What is read as an end, a pasted range, the attribute `range` or a zone is written and read back as the same.
fn check_range(text: &str) {
    let zones: [OffsetMinutes; 4] = [|_, _| 0, |_, _| 480, |_, _| -570, restless];
    for offset_minutes in zones {
        let typed = |start: &str, end: &str| typed_range(start, end, NOW, Zone::Local, offset_minutes);
        let pasted = split_range(text);
        if let Some((start, end)) = &pasted {
            assert!(Moment::parse(start).is_some() && Moment::parse(end).is_some(), "{text:?} -> {start:?}, {end:?}");
        }
        let pairs = [(text, "9999-12-30"), ("1970-01-02", text), ("now-9999M", text), (text, "now"), (text, text)];
        let pasted = pasted.as_ref().map(|(start, end)| (&**start, &**end));
        for (start, end) in pairs.into_iter().chain(pasted) {
            if let Ok(range) = typed(start, end) {
                let written = write_range(range, |ms| offset_minutes(Zone::Local, ms));
                let read = split_range(&written).map(|(start, end)| typed(&start, &end));
                assert_eq!(read, Some(Ok(range)), "{start:?}, {end:?} -> {written:?}");
            }
        }
        for is_end in [false, true] {
            let moment = Moment::parse(text);
            _ = moment.and_then(|moment| moment.oddity(|ms| offset_minutes(Zone::Local, ms)));
            _ = moment.and_then(|moment| moment.resolve(is_end, i64::MAX, |ms| offset_minutes(Zone::Local, ms)));
        }
    }
    if let Some(range) = TimeRange::parse(text, Zone::Local) {
        let detail = query_detail(&Query { range, ..Query::default() }, CLOCK).end();
        let detail: serde_json::Value = serde_json::from_str(&detail).unwrap();
        let written = detail["range"].as_str().unwrap();
        assert_eq!(TimeRange::parse(written, Zone::Local), Some(range), "{text:?} -> {written:?}");
    }
    if let Some(zone) = CLOCK.zone(text) {
        assert_eq!(CLOCK.zone(&CLOCK.name(zone)), Some(zone), "{text:?}");
    }
}

fn check_redact(text: &str) {
    let redacted = redact(text);
    assert!(redacted.len() <= 4 * text.len() + 64, "{} -> {}", text.len(), redacted.len());
}

fn check_config(attributes: &[(&str, String)]) {
    let attribute = |name: &str| attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let (config, warnings) = config::read(&attribute, "en", CLOCK);
    let query = &config.query;
    assert!(query.page >= 1 && (1..=MAX_PAGE_SIZE).contains(&query.size));
    assert!(config.thresholds.lagging >= 1.0 && config.thresholds.critical >= config.thresholds.lagging);
    assert!(config.refresh_seconds == 0 || config.refresh_seconds >= 5);
    assert!(config.page_sizes.contains(&query.size) && config.page_sizes.is_sorted());
    assert!(
        warnings.iter().all(|warning| attributes
            .iter()
            .any(|(name, _)| *name == warning.attribute || warning.attribute == "start"))
    );
    if let Ok(request) = request(&config.base_url, query, 0, CLOCK.offset_minutes) {
        assert!(request.url.ends_with("/backup/task/logBackupTasks"), "{}", request.url);
        let path = request.url.strip_prefix(config.base_url.trim().trim_end_matches('/')).unwrap();
        let id = path.strip_prefix("/api/v2/ob/clusters/").and_then(|rest| rest.split('/').next()).unwrap();
        assert!(id.bytes().all(|b| b.is_ascii_digit()), "{path}");
    }
}

/// Lines of `name=value`.
fn attributes(text: &str) -> Vec<(&'static str, String)> {
    let named = text.lines().filter_map(|line| {
        let (name, value) = line.split_once('=')?;
        Some((*config::ATTRIBUTES.iter().find(|known| **known == name)?, value.to_owned()))
    });
    named.collect()
}

#[test]
fn every_seed_is_survived() {
    for seed in corpus("decode") {
        check_decode(&seed);
    }
    for seed in corpus("time") {
        seed.lines().for_each(check_time);
    }
    for seed in corpus("range") {
        check_range(&seed);
    }
    for seed in corpus("redact") {
        check_redact(&seed);
    }
    for seed in corpus("config") {
        check_config(&attributes(&seed));
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn fuzz_decode(body in input("decode")) {
        check_decode(&body);
    }

    #[test]
    fn fuzz_time(text in input("time")) {
        text.lines().for_each(check_time);
    }

    #[test]
    fn fuzz_range(text in input("range")) {
        check_range(&text);
    }

    #[test]
    fn fuzz_redact(text in input("redact")) {
        check_redact(&text);
    }

    #[test]
    fn fuzz_config(text in input("config"), name in select(config::ATTRIBUTES.to_vec()), value in any::<String>()) {
        let mut all = attributes(&text);
        check_config(&all);
        all.insert(0, (name, value));
        check_config(&all);
    }
}

/// What no output may ever hold, in any case.
const SECRET: &str = "S3CR3T";

fn secret() -> impl Strategy<Value = String> {
    "[A-Za-z0-9]{0,6}".prop_map(|tail| [SECRET, &tail].concat())
}

fn in_some_case(text: &'static str) -> impl Strategy<Value = String> {
    (0..3u8).prop_map(move |kind| match kind {
        0 => text.to_owned(),
        1 => text.to_uppercase(),
        _ => text.chars().enumerate().map(|(i, c)| if i % 2 == 0 { c.to_ascii_uppercase() } else { c }).collect(),
    })
}

fn secret_name() -> impl Strategy<Value = String> {
    let names = [
        "access_key",
        "access_id",
        "accessKey",
        "access-key-secret",
        "secret_key",
        "password",
        "token",
        "x_amz_signature",
        "encrypt_key",
    ];
    select(names.to_vec()).prop_flat_map(in_some_case)
}

/// The address of a storage that carries `secret`s, among harmless parameters. (Of other addresses an unknown parameter is shown.)
fn uri() -> impl Strategy<Value = String> {
    let scheme = select(vec!["oss", "s3", "cos", "OSS"]);
    let harmless = select(vec!["host=oss.example.com", "s3_region=eu", "appid=125", "delete_mode=tagging"]);
    let parameter = prop_oneof![
        harmless.prop_map(str::to_owned),
        (secret_name(), secret()).prop_map(|(name, secret)| [name, secret].join("=")),
        secret().prop_map(|secret| ["unknown", &secret].join("=")),
        secret(),
    ];
    let user = prop_oneof![
        Just(String::new()),
        (secret(), secret()).prop_map(|(user, password)| [&user, ":", &password, "@"].concat()),
        (secret(), select(vec!["/", "?", "#", "@", ":", "%40"]), secret())
            .prop_map(|(a, mark, b)| ["u:", &a, mark, &b, "@"].concat()),
    ];
    let mark = select(vec!["&", ";", "&&"]);
    let broken = prop_oneof![4 => Just(""), 1 => Just("\nS3CR3T"), 1 => Just("\r\n  S3CR3T")];
    (scheme, user, vec(parameter, 1..5), mark, secret_name(), secret(), broken).prop_map(
        |(scheme, user, parameters, mark, name, secret, broken)| {
            [scheme, "://", &user, "bucket/path?", &parameters.join(mark), mark, &name, "=", &secret, broken].concat()
        },
    )
}

/// Prose that quotes a secret.
fn prose() -> impl Strategy<Value = String> {
    let sign =
        select(vec!["=", ": ", ":", " = ", " : ", "=\"", "\": \"", "':'", "：", "=Bearer ", ": Basic ", "=\\\""]);
    prop_oneof![
        (secret_name(), sign, secret()).prop_map(|(name, sign, secret)| {
            let end = if sign.contains(['"', '\'']) { &sign[sign.len() - 1..] } else { "" };
            [&name, sign, &secret, end].concat()
        }),
        secret().prop_map(|secret| ["Authorization: Bearer ", &secret].concat()),
        secret().prop_map(|secret| ["ob_admin --secret-key ", &secret].concat()),
        (secret(), secret()).prop_map(|(user, password)| ["login ", &user, ":", &password, "@10.0.0.1"].concat()),
        (select(DIALECTS.to_vec()), secret_name(), word_like())
            .prop_map(|(dialect, name, secret)| dialect.replace("{N}", &name).replace("{S}", &secret)),
    ]
}

/// A secret that looks like a word, with a digit within as weak joints want it.
fn word_like() -> impl Strategy<Value = String> {
    "[a-z]{1,8}".prop_map(|tail| ["horse", SECRET, &tail].concat())
}

/// How languages, formats and prose write a name `{N}` and its secret `{S}`.
#[rustfmt::skip]
const DIALECTS: [&str; 48] = [
    "<{N}>{S}</{N}>", "<a:{N} b=\"c\">{S}</a:{N}>", "<{N}><![CDATA[{S}]]></{N}>", "<a {N}=\"{S}\"/>", "<a key=\"{N}\">{S}</a>",
    "<a name=\"{N}\" value=\"{S}\"/>", "<a><value>{S}</value><name>{N}</name></a>", "{\"name\":\"{N}\",\"value\":\"{S}\"}",
    "{\"value\":\"{S}\",\"name\":\"{N}\"}", "- value: {S}\n  name: {N}\n", "{N}: |\n  a\n  {S}\n", "{N}: >-\n\n  {S}\n", "{N}: !!str {S}\n",
    "{N}: &a {S}\n", "{N}:\n  - {S}\n", "{N}: # a\n  {S}\n", "{N} = [\n  \"a\",\n  \"{S}\"\n]", "{N} (\n {S} \n)", "{N}\\075{S}", "{N}\\x3d{S}",
    "{N}\\u{3d}{S}", "{N}&equals;{S}", "'{N}' => '{S}'", ":{N}=>\"{S}\"", "{N} -> {S}", "[\"{N}\"]=> string(6) \"{S}\"", "\"{N}\", \"{S}\"",
    "&{A:b {N}:{S} C:d}", "map[{N}:{S}]", "{N}({S})", "set.{N}(\"{S}\")", "SET PASSWORD FOR a = '{S}'", "IDENTIFIED BY '{S}'",
    "IDENTIFIED WITH a BY '{S}'", "IDENTIFIED WITH a AS '{S}'", "identified by password '{S}'",
    "curl --user a:{S} b", "curl -u 'a:{S}' b", "口令 {S} 不正确", "使用密码{S}登录失败", "密码改成{S}", "密码（{S}）无效",
    "密码不正确：{S}", "{N} {S} was rejected", "{N} for user root is {S}", "{N} '{S}' is wrong", "redis://:{S}@10.0.0.1/0", "Cookie: a=b; c={S}\n",
];

fn encoded(text: &str, layers: usize) -> String {
    (0..layers).fold(text.to_owned(), |text, _| {
        percent_encoding::utf8_percent_encode(&text, percent_encoding::NON_ALPHANUMERIC).to_string()
    })
}

/// Text as it stands in `backupUri` and `errorMsg`.
fn carrier() -> impl Strategy<Value = String> {
    let piece = (prop_oneof![uri(), prose()], 0..3usize).prop_map(|(text, layers)| encoded(&text, layers));
    let plain = select(vec![
        "archive failed",
        "ret=-9060",
        "disk is full:",
        "超时：磁盘已满",
        "put",
        "(",
        "[",
        "\"",
        "<",
        "tenant_id=1002",
    ]);
    let between = select(vec![" ", ", ", ",", "\n", "; ", " | "]);
    (vec((plain, piece), 1..4), between).prop_map(|(pieces, between)| {
        pieces.into_iter().map(|(plain, piece)| [plain, " ", &piece].concat()).collect::<Vec<_>>().join(between)
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_secret_survives_redaction(text in carrier()) {
        let redacted = redact(&text);
        prop_assert!(!redacted.to_uppercase().contains(SECRET), "{redacted}");
    }

    #[test]
    fn no_secret_is_in_a_decoded_answer(text in carrier(), in_name in any::<bool>()) {
        let field = serde_json::to_string(&text).unwrap();
        let other = if in_name { "tenantName" } else { "backupUri" };
        let body = format!(
            r#"{{"data":{{"contents":[{{"status":{field},"errorMsg":{field},"{other}":{field},"checkpoint":{field},"delay":{field},{field}:1}}]}},"traceId":{field},"server":{field},{field}:{{}}}}"#
        );
        let page = format!("{:?}", decode(&HttpResponse { status: 200, body, ..HttpResponse::default() }));
        prop_assert!(!page.to_uppercase().contains(SECRET), "{page}");
        let body = format!(r#"{{"error":{{"code":{field},"message":{field}}},"successful":false}}"#);
        let error = format!("{:?}", decode(&HttpResponse { status: 500, body, ..HttpResponse::default() }));
        prop_assert!(!error.to_uppercase().contains(SECRET), "{error}");
    }
}
