// The standalone page: it maps the page's URL to the attributes of the panel and back, and starts the console around it.

// Imported here and not by a script of its own, so that the attributes are set before the first panel can start.
import { LINK, OcpLogBackupPanel } from "./ocp-log-backup-panel.js";

const PARAMETERS = { ...LINK, scope: "scope", lang: "lang", lagging: "lagging-seconds", critical: "critical-seconds", refresh: "refresh-seconds" };
const root = document.documentElement;
const panel = document.querySelector("ocp-log-backup-panel");
const bar = document.querySelector("#console");
const { dataset } = panel;

const WORDS = {
  en: { title: "Log backup", failed: "This page could not be loaded, or has stopped.", reload: "Reload the page" },
  zh: { title: "日志备份", failed: "本页面加载失败或已停止运行。", reload: "刷新页面" },
};
const words = () => (root.lang.toLowerCase().startsWith("zh") ? WORDS.zh : WORDS.en);
const kept = (name) => {
  try {
    return localStorage.getItem(`ocp-log-backup-panel.${name}`);
  } catch {
    return null;
  }
};

/** Writes only what differs: whoever watches the page hears of writes that change nothing, too. */
function setAttribute(attribute, value) {
  if (value === panel.getAttribute(attribute)) return;
  if (value == null) panel.removeAttribute(attribute);
  else panel.setAttribute(attribute, value);
}

function readUrl() {
  const url = new URLSearchParams(location.search);
  for (const [parameter, attribute] of Object.entries(PARAMETERS)) {
    let value = url.get(parameter) ?? dataset[parameter] ?? null;
    if (attribute === "time-zone") {
      // A link without a zone leaves the viewer's.
      if (value == null) continue;
      if (value === new Intl.DateTimeFormat().resolvedOptions().timeZone) value = "local";
    }
    setAttribute(attribute, value);
  }
  // Not from the URL: a link to this page must not make it show another server's data, or lead to that one's sign-in.
  if (dataset.base) setAttribute("base-url", dataset.base);
  setAttribute("link-base", "");
  if (Number(url.get("v") ?? 1) > 1) console.warn("This link is of a later version of this page.");
  const language = url.get("lang") ?? kept("lang") ?? dataset.lang ?? navigator.language;
  // The browser styles the whole page anew for it.
  if (root.lang !== language) root.lang = language;
  const [badge = ""] = /^\([^)]*\) /.exec(document.title) ?? [];
  // A link can name a cluster in any words; those do not belong where the page speaks for itself.
  const [cluster] = /^\d{1,19}$/.exec(panel.getAttribute("cluster-id")?.trim()) ?? [];
  const title = badge + [cluster, words().title].filter(Boolean).join(" · ");
  // The browser tells its window of each write.
  if (document.title !== title) document.title = title;
}
const theme = kept("theme");
if (theme) root.dataset.theme = theme;
readUrl();

const url = new URLSearchParams(location.search);
/** Whether the page is about one cluster. Otherwise the console shows all there is; but in a browser that is too old, the panel says so. */
const isOne = OcpLogBackupPanel.missing.length || url.get("cluster")?.trim() || panel.getAttribute("cluster-id")?.trim() && !url.has("clusters");
if (isOne) {
  // A question is a step to go back to; each letter of a filter is none.
  for (const [event, write] of [["ocp-query-change", "pushState"], ["ocp-filter-change", "replaceState"]]) {
    panel.addEventListener(event, () => {
      const link = panel.getLink("");
      if (link !== location.href) history[write](null, "", link);
      readUrl();
    });
  }
  addEventListener("popstate", readUrl);
} else {
  // At once, so that the page's own panel does not start.
  panel.parentElement.remove();
  document.title = words().title;
}

/** Says that something is wrong, and offers to load the page again. */
function fail() {
  const [box, link] = [document.createElement("p"), document.createElement("a")];
  box.role = "alert";
  box.className = "failed";
  link.href = "";
  link.textContent = words().reload;
  box.append(`${words().failed} `, link);
  bar.replaceChildren(box);
}

// The browser does not load a module again that once failed, but under another address.
let script = "./console.js";
async function showConsole() {
  const url = new URLSearchParams(location.search);
  if (isOne) url.set("cluster", panel.getAttribute("cluster-id"));
  try {
    await (await import(script)).show({ root: bar, panel, search: url.toString() });
  } catch (error) {
    console.info("console.js:", error);
    script = `./console.js?${Date.now()}`;
    // The panel goes on without it, and the next answer tries again.
    if (isOne) onNextAnswer();
    else fail();
  }
}
// After the rows are painted. After a failure, too: an alarm that is on says that nothing is known.
const ANSWERS = ["ocp-data-load", "ocp-error"];
const onNextAnswer = () => ANSWERS.forEach((event) => panel.addEventListener(event, later));
function later({ detail }) {
  // What stopped can be started again; the console follows it then.
  if (detail.kind === "stopped") return;
  ANSWERS.forEach((event) => panel.removeEventListener(event, later));
  setTimeout(showConsole, 200);
}
OcpLogBackupPanel.onStop = () => {
  // An alarm that has stopped must not look calm.
  document.title = `(?) ${document.title.replace(/^\([^)]*\) /, "")}`;
  fail();
  if (isOne) onNextAnswer();
};
if (isOne) onNextAnswer();
else showConsole();
