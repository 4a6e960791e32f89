// A free port of this machine, for the servers that tests start.
import { once } from "node:events";
import { createServer } from "node:net";

export const HERE = "127.0.0.1";

export async function freePort() {
  const server = createServer().listen(0, HERE);
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
