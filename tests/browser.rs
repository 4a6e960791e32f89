//! Tests in a real browser, for the wiring: a panel is mounted into a shadow root, with `fetch` replaced by a double that
//! the test answers when it wants.
#![cfg(target_arch = "wasm32")]
// What a test trips over is a failed test.
#![allow(clippy::unwrap_used, clippy::panic)]

use log_backup_panel::embed::mount::{MountedPanel, mount};
use log_backup_panel::text::locale::Locale;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
let requests = [];
let listeners = 0;
const timers = new Map();
for (const kind of ["Interval", "Timeout"]) {
  const set = globalThis[`set${kind}`], clear = globalThis[`clear${kind}`];
  globalThis[`set${kind}`] = (...all) => { const id = set(...all); timers.set(id, kind === "Interval" && all[0]); return id; };
  globalThis[`clear${kind}`] = (id) => { timers.delete(id); clear(id); };
}
const add = EventTarget.prototype.addEventListener, remove = EventTarget.prototype.removeEventListener;
// Those of the shadow root itself are set once and stay with it (`shadow_root.js`).
const ours = (target) => target instanceof Node && !(target instanceof ShadowRoot);
EventTarget.prototype.addEventListener = function (...all) { if (ours(this)) listeners += 1; return add.apply(this, all); };
EventTarget.prototype.removeEventListener = function (...all) { if (ours(this)) listeners -= 1; return remove.apply(this, all); };
export function stub() {
  requests = [];
  listeners = 0;
  timers.clear();
  globalThis.fetch = (request) => new Promise((resolve, reject) => {
    const entry = { url: request.url, language: request.headers.get("Accept-Language"), open: true, aborted: false };
    entry.answer = (status, body) => { entry.open = false; resolve(new Response(body, { status })); };
    entry.fail = () => { entry.open = false; reject(new TypeError("Failed to fetch")); };
    request.signal.addEventListener("abort", () => { entry.aborted = entry.open; entry.open = false; reject(new DOMException("", "AbortError")); });
    requests.push(entry);
  });
}
let skipped = 0;
const now = Date.now.bind(Date);
Date.now = () => now() + skipped;
export function pass(ms) { skipped += ms; for (const tick of [...timers.values()]) if (tick) tick(); }
export function listener_count() { return listeners; }
export function timer_count() { return timers.size; }
export function request_count() { return requests.length; }
export function request_url(index) { return requests[index].url; }
export function request_language(index) { return requests[index].language; }
export function is_aborted(index) { return requests[index].aborted; }
export function is_open(index) { return requests[index].open; }
export function answer(index, status, body) { requests[index].answer(status, body); }
export function fail(index) { requests[index].fail(); }
export function settle() { return new Promise((resolve) => { const channel = new MessageChannel(); let turns = 8; channel.port1.onmessage = () => { turns -= 1; turns ? channel.port2.postMessage(0) : resolve(); }; channel.port2.postMessage(0); }); }
export function count_writes(node) {
  let count = 0;
  const seen = new MutationObserver((records) => { count += records.length; });
  seen.observe(node, { subtree: true, childList: true, attributes: true, characterData: true });
  return { take: () => { const all = count + seen.takeRecords().length; count = 0; return all; } };
}
export function tell(host) { return (name, json) => host.dispatchEvent(new CustomEvent(name, { cancelable: true, detail: JSON.parse(json) })); }
export function zone_offset() { return () => NaN; }
export function take_writes(counter) { return counter.take(); }
"#)]
extern "C" {
    fn stub();
    /// Lets this much time pass on `Date`, then calls whatever waits for an interval.
    fn pass(ms: f64);
    fn listener_count() -> i32;
    fn timer_count() -> u32;
    fn request_count() -> usize;
    fn request_url(index: usize) -> String;
    fn request_language(index: usize) -> String;
    fn is_aborted(index: usize) -> bool;
    fn is_open(index: usize) -> bool;
    fn answer(index: usize, status: u16, body: &str);
    fn fail(index: usize);
    fn settle() -> js_sys::Promise;
    fn count_writes(node: &Element) -> JsValue;
    fn tell(host: &HtmlElement) -> js_sys::Function;
    fn zone_offset() -> js_sys::Function;
    fn take_writes(counter: &JsValue) -> u32;
}

/// What the element would speak.
fn language(host: &HtmlElement) -> String {
    host.get_attribute("lang").unwrap_or_else(|| "en-US".to_owned())
}

/// Lets everything that is due happen: promises, effects, and what follows from them.
async fn settled() {
    wasm_bindgen_futures::JsFuture::from(settle()).await.unwrap();
}

struct Stage {
    host: HtmlElement,
    shadow: ShadowRoot,
}

impl Stage {
    async fn set(attributes: &[(&str, &str)]) -> (Self, MountedPanel) {
        stub();
        let document = web_sys::window().unwrap().document().unwrap();
        let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        for (name, value) in attributes {
            host.set_attribute(name, value).unwrap();
        }
        document.body().unwrap().append_child(&host).unwrap();
        let shadow = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
        let panel = mount(host.clone(), &shadow, &language(&host), tell(&host), zone_offset(), None);
        settled().await;
        (Self { host, shadow }, panel)
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let list = self.shadow.query_selector_all(selector).unwrap();
        (0..list.length()).map(|index| list.item(index).unwrap().unchecked_into()).collect()
    }

    fn one(&self, selector: &str) -> HtmlElement {
        self.all(selector).into_iter().next().unwrap_or_else(|| panic!("no {selector}"))
    }

    fn state(&self) -> String {
        self.host.get_attribute("data-state").unwrap_or_default()
    }

    fn text(&self) -> String {
        self.one(".panel").text_content().unwrap_or_default()
    }
}

fn body(tenants: &[&str], total: u32) -> String {
    let row = |name: &&str| {
        format!(
            r#"{{"tenantName":"{name}","status":"RUNNING","delay":77.6421,"backupUri":"/b","createTime":"2021-09-09T16:19:47.405+0800"}}"#
        )
    };
    let rows: Vec<_> = tenants.iter().map(row).collect();
    format!(
        r#"{{"data":{{"contents":[{}],"page":{{"totalElements":{total}}}}},"successful":true,"status":200,"timestamp":"2021-09-23T14:34:35.149+08:00","traceId":"t-1"}}"#,
        rows.join(",")
    )
}

const CLUSTER: (&str, &str) = ("cluster-id", "1000005");

#[wasm_bindgen_test]
async fn the_first_answer_becomes_rows() {
    let (stage, panel) = Stage::set(&[CLUSTER, ("page-size", "2"), ("lang", "zh-CN")]).await;
    assert_eq!((stage.state().as_str(), request_count()), ("loading", 1));
    assert!(request_url(0).ends_with("/api/v2/ob/clusters/1000005/backup/task/logBackupTasks?page=1&size=2"));
    assert_eq!(request_language(0), "zh-CN");
    // No skeleton that would flash by: it comes with a longer wait (`e2e/panel.spec.js`).
    assert_eq!(stage.all("*").len(), 0);
    answer(0, 200, &body(&["t1", "t2"], 5));
    settled().await;
    assert_eq!((stage.state().as_str(), stage.all("[part=row]").len()), ("ready", 2));
    assert!(stage.text().contains("进行中") && stage.text().contains("1 分钟 17 秒"));
    panel.unmount();
}

#[wasm_bindgen_test]
async fn a_page_turn_asks_once_and_keeps_the_rows_until_it_is_answered() {
    let (stage, panel) = Stage::set(&[CLUSTER, ("page-size", "2"), ("scope", "page")]).await;
    answer(0, 200, &body(&["t1", "t2"], 5));
    settled().await;
    stage.one("[part=next]").click();
    settled().await;
    assert_eq!((stage.state().as_str(), request_count(), stage.all("[part=row]").len()), ("loading", 2, 2));
    assert!(request_url(1).ends_with("page=2&size=2"));
    answer(1, 200, &body(&["t3", "t4"], 5));
    settled().await;
    assert_eq!((stage.state().as_str(), request_count()), ("ready", 2));
    let names: Vec<_> = stage.all("[part=open]").iter().filter_map(|open| open.text_content()).collect();
    assert_eq!(names, ["t3", "t4"]);
    panel.unmount();
}

#[wasm_bindgen_test]
async fn a_newer_question_aborts_the_older_one() {
    let (stage, panel) = Stage::set(&[CLUSTER, ("page-size", "2"), ("scope", "page")]).await;
    answer(0, 200, &body(&["t1", "t2"], 9));
    settled().await;
    stage.one("[part=next]").click();
    settled().await;
    stage.one("[part=last]").click();
    settled().await;
    assert_eq!(request_count(), 3);
    assert!(is_aborted(1) && is_open(2));
    assert!(request_url(2).ends_with("page=5&size=2"));
    answer(2, 200, &body(&["t9"], 9));
    settled().await;
    assert_eq!((stage.state().as_str(), stage.all("[part=row]").len()), ("ready", 1));
    panel.unmount();
}

#[wasm_bindgen_test]
async fn an_outage_is_an_error_and_never_an_empty_list() {
    let (stage, panel) = Stage::set(&[CLUSTER]).await;
    fail(0);
    settled().await;
    assert_eq!(stage.state(), "error");
    assert!(stage.text().contains("OCP can't be reached") && !stage.text().contains("no log backup task"));
    stage.one("[part=refresh]").click();
    settled().await;
    answer(1, 200, &body(&["t1"], 1));
    settled().await;
    assert_eq!(stage.state(), "ready");
    stage.one("[part=refresh]").click();
    settled().await;
    assert_eq!(stage.state(), "ready", "a refresh of what is shown is no new load");
    fail(2);
    settled().await;
    assert_eq!((stage.state().as_str(), stage.all("[part=row]").len()), ("stale", 1));
    assert!(stage.text().contains("Rows as of"));
    panel.unmount();
}

#[wasm_bindgen_test]
async fn an_unchanged_refresh_writes_nothing_into_the_rows() {
    let (stage, panel) = Stage::set(&[CLUSTER]).await;
    answer(0, 200, &body(&["t1", "t2", "t3"], 3));
    settled().await;
    let writes = count_writes(&stage.one("tbody"));
    stage.one("[part=refresh]").click();
    settled().await;
    answer(1, 200, &body(&["t1", "t2", "t3"], 3));
    settled().await;
    assert_eq!(take_writes(&writes), 0);
    stage.one("[part=refresh]").click();
    settled().await;
    answer(2, 200, &body(&["t3", "t1", "t2"], 3));
    settled().await;
    let moved = take_writes(&writes);
    assert!(moved > 0 && moved <= 4, "one row moves, and none is rewritten: {moved}");
    panel.unmount();
}

#[wasm_bindgen_test]
async fn focus_and_details_follow_the_task_and_not_the_position() {
    let (stage, panel) = Stage::set(&[CLUSTER]).await;
    answer(0, 200, &body(&["t1", "t2"], 2));
    settled().await;
    let opener = stage.all("[part=open]").remove(1);
    opener.focus().unwrap();
    opener.click();
    settled().await;
    assert!(stage.one(".drawer").text_content().unwrap().contains("t2"));
    stage.one(".drawer button").click();
    settled().await;
    assert!(stage.all(".drawer").is_empty());
    assert_eq!(stage.shadow.active_element().as_ref(), Some(opener.as_ref()), "closing gives the focus back");
    stage.one("[part=refresh]").click();
    settled().await;
    answer(1, 200, &body(&["t2", "t1"], 2));
    settled().await;
    assert_eq!(stage.shadow.active_element().and_then(|focused| focused.text_content()).as_deref(), Some("t2"));
    panel.unmount();
}

#[wasm_bindgen_test]
async fn focus_survives_a_column_that_comes_and_goes() {
    let (stage, panel) = Stage::set(&[CLUSTER]).await;
    answer(0, 200, &body(&["t1", "t2"], 2));
    settled().await;
    stage.all("[part=open]").remove(1).focus().unwrap();
    let with_error = body(&["t1", "t2"], 2).replace("\"status\"", "\"errorMsg\":\"disk full\",\"status\"");
    for (index, answered) in [(1, with_error), (2, body(&["t1", "t2"], 2))] {
        stage.one("[part=refresh]").dispatch_event(&web_sys::Event::new("click").unwrap()).unwrap();
        settled().await;
        answer(index, 200, &answered);
        settled().await;
        assert_eq!(stage.text().contains("disk full"), index == 1);
        assert_eq!(stage.shadow.active_element().and_then(|focused| focused.text_content()).as_deref(), Some("t2"));
    }
    panel.unmount();
}

/// Random numbers, the same ones for each run (xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

#[wasm_bindgen_test]
async fn no_server_gets_two_requests_at_once_or_one_after_401_or_silences_the_panel() {
    for seed in 1..=20 {
        let (stage, panel) = Stage::set(&[CLUSTER]).await;
        let mut random = Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
        let mut signed_out = false;
        answer(0, 200, &body(&["t1", "t2"], 2));
        settled().await;
        for step in 0..60 {
            let open: Vec<_> = (0..request_count()).filter(|index| is_open(*index)).collect();
            assert!(open.len() <= 1, "{open:?} at once, seed {seed}, step {step}");
            let before = request_count();
            match (open.first(), random.below(9)) {
                (Some(last), kind @ 0..6) => {
                    signed_out = kind == 3;
                    let good = body(&["t1", "t2"], 2);
                    match kind {
                        0 | 1 => answer(*last, 200, &good),
                        2 => answer(*last, 503, "<html>"),
                        3 => answer(*last, 401, "{}"),
                        4 => answer(*last, 200, "<html>sign in</html>"),
                        _ => fail(*last),
                    }
                }
                (_, 6) => {
                    signed_out = false;
                    stage.one("[part=refresh]").click();
                }
                (_, kind) => {
                    // So that nobody is thought to have left.
                    stage.host.dispatch_event(&web_sys::Event::new("pointerdown").unwrap()).unwrap();
                    pass(if kind == 7 { 400_000.0 } else { 1000.0 });
                }
            }
            settled().await;
            if (0..request_count()).any(is_open) {
                continue;
            }
            let idle = request_count();
            assert!(idle <= before + 1, "two for one, seed {seed}, step {step}");
            signed_out |= stage.text().contains("not signed in");
            stage.host.dispatch_event(&web_sys::Event::new("pointerdown").unwrap()).unwrap();
            pass(400_000.0);
            settled().await;
            let expected = if signed_out { idle } else { idle + 1 };
            assert_eq!(
                request_count(),
                expected,
                "signed out: {signed_out}, seed {seed}, step {step}: {}",
                stage.text()
            );
        }
        panel.unmount();
    }
}

#[wasm_bindgen_test]
async fn one_changed_attribute_is_one_request_and_another_is_none() {
    let (stage, mut panel) = Stage::set(&[CLUSTER]).await;
    answer(0, 200, &body(&["t1"], 1));
    settled().await;
    stage.host.set_attribute("lang", "zh").unwrap();
    stage.host.set_attribute("lagging-seconds", "60").unwrap();
    panel.update(&language(&stage.host));
    settled().await;
    assert_eq!(request_count(), 1);
    assert!(stage.text().contains("进行中 · 延迟"), "77 s over a threshold of 60 s");
    stage.host.set_attribute("cluster-id", "7").unwrap();
    stage.host.set_attribute("range", "24h").unwrap();
    stage.host.set_attribute("page", "3").unwrap();
    panel.update(&language(&stage.host));
    settled().await;
    assert_eq!(request_count(), 2);
    assert!(
        request_url(1).contains("/clusters/7/")
            && request_url(1).contains("page=3")
            && request_url(1).contains("startTime=")
    );
    assert_eq!((stage.state().as_str(), stage.all("[part=row]").len()), ("loading", 0), "no row of the other cluster");
    panel.unmount();
}

#[wasm_bindgen_test]
async fn an_invalid_cluster_sends_nothing_and_says_so() {
    let (stage, panel) = Stage::set(&[("cluster-id", "1?page=2")]).await;
    settled().await;
    assert_eq!((stage.state().as_str(), request_count()), ("error", 0));
    assert!(stage.text().contains("No valid cluster ID") && stage.text().contains("1?page=2"));
    panel.unmount();
}

#[wasm_bindgen_test]
async fn unmounting_leaves_no_request_listener_timer_or_node() {
    let (stage, panel) = Stage::set(&[CLUSTER]).await;
    answer(0, 200, &body(&["t1"], 1));
    settled().await;
    stage.one(".custom").click();
    stage.one("[part=open]").click();
    stage.one("[part=refresh]").click();
    settled().await;
    assert!(is_open(1) && listener_count() > 0 && timer_count() > 0);
    panel.unmount();
    settled().await;
    assert!(is_aborted(1));
    assert_eq!((listener_count(), timer_count()), (0, 0));
    assert!(stage.shadow.first_child().is_none());
}

#[wasm_bindgen_test]
async fn panels_share_no_state_and_do_not_end_each_other() {
    let (first, first_panel) = Stage::set(&[CLUSTER]).await;
    answer(0, 200, &body(&["t1"], 1));
    settled().await;
    let (second, second_panel) = Stage::set(&[("cluster-id", "7")]).await;
    answer(0, 200, &body(&["t2"], 1));
    settled().await;
    first_panel.unmount();
    settled().await;
    second.one("[part=refresh]").click();
    settled().await;
    answer(1, 200, &body(&["t3"], 1));
    settled().await;
    assert!(second.text().contains("t3") && first.all("[part=row]").is_empty());
    second_panel.unmount();
}

#[wasm_bindgen_test]
fn counts_and_plurals_are_those_of_intl() {
    for locale in Locale::ALL {
        let (texts, tag) = (locale.texts(), js_sys::Array::of1(&locale.tag().into()));
        let options = js_sys::Object::new();
        let numbers = js_sys::Intl::NumberFormat::new(&tag, &options).format();
        let plurals = js_sys::Intl::PluralRules::new(&tag, &options);
        // The categories in the order in which a language lists its forms.
        let order = ["zero", "one", "two", "few", "many", "other"];
        let categories = js_sys::Reflect::get(&plurals.resolved_options(), &"pluralCategories".into()).unwrap();
        let mut known: Vec<String> =
            js_sys::Array::from(&categories).iter().filter_map(|name| name.as_string()).collect();
        known.sort_by_key(|name| order.iter().position(|listed| listed == name));
        for number in (0_u32..1_100).chain([9_999, 10_000, 123_456, 1_000_000, 1_234_567_890]) {
            let written = numbers.call1(&JsValue::UNDEFINED, &f64::from(number).into()).unwrap();
            assert_eq!(Some(texts.number(u64::from(number))), written.as_string(), "{tag:?}");
            let form = (texts.plural)(u64::from(number));
            assert_eq!(known.get(form).cloned(), plurals.select(f64::from(number)).as_string(), "{number} in {tag:?}");
        }
    }
}
