// The standalone page: the panel's first embedder. It maps the page's URL to the element's attributes and back.

// Imported here and not by a script of its own, so that the attributes are set before the first panel can start.
import { LINK } from "./ocp-log-backup-panel.js";

const PARAMETERS = { ...LINK, scope: "scope", lang: "lang", lagging: "lagging-seconds", critical: "critical-seconds", refresh: "refresh-seconds" };
const panel = document.querySelector("ocp-log-backup-panel");

const WORDS = {
  en: {
    title: "Log backup", signIn: "Sign in to OCP", back: "All clusters",
    missing: "A file of this page could not be loaded. Reload the page.",
  },
  zh: {
    title: "日志备份", signIn: "登录 OCP", back: "全部集群",
    missing: "本页面的一个文件加载失败。请刷新页面。",
  },
};
const isChinese = () => document.documentElement.lang.toLowerCase().startsWith("zh");

function readUrl() {
  const url = new URLSearchParams(location.search);
  for (const [parameter, attribute] of Object.entries(PARAMETERS)) {
    let value = url.get(parameter) ?? panel.dataset[parameter] ?? null;
    if (attribute === "time-zone") {
      // A link without a zone leaves the viewer's.
      if (value == null) continue;
      if (value === new Intl.DateTimeFormat().resolvedOptions().timeZone) value = "local";
    }
    // Only what differs: whoever watches the page hears of writes that change nothing, too.
    if (value === panel.getAttribute(attribute)) continue;
    if (value == null) panel.removeAttribute(attribute);
    else panel.setAttribute(attribute, value);
  }
  // Not from the URL: a link to this page must not make it show another server's data, or lead to that one's sign-in.
  if (panel.dataset.base) panel.setAttribute("base-url", panel.dataset.base);
  panel.setAttribute("link-base", "");
  if (Number(url.get("v") ?? 1) > 1) console.warn("This link was made by a later version of this page; what this one does not know of it is left out.");
  const language = url.get("lang") ?? navigator.language;
  // The browser styles the whole page anew for it.
  if (document.documentElement.lang !== language) document.documentElement.lang = language;
  const [badge = ""] = /^\([^)]*\) /.exec(document.title) ?? [];
  // A link can name a cluster in any words; those do not belong where the page speaks for itself.
  const [cluster] = /^\d{1,19}$/.exec(panel.getAttribute("cluster-id")?.trim()) ?? [];
  const title = badge + [cluster, words().title].filter(Boolean).join(" · ");
  // The browser tells its window of each write.
  if (document.title !== title) document.title = title;
}
const words = () => (isChinese() ? WORDS.zh : WORDS.en);

// A question is a step to go back to; each letter of a filter is none.
for (const [event, write] of [["ocp-query-change", "pushState"], ["ocp-filter-change", "replaceState"]]) {
  panel.addEventListener(event, () => {
    const link = panel.getLink("");
    if (link !== location.href) history[write](null, "", link);
    readUrl();
  });
}
// The way to sign in, where OCP has one on this origin or at the base URL.
panel.addEventListener("ocp-auth-required", () => {
  const link = document.querySelector("#sign-in") ?? document.createElement("a");
  link.id = "sign-in";
  link.href = `${(panel.getAttribute("base-url") ?? "").replace(/\/$/, "")}/login`;
  link.textContent = words().signIn;
  panel.before(link);
});
new MutationObserver(() => {
  if (panel.dataset.state === "ready" || panel.dataset.state === "empty") document.querySelector("#sign-in")?.remove();
}).observe(panel, { attributeFilter: ["data-state"] });
readUrl();

const main = panel.parentElement;
const url = new URLSearchParams(location.search);
const clusters = [...new Set((url.get("clusters") ?? "").split(",").map((cluster) => cluster.trim()).filter(Boolean))];
if (clusters.length && !url.has("cluster")) {
  const given = [...panel.attributes].map(({ name, value }) => [name, value]);
  const parameters = Object.fromEntries(given.filter(([name]) => name !== "page" && !name.startsWith("data-")));
  parameters["page-size"] = url.get("size") ?? "100";
  document.title = words().title;
  const grid = document.createElement("div");
  // At once, so that the page's own panel does not start.
  panel.replaceWith(grid);
  import("./overview.js").then(({ showOverview }) => showOverview(grid, clusters, parameters, isChinese()), (error) => {
    console.info("overview.js:", error);
    grid.role = "alert";
    grid.textContent = words().missing;
  });
} else {
  addEventListener("popstate", readUrl);
  if (clusters.length) {
    const back = document.createElement("a");
    back.id = "back";
    url.delete("cluster");
    back.href = `?${url}`;
    back.textContent = words().back;
    panel.before(back);
  }
}
// After the rows are painted: whoever needs it has time to switch it on. After a failure, too: one that is on says that nothing is known.
const ANSWERS = ["ocp-data-load", "ocp-error"];
const onNextAnswer = () => ANSWERS.forEach((event) => main.addEventListener(event, offerAlarm));
// The browser does not load a module again that once failed, but under another address.
let alarm = "./alarm.js";
function offerAlarm() {
  ANSWERS.forEach((event) => main.removeEventListener(event, offerAlarm));
  setTimeout(async () => {
    try {
      (await import(alarm)).offerAlarm(main, isChinese());
    } catch (error) {
      // The button is missing by then; the next answer tries again.
      console.info("alarm.js:", error);
      alarm = `./alarm.js?${Date.now()}`;
      onNextAnswer();
    }
  }, 200);
}
onNextAnswer();
