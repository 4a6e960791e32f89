// The page: two micro-frontends by the framework that its address names, such as ?framework=qiankun&sandbox=strict.
const url = new URLSearchParams(location.search);
const [framework, sandbox] = [url.get("framework") ?? "qiankun", url.get("sandbox") ?? ""];
const entry = new URL("./app/index.html", location.href).href;
const output = document.querySelector("output");

const props = (cluster) => ({
  cluster,
  onOpen: (tenant) => { output.textContent += `${tenant}; `; },
  headers: () => ({ "X-Console": framework }),
});

/** For each framework: what opens a micro-frontend in `place`, and returns what closes it. */
const FRAMEWORKS = {
  // Sandboxes: the default; `strict` (strictStyleIsolation, in a shadow root); `scoped` (experimentalStyleIsolation).
  async qiankun(name, place, props) {
    const { loadMicroApp } = await import("qiankun");
    const styles = { strict: { strictStyleIsolation: true }, scoped: { experimentalStyleIsolation: true } };
    const app = loadMicroApp({ name, entry, container: place, props }, { sandbox: styles[sandbox] ?? true });
    await app.mountPromise;
    return () => app.unmount();
  },
  // Sandboxes: the default, of proxies; `iframe`.
  async "micro-app"(name, place, props) {
    const { default: microApp } = await import("@micro-zoe/micro-app");
    if (!microApp.hasInit) microApp.start();
    // In frames, elements are still made in this page: it must know ours.
    if (sandbox === "iframe") await import("ocp-log-backup-panel");
    const app = document.createElement("micro-app");
    app.setAttribute("name", name);
    app.setAttribute("url", entry);
    app.setAttribute("router-mode", "pure");
    if (sandbox === "iframe") app.setAttribute("iframe", "");
    app.data = props;
    const mounted = new Promise((resolve) => { app.addEventListener("mounted", resolve, { once: true }); });
    place.append(app);
    await mounted;
    return () => app.remove();
  },
  // The default, a web component; `degrade`, in frames.
  async wujie(name, place, props) {
    const { destroyApp, setupApp, startApp } = await import("wujie");
    setupApp({ name, url: entry, el: place, exec: true, alive: url.has("alive"), degrade: sandbox === "degrade", props });
    await startApp({ name });
    // Kept alive, it stays as it is while its place is empty.
    return () => (url.has("alive") ? place.replaceChildren() : destroyApp(name));
  },
};

const places = [["log-backup-1", "#first", 1000006], ["log-backup-2", "#second", 1000005]];
let close = [];
async function open() {
  const open = FRAMEWORKS[framework];
  for (const [name, place, cluster] of places) close.push(await open(name, document.querySelector(place), props(cluster)));
  document.body.dataset.open = "yes";
}
document.querySelector("#leave").addEventListener("click", async () => {
  for (const each of close) await each();
  close = [];
  document.body.dataset.open = "no";
});
document.querySelector("#return").addEventListener("click", open);
open();
