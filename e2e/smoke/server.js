// What the smoke tests load: the pages of a host, the built panel, and answers that a test has set; all else comes from the preview server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request as ask } from "node:http";

import { HERE, freePort } from "../port.js";

const ENDPOINT = /\/api\/v2\/ob\/clusters\/([^/]+)\/backup\/task\/logBackupTasks$/;

/** Until the server there answers. */
function answers(port, until = Date.now() + 30_000) {
  return new Promise((resolve, reject) => {
    const attempt = () => {
      const request = ask({ port, host: HERE, path: "/" }, (response) => { response.resume(); resolve(); });
      request.on("error", (error) => (Date.now() > until ? reject(error) : setTimeout(attempt, 50)));
      request.end();
    };
    attempt();
  });
}

export class Server {
  /** What was asked of OCP's endpoint, since `reset`. */
  asked = [];
  /** Pages by path, and what answers OCP's endpoint in place of the preview server. */
  pages = {};
  answer;

  static async start() {
    const server = new Server();
    server.port = await freePort();
    const preview = process.env.PREVIEW ?? "../target/debug/preview";
    server.preview = spawn(preview, ["--dist", "../dist", "--examples", "../examples", "--port", server.port], { stdio: "ignore" });
    await answers(server.port);
    server.http = createServer((request, response) => server.#serve(request, response)).listen(0, HERE);
    await once(server.http, "listening");
    server.origin = `http://${HERE}:${server.http.address().port}`;
    return server;
  }

  reset() {
    [this.asked, this.pages, this.answer] = [[], {}, undefined];
  }

  /** Makes a cluster play a fault of the preview server. */
  async fault(cluster, name) {
    const played = await fetch(`http://${HERE}:${this.port}/preview/clusters/${cluster}/fault/${name}`, { method: "PUT" });
    if (played.status !== 204) throw new Error(`no fault ${name}`);
  }

  #serve(request, response) {
    const url = new URL(request.url, this.origin);
    if (ENDPOINT.test(url.pathname)) {
      this.asked.push({ url, headers: request.headers });
      const answer = this.answer?.(url, this.asked.length);
      if (answer) {
        response.writeHead(answer.status ?? 200, { "Content-Type": "application/json", ...answer.headers });
        response.end(JSON.stringify(answer.body));
        return;
      }
    }
    const page = this.pages[url.pathname];
    if (page !== undefined) {
      const { body = page, headers } = page;
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", ...headers });
      response.end(body);
      return;
    }
    const headers = { ...request.headers, host: `${HERE}:${this.port}` };
    // The preview server refuses what pages of other origins send.
    delete headers.origin;
    delete headers["sec-fetch-site"];
    const forward = ask({ port: this.port, host: HERE, path: request.url, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, { ...answer.headers, ...this.headers });
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    forward.on("error", () => response.destroy());
    request.on("error", () => forward.destroy());
    request.pipe(forward);
  }

  close() {
    this.http.close();
    this.http.closeAllConnections();
    this.preview.kill();
  }
}
