// The standalone page's console: what the wasm asks of the browser (`src/view/console/page.rs`), and its start. It decides nothing.
import { OcpLogBackupPanel } from "./ocp-log-backup-panel.js";

const icon = document.querySelector("link[rel=icon]");
const calm = icon.href;
let bell;
let isMute = false;
let awake;

// The browser tells its window of each write.
const write = (object, name, value) => {
  if (object[name] !== value) object[name] = value;
};

const refused = (error) => console.info("ocp-log-backup-panel:", error);

/** Keeps the screen on, or no longer. */
function keepAwake(isWanted) {
  awake?.then((lock) => lock.release(), refused);
  awake = isWanted ? navigator.wakeLock?.request("screen") : undefined;
  awake?.catch(refused);
}

const browser = {
  badge({ text, color }) {
    const title = document.title.replace(/^\([^)]*\) /, "");
    write(document, "title", text ? `(${text}) ${title}` : title);
    const size = text.length > 2 ? 15 : 19;
    const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${color}"/><text x="16" y="23" font-family="sans-serif" font-size="${size}" font-weight="700" text-anchor="middle" fill="#fff">${text}</text></svg>`;
    write(icon, "href", text ? `data:image/svg+xml,${encodeURIComponent(picture)}` : calm);
  },
  may_notify: () => !isMute && globalThis.Notification?.permission === "granted",
  async ask_to_notify() {
    if (globalThis.Notification?.permission === "default") await Notification.requestPermission();
  },
  notify({ title, ...options }) {
    try {
      if (browser.may_notify()) new Notification(title, options).onclick = () => focus();
    } catch (error) {
      // Chrome on Android lets only service workers notify.
      isMute = true;
      refused(error);
    }
  },
  /** Whether it would be heard: until the user has clicked or pressed a key, a browser plays nothing. */
  may_sound() {
    if (!bell) {
      bell = new AudioContext();
      bell.onstatechange = () => dispatchEvent(new Event("ocp-sound-change"));
    }
    return bell.state === "running";
  },
  async sound() {
    // In time, or not at all.
    const wanted = Date.now();
    browser.may_sound();
    await bell.resume();
    if (Date.now() - wanted > 2000) return;
    [880, 660].forEach((frequency, index) => {
      const [tone, volume] = [bell.createOscillator(), bell.createGain()];
      const start = bell.currentTime + index * 0.25;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.2, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.24);
      tone.connect(volume).connect(bell.destination);
      tone.start(start);
      tone.stop(start + 0.25);
    });
  },
  fill_screen({ is_full: isFull }) {
    document.documentElement.toggleAttribute("data-wall", isFull);
    // Without a click, as after a reload, the browser leaves the page in its window.
    if (isFull && navigator.userActivation?.isActive !== false) document.documentElement.requestFullscreen?.().catch(refused);
    else if (document.fullscreenElement) document.exitFullscreen().catch(refused);
    keepAwake(isFull);
  },
  here: () => location.pathname + location.search,
  address: ({ search }) => history.replaceState(null, "", search),
  reload_without({ parameter }) {
    const url = new URL(location);
    url.searchParams.delete(parameter);
    // An address that differs only after its # is not loaded again.
    history.replaceState(null, "", url);
    location.reload();
  },
  theme({ name }) {
    if (name) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
  },
};

for (const event of ["pointerdown", "keydown"]) addEventListener(event, () => bell?.resume());
// The browser let go of the screen while it showed something else.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && document.documentElement.hasAttribute("data-wall")) keepAwake(true);
});

// While the mouse moves, a wall screen shows the way out.
let still;
addEventListener("pointermove", () => {
  document.documentElement.toggleAttribute("data-moved", true);
  clearTimeout(still);
  still = setTimeout(() => document.documentElement.toggleAttribute("data-moved", false), 3000);
});

const leave = () => dispatchEvent(new Event("ocp-screen-left"));
document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement) leave();
});
addEventListener("keydown", ({ key }) => {
  if (key === "Escape") leave();
});

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = new URL("./console.css", import.meta.url);
const styled = new Promise((resolve, reject) => {
  style.onload = resolve;
  style.onerror = () => reject(new Error("console.css"));
});
document.head.append(style);

/** Shows the console in `root`, anew where an earlier one has stopped. */
export async function show(given) {
  await styled;
  const isShown = await new Promise((resolve, reject) => {
    const shown = ({ is_shown: isShown }) => resolve(isShown);
    OcpLogBackupPanel.console(given.root, (more) => {
      const all = { ...browser, ...given, ...more, shown };
      return (name, json) => (typeof all[name] === "function" ? all[name](JSON.parse(json)) : all[name]);
    }).catch(reject);
  });
  if (!isShown) throw new Error("the second wasm file");
}
