// An OCP that speaks TLS, an authority that vouches for it, and what starts a real server in front of it with a configuration of the archive.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as ask } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { answer } from "./panel.js";
import { HERE, freePort } from "./port.js";

export { HERE };

/** Where the set-up puts the servers, and where Debian has them for those who are not root. */
const PATH = [resolve("../target/tools/bin"), process.env.PATH, "/usr/sbin"].join(delimiter);
export const NAMES = { panel: "panel.example.com", ocp: "ocp.example.com" };

/** A folder with an authority and what it vouches for. */
class Authority {
  constructor(dir, name) {
    this.dir = dir;
    this.name = name;
    this.openssl("req", "-x509", ...this.key(name), "-days", "2", "-subj", `/CN=${name}`, "-out", this.path(`${name}.crt`));
  }

  path(name) {
    return join(this.dir, name);
  }

  openssl(...args) {
    execFileSync("openssl", args, { stdio: "pipe" });
  }

  key(name) {
    return ["-newkey", "rsa:2048", "-nodes", "-keyout", this.path(`${name}.key`)];
  }

  /** A certificate for `host`; the paths of it and of its key. */
  vouchFor(host) {
    const [cert, key, asked, extensions] = ["crt", "key", "csr", "ext"].map((end) => this.path(`${host}.${end}`));
    writeFileSync(extensions, `subjectAltName=${host === HERE ? "IP" : "DNS"}:${host}\nbasicConstraints=CA:FALSE\n`);
    this.openssl("req", ...this.key(host), "-subj", `/CN=${host}`, "-out", asked);
    this.openssl("x509", "-req", "-in", asked, "-CA", this.path(`${this.name}.crt`), "-CAkey", this.path(`${this.name}.key`),
      "-CAcreateserial", "-days", "2", "-extfile", extensions, "-out", cert);
    return { cert, key };
  }
}

const SESSION = "OCP_SESSION=s3cret";
const SIGN_IN = `<!doctype html><title>OCP</title><button>Sign in</button><script src="/umi.5f1c.js"></script>`;
const SIGN_IN_SCRIPT = `document.querySelector("button").onclick = async () => {
  const body = JSON.stringify({ username: "reader", password: "s3cret" });
  await fetch("/api/v1/login", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  document.title = "Signed in";
  const callback = new URLSearchParams(location.search).get("callback");
  if (callback) location.assign(callback);
};`;
/** Of the origin of OCP, which the panel's is not. */
const OF_OCP = { "Access-Control-Allow-Origin": "*", "Clear-Site-Data": '"*"', "Strict-Transport-Security": "max-age=9" };

/** An OCP with `certificate`. It answers whatever it is asked, wants a session for the tasks, and keeps what it heard. */
async function startOcp({ cert, key }) {
  const heard = [];
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      const [status, type, body, more] = reply(request);
      response.writeHead(status, { "Content-Type": type, ...OF_OCP, ...more });
      response.end(body);
    });
  });
  server.listen(0, HERE);
  await once(server, "listening");
  return { heard, port: server.address().port, stop: () => server.close() };
}

function reply({ url, headers }) {
  const json = (status, value, more) => [status, "application/json", JSON.stringify(value), more];
  if (url.split("?")[0] === "/login") return [200, "text/html", SIGN_IN];
  if (url === "/umi.5f1c.js") return [200, "text/javascript", SIGN_IN_SCRIPT];
  if (url === "/api/v1/login") return json(200, { successful: true }, { "Set-Cookie": `${SESSION}; Path=/; HttpOnly; Secure` });
  if (!headers.cookie?.includes(SESSION)) return json(401, { successful: false, status: 401 });
  return json(200, answer([{ tenantName: "t1", status: "RUNNING", delay: 5 }]));
}

/** `text` with each of `changes`, which must be in it. */
export function replaced(text, changes) {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the archive's configuration has no ${from}`);
    return text.replaceAll(from, to);
  }, text);
}

async function answers(port) {
  const socket = connect(port, HERE);
  const isThere = await Promise.race([once(socket, "connect").then(() => true), once(socket, "error").then(() => false)]).catch(() => false);
  socket.destroy();
  return isThere;
}

/**
 * Starts `program` in front of an OCP. The certificate of that is for `host`, by an authority that the server trusts or by another one.
 * `configure` gets the folder of the server and what it listens to and forwards to, and returns its arguments. The server writes what it says to
 * `error.log` there.
 */
export async function startServer(program, { host = NAMES.ocp, isTrusted = true }, configure) {
  const dir = mkdtempSync(join(tmpdir(), `panel-${program}-`));
  const log = () => (existsSync(join(dir, "error.log")) ? readFileSync(join(dir, "error.log"), "utf8") : "");
  const trusted = new Authority(dir, "authority");
  const ocp = await startOcp((isTrusted ? trusted : new Authority(dir, "stranger")).vouchFor(host));
  const own = trusted.vouchFor(HERE);
  const port = await freePort();
  const args = configure({ dir, own, port, ocp: ocp.port, authority: join(dir, "authority.crt") });
  const env = { ...process.env, PATH, HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir };
  const server = spawn(program, args, { env, stdio: "ignore" });
  let ended = "";
  server.on("error", (error) => { ended = error.message; });
  server.on("exit", (code) => { ended ||= `it ended with ${code}`; });
  while (!await answers(port)) {
    if (ended) throw new Error(`${program}, which \`cargo xtask test\` gets, does not run: ${ended}\n${log()}`);
  }
  return {
    origin: `https://${HERE}:${port}`,
    heard: ocp.heard,
    log,
    /** Asks for `path` as it is spelled, which a browser would tidy up. */
    async ask(path, { method = "GET", headers = {}, body } = {}) {
      const asked = ask({ host: HERE, port, path, method, headers, ca: readFileSync(join(dir, "authority.crt")), agent: false });
      asked.end(body);
      const [response] = await once(asked, "response");
      const chunks = await response.toArray();
      return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
    },
    async stop() {
      if (!ended) {
        server.kill();
        await once(server, "exit");
      }
      ocp.stop();
      rmSync(dir, { recursive: true });
    },
  };
}
