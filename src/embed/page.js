// The standalone page: the panel's first embedder. It maps the page's URL to the element's attributes and back.

// Imported here and not by a script of its own, so that the attributes are set before the first panel can start.
import "./ocp-log-backup-panel.js";

const PARAMETERS = {
  cluster: "cluster-id", range: "range", start: "start", end: "end", page: "page", size: "page-size",
  lang: "lang", lagging: "lagging-seconds", critical: "critical-seconds", refresh: "refresh-seconds",
};
const panel = document.querySelector("ocp-log-backup-panel");

const isChinese = () => document.documentElement.lang.toLowerCase().startsWith("zh");

function readUrl() {
  const url = new URLSearchParams(location.search);
  for (const [parameter, attribute] of Object.entries(PARAMETERS)) {
    const value = url.get(parameter) ?? panel.dataset[parameter];
    if (value == null) panel.removeAttribute(attribute);
    else panel.setAttribute(attribute, value);
  }
  // Not from the URL: a link to this page must not make it show another server's data, or lead to that one's sign-in.
  if (panel.dataset.base) panel.setAttribute("base-url", panel.dataset.base);
  document.documentElement.lang = url.get("lang") ?? navigator.language;
  document.title = [panel.getAttribute("cluster-id"), isChinese() ? "日志备份" : "Log backup"].filter(Boolean).join(" · ");
}

panel.addEventListener("ocp-query-change", ({ detail }) => {
  const url = new URL(location.href);
  const parameters = {
    cluster: detail.clusterId,
    range: detail.range === "all" ? null : detail.range,
    start: detail.start,
    end: detail.end,
    page: detail.page === "1" ? null : detail.page,
    size: detail.pageSize,
  };
  for (const [parameter, value] of Object.entries(parameters)) {
    if (value == null) url.searchParams.delete(parameter);
    else url.searchParams.set(parameter, value);
  }
  if (url.href !== location.href) history.pushState(null, "", url);
  readUrl();
});
// The way to sign in, where OCP has one on this origin or at the base URL.
panel.addEventListener("ocp-auth-required", () => {
  const link = document.querySelector("#sign-in") ?? document.createElement("a");
  link.id = "sign-in";
  link.href = `${(panel.getAttribute("base-url") ?? "").replace(/\/$/, "")}/login`;
  link.textContent = isChinese() ? "登录 OCP" : "Sign in to OCP";
  panel.before(link);
});
new MutationObserver(() => {
  if (panel.dataset.state === "ready" || panel.dataset.state === "empty") document.querySelector("#sign-in")?.remove();
}).observe(panel, { attributeFilter: ["data-state"] });
addEventListener("popstate", readUrl);
readUrl();
