// Two programs: the micro-frontend, and the page that holds it, by any of three frameworks.
import { copyFileSync, mkdirSync } from "node:fs";

const copy = (from, to) => ({
  apply: (compiler) => compiler.hooks.done.tap("copy", () => {
    mkdirSync(new URL("dist/app/", import.meta.url), { recursive: true });
    copyFileSync(new URL(from, import.meta.url), new URL(`dist/${to}`, import.meta.url));
  }),
});

// A script that a framework runs for us has no address of its own, so that its files need theirs.
const publicPath = process.env.PUBLIC_PATH ?? "/examples/micro-frontends/dist/";
const performance = { hints: false };

export default [
  {
    entry: "./src/app.js",
    // qiankun looks for its functions in a library of the window.
    output: { path: new URL("dist/app", import.meta.url).pathname, filename: "app.js", publicPath: `${publicPath}app/`, library: { name: "logBackup", type: "umd" } },
    plugins: [copy("src/app.html", "app/index.html"), copy("src/app.css", "app/app.css")],
    performance,
  },
  {
    entry: "./src/host.js",
    output: { path: new URL("dist", import.meta.url).pathname, filename: "host.js", publicPath },
    plugins: [copy("src/host.html", "index.html"), copy("src/host.css", "host.css")],
    performance,
  },
];
