// The standalone page's alarm, for whoever switches it on: how many tasks are critical in the page's title and icon, and a
// notification when there are more than before.

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

export function offerAlarm(main, words) {
  const critical = new Map();
  const icon = document.querySelector("link[rel=icon]");
  const calm = icon.href;
  const button = main.appendChild(document.createElement("button"));
  button.id = "alarm";
  button.type = "button";
  let on = remembered();

  // The browser tells its window of each write to title and icon.
  const write = (object, name, value) => {
    if (object[name] !== value) object[name] = value;
  };
  function show() {
    write(button, "textContent", on ? words.alarmOn : words.alarmOff);
    button.setAttribute("aria-pressed", String(on));
    const states = [...critical.values()];
    const count = states.reduce((sum, state) => sum + (state ?? 0), 0);
    const badge = count ? String(Math.min(count, 99)) : states.includes(null) ? "?" : "";
    const title = document.title.replace(/^\([^)]*\) /, "");
    write(document, "title", on && badge ? `(${badge}) ${title}` : title);
    const color = count ? "#b52727" : "#9a5c06";
    write(icon, "href", on && badge
      ? `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${color}"/><text x="16" y="23" font-family="sans-serif" font-size="19" font-weight="700" text-anchor="middle" fill="#fff">${badge}</text></svg>`)}`
      : calm);
  }
  function know(cluster, state) {
    const before = critical.get(cluster);
    critical.set(cluster, state);
    if (on && state > (before ?? 0) && before !== undefined && globalThis.Notification?.permission === "granted") {
      new Notification(`${words.cluster} ${cluster}`, { body: words.critical(state), tag: `log-backup-${cluster}` });
    }
    show();
  }
  button.addEventListener("click", async () => {
    on = !on;
    remember(on);
    show();
    // Without the permission the title and the icon are the alarm.
    if (on && globalThis.Notification?.permission === "default") await Notification.requestPermission();
  });
  main.addEventListener("ocp-data-load", ({ detail }) => know(detail.clusterId, detail.tones.critical));
  // What is not known may be critical.
  main.addEventListener("ocp-error", ({ target }) => know(target.getAttribute("cluster-id"), null));
  for (const panel of main.querySelectorAll("ocp-log-backup-panel")) {
    const { data, error } = panel.getState();
    if (data) know(data.clusterId, error ? null : data.tones.critical);
    else if (error) know(panel.getAttribute("cluster-id"), null);
  }
  show();
}
