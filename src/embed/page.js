// The standalone page: the panel's first embedder. It maps the page's URL to the element's attributes and back.

const PARAMETERS = {
  cluster: "cluster-id", base: "base-url", range: "range", start: "start", end: "end", page: "page", size: "page-size",
  lang: "lang", lagging: "lagging-seconds", critical: "critical-seconds",
};
const panel = document.querySelector("ocp-log-backup-panel");

function readUrl() {
  const url = new URLSearchParams(location.search);
  for (const [parameter, attribute] of Object.entries(PARAMETERS)) {
    const value = url.get(parameter) ?? panel.dataset[parameter];
    if (value == null) panel.removeAttribute(attribute);
    else panel.setAttribute(attribute, value);
  }
  document.documentElement.lang = url.get("lang") ?? navigator.language;
  const cluster = panel.getAttribute("cluster-id");
  if (cluster) document.title = `${cluster} · Log backup`;
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
addEventListener("popstate", readUrl);
readUrl();
