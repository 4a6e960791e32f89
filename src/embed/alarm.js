// The standalone page's alarm, for whoever switches it on: how many of the tasks shown are critical in the page's title and icon,
// and a notification when another one is. While it is on, the panels go on asking in the background and without anybody there.

const WORDS = {
  en: {
    off: "Alarm: off", on: "Alarm: on", mute: "Alarm: on, without notifications: this browser blocks them", cluster: "Cluster",
    hint: "Shows the number of critical tasks in title and icon, and notifies when another becomes critical. While it is on, this page refreshes in the background, too.",
    critical: (count, names) => `Critical log backup tasks: ${count}${names.length ? ` (${names.join(", ")})` : ""}`,
    gone: (count, names) => `No longer listed: ${count}${names.length ? ` (${names.join(", ")})` : ""}`,
    blind: "Status unknown: OCP sent no new data. Tasks that were critical may still be so.",
  },
  zh: {
    off: "告警提醒：关", on: "告警提醒：开", mute: "告警提醒：开（浏览器不允许通知，仅在标题和图标中提示）", cluster: "集群",
    hint: "在标题和图标中显示严重任务的数量，并在出现新的严重任务时通知。开启期间，页面在后台持续刷新。",
    critical: (count, names) => `严重的日志备份任务：${count} 个${names.length ? `（${names.join("、")}）` : ""}`,
    gone: (count, names) => `已不在列表中的任务：${count} 个${names.length ? `（${names.join("、")}）` : ""}`,
    blind: "状态未知：OCP 未返回新数据。此前的严重任务可能仍然存在。",
  },
};
/** After this silence the count is unknown. */
const SILENT_SECONDS = 180;
const KEY = "ocp-log-backup-panel.alarm";
const remembered = () => {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
};
const remember = (on) => {
  try {
    if (on) localStorage.setItem(KEY, "on");
    else localStorage.removeItem(KEY);
  } catch {
    // It is on for as long as the page is.
  }
};

export function offerAlarm(main, isChinese) {
  const words = isChinese ? WORDS.zh : WORDS.en;
  // By cluster: when it was last heard of, what was asked, how many tasks are critical, the first ones' names, whether it has no log backup
  // at all, and whether that is known to be so still.
  const critical = new Map();
  const panels = () => [...main.querySelectorAll("ocp-log-backup-panel")];
  const clusterOf = (panel) => panel.getAttribute("cluster-id");
  // A link can name a cluster in any words; a notification, which has the browser's own frame, repeats none.
  const nameOf = (cluster) => /^\d{1,19}$/.exec(cluster?.trim())?.[0] ?? "?";
  // Of the clusters on the page; one that was left for another counts no more.
  const states = () => panels().map((panel) => [clusterOf(panel), critical.get(clusterOf(panel))]).filter(([, state]) => state);
  const unknown = () => states().filter(([, { known }]) => !known).map(([cluster]) => cluster);
  const icon = document.querySelector("link[rel=icon]");
  const calm = icon.href;
  const button = main.appendChild(document.createElement("button"));
  button.id = "alarm";
  button.type = "button";
  button.title = words.hint;
  let on = remembered();

  // The browser tells its window of each write to title and icon.
  const write = (object, name, value) => {
    if (object[name] !== value) object[name] = value;
  };
  function show() {
    // An alarm that can't notify must say so.
    const said = globalThis.Notification?.permission === "granted" ? words.on : words.mute;
    write(button, "textContent", on ? said : words.off);
    button.setAttribute("aria-pressed", String(on));
    const count = states().reduce((sum, [, state]) => sum + state.count, 0);
    // An outage must not look better than what was known before it.
    const doubt = unknown().length ? "?" : "";
    const warning = states().some(([, { bare }]) => bare) ? "!" : "";
    const badge = count ? `${Math.min(count, 99)}${doubt}` : doubt || warning;
    const title = document.title.replace(/^\([^)]*\) /, "");
    write(document, "title", on && badge ? `(${badge}) ${title}` : title);
    const color = count ? "#b52727" : "#9a5c06";
    write(icon, "href", on && badge
      ? `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${color}"/><text x="16" y="23" font-family="sans-serif" font-size="${badge.length > 2 ? 15 : 19}" font-weight="700" text-anchor="middle" fill="#fff">${badge}</text></svg>`)}`
      : calm);
  }
  // What the embedder set stays.
  const ours = new WeakSet();
  function attend(panel) {
    if (on && !panel.hasAttribute("unattended")) {
      ours.add(panel);
      panel.setAttribute("unattended", "");
    } else if (!on && ours.delete(panel)) panel.removeAttribute("unattended");
  }
  // A panel that is paused, or a page that the browser froze, knows nothing of now: an alarm that is silent must not look calm.
  setInterval(() => {
    for (const panel of panels()) {
      const state = critical.get(clusterOf(panel));
      const longest = Math.max(3 * (Number(panel.getAttribute("refresh-seconds")) || 0), SILENT_SECONDS) * 1000;
      if (state?.known && Date.now() - state.at > longest) {
        lose(clusterOf(panel), state);
        show();
      }
    }
  }, 10_000);
  function raise(clusters, options) {
    if (!on || globalThis.Notification?.permission !== "granted") return;
    new Notification(`${words.cluster} ${clusters.map(nameOf).join(", ")}`, options).onclick = () => window.focus();
  }
  function notify(panel, kind, count, names) {
    const cluster = clusterOf(panel);
    raise([cluster], { body: words[kind](count, names.filter(Boolean)), tag: `log-backup-${kind}-${cluster}`, renotify: true });
  }
  // What was critical then may be so still, and is no news when it is told again. Clusters that are lost one after the other are one
  // outage: it rings once, and is then told without a sound.
  function lose(cluster, state) {
    const renotify = !unknown().length;
    critical.set(cluster, { count: 0, names: [], ...state, known: false });
    if (state?.known ?? true) raise(unknown(), { body: words.blind, tag: "log-backup-blind", renotify });
  }
  function know(panel, data) {
    const cluster = clusterOf(panel);
    const before = critical.get(cluster);
    const { critical: count, warning } = data.tones;
    const { query, phase } = panel.getState();
    // The whole list, read in the background, is another question than its first page.
    const isList = data.complete || data.tasks > data.pageSize;
    const { page: _page, pageSize: _size, ...list } = query;
    const question = JSON.stringify(isList ? list : query);
    const last = isList ? before?.list : before;
    // What a cache answers was so once. Where no task is listed, the warning is the cluster's own.
    const [known, bare] = [phase !== "stale", warning > 0 && !data.tasks];
    const now = { question, count, names: data.criticalTasks, bare, known, at: Date.now() };
    now.list = isList ? now : before?.list;
    critical.set(cluster, now);
    // Another page or range is another list: what is critical there did not become so now.
    const isSame = last?.question === question;
    // Of more than are named it can't be told which ones are new.
    const isNamed = now.count <= now.names.length && last?.count <= last?.names.length;
    const isAnother = isNamed && now.names.some((name) => !last.names.includes(name));
    if (isSame && (now.count > last.count || isAnother)) notify(panel, "critical", now.count, now.names);
  }
  // `data` is null where it could not be had.
  function hear(panel, data) {
    attend(panel);
    if (data) know(panel, data);
    else lose(clusterOf(panel), critical.get(clusterOf(panel)));
    show();
  }
  button.addEventListener("click", async () => {
    on = !on;
    remember(on);
    panels().forEach(attend);
    show();
    // Without the permission the title and the icon are the alarm.
    if (on && globalThis.Notification?.permission === "default") await Notification.requestPermission();
    show();
  });
  main.addEventListener("ocp-data-load", ({ target, detail }) => hear(target, detail));
  // OceanBase itself leaves interrupted tasks out of its list.
  main.addEventListener("ocp-task-change", ({ target, detail }) => {
    // From a page of a longer list, or a range, a task also goes where others come.
    const { data, query } = target.getState();
    const isWhole = query?.range === "all" && data?.complete;
    if (detail.change === "gone" && isWhole) notify(target, "gone", detail.count, detail.tasks);
  });
  // What is not known may be critical.
  main.addEventListener("ocp-error", ({ target }) => hear(target, null));
  for (const panel of panels()) {
    const { data, error } = panel.getState();
    if (data) hear(panel, data);
    if (error) hear(panel, null);
  }
  show();
}
