// The three sites, compressed once and held in memory, and OCP's endpoint before simulated tasks.
import { createServer } from "node:http";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { count, envelopeDate, task } from "./tasks.js";

const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css",
  js: "text/javascript",
  wasm: "application/wasm",
  woff2: "font/woff2",
  svg: "image/svg+xml",
};
const API = /^\/api\/v2\/ob\/clusters\/(\d+)\/backup\/task\/logBackupTasks$/;
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

/** Files that are packed already are not packed again. */
function pack(name, body) {
  const ending = name.split(".").at(-1);
  const plain = ending === "woff2";
  return {
    type: TYPES[ending] ?? "application/octet-stream",
    body: plain ? body : brotliCompressSync(body, quality),
    encoding: plain ? {} : { "content-encoding": "br" },
  };
}

function filesBelow(folder, prefix) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz|map)$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const url = posix.join(prefix, path.slice(folder.length).replaceAll("\\", "/"));
      return [url.replace(/index\.html$/, ""), pack(entry.name, readFileSync(path))];
    });
}

/** N panels on one page, embedded as `docs/embedding.md` says. */
function manyPanels(search) {
  const of = (name) => Number(search.get(name));
  const element = (_, index) =>
    `<main><ocp-log-backup-panel cluster-id="${of("cluster") + index}" page-size="${of("size")}" scope="page" refresh-seconds="0" lang="en"></ocp-log-backup-panel></main>`;
  const body = Array.from({ length: of("panels") }, element).join("");
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="./ocp-log-backup-panel.js"></script>${body}`;
}

/** Starts the server for `sites`, a map from name to folder. `latency` delays answers of the endpoint, in ms. */
export async function serve(sites, { port = 0, latency = 0 } = {}) {
  const files = new Map(Object.entries(sites).flatMap(([name, folder]) => filesBelow(folder, `/${name}/`)));
  let base = Date.now();
  let generation = 0;
  let passed = 0;
  let sent = [];

  function tasks(cluster, search) {
    const size = Math.min(Math.max(1, Number(search.get("size")) || 10), 20_000);
    const page = Math.max(1, Number(search.get("page")) || 1);
    const total = count(cluster);
    const from = (page - 1) * size;
    const shown = Math.max(0, Math.min(size, total - from));
    const contents = Array.from({ length: shown }, (_, index) => task(cluster, from + index, base, generation, passed));
    return JSON.stringify({
      data: { contents, page: { number: page, size: shown, totalElements: total, totalPages: Math.ceil(total / size) } },
      duration: 7, server: "a83ad33525", status: 200, successful: true, timestamp: envelopeDate(Date.now() + passed), traceId: "0e74add7846c479c",
    });
  }

  function answer(request) {
    const { pathname, searchParams } = new URL(request.url, "http://bench");
    const [, cluster] = API.exec(pathname) ?? [];
    if (cluster) return { type: "application/json;charset=UTF-8", body: tasks(Number(cluster), searchParams), api: true };
    if (request.method === "POST" && pathname === "/bench/generation") {
      generation++;
      return { type: "text/plain", body: String(generation) };
    }
    if (pathname === "/blank") return pack("blank.html", "<!doctype html><title>blank</title>");
    if (pathname === "/ours/panels") return pack("panels.html", manyPanels(searchParams));
    return files.get(pathname);
  }

  const server = createServer(async (request, response) => {
    const found = answer(request);
    if (!found) return response.writeHead(404).end();
    if (found.api && latency) await new Promise((resolve) => setTimeout(resolve, latency));
    const headers = { "content-type": found.type, "cache-control": found.api ? "no-store" : "no-cache", ...found.encoding };
    response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(found.body) });
    sent.push({ path: request.url, type: found.type, bytes: Buffer.byteLength(found.body), api: !!found.api });
    response.end(found.body);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));

  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** Forgets what was sent and starts the tasks anew at the present time. */
    reset() {
      base = Date.now();
      generation = 0;
      passed = 0;
      sent = [];
    },
    /** Turns OCP's clock on by `time` ms. */
    pass(time) {
      passed += time;
    },
    sent: () => sent,
    /** How often the endpoint has answered. */
    asked: () => sent.filter(({ api }) => api).length,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
