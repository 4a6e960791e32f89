// The standalone page for several clusters, `?clusters=1,2,3`: a panel in short form for each, side by side. Each asks and fails on
// its own, so one that can't be had hides no other.

/** How many panels may await their first answer at a time. */
const AT_ONCE = 4;

export function showOverview(grid, clusters, parameters, words) {
  grid.className = "overview";
  const waiting = clusters.map((cluster) => {
    const card = grid.appendChild(document.createElement("article"));
    const link = card.appendChild(document.createElement("h2")).appendChild(document.createElement("a"));
    const open = new URLSearchParams(location.search);
    open.set("cluster", cluster);
    link.href = `?${open}`;
    link.textContent = `${words.cluster} ${cluster}`;
    const panel = document.createElement("ocp-log-backup-panel");
    for (const [name, value] of Object.entries({ ...parameters, "cluster-id": cluster, view: "summary" })) panel.setAttribute(name, value);
    return () => {
      card.append(panel);
      return new Promise((settled) => {
        new MutationObserver((_, observer) => {
          if (panel.dataset.state === "loading") return;
          observer.disconnect();
          settled();
        }).observe(panel, { attributeFilter: ["data-state"] });
      });
    };
  });
  const next = async () => {
    for (let start = waiting.shift(); start; start = waiting.shift()) await start();
  };
  for (let lane = 0; lane < AT_ONCE; lane += 1) next();
}
