// The package as a host gets it: what examples/react installed from the tarball.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "./panel.js";

const folder = new URL("../examples/react/node_modules/ocp-log-backup-panel/", import.meta.url);
const read = (name) => readFileSync(new URL(name, folder));
const json = (name) => JSON.parse(read(name));
const hash = (algorithm, encoding, name) => createHash(algorithm).update(read(name)).digest(encoding);

test("names each of its files with its checksum", () => {
  const files = readdirSync(folder).filter((name) => !["SHA256SUMS", "integrity.json"].includes(name)).sort();
  expect(files).toEqual([
    "LICENSE", "README.md", "custom-elements.json", "en-US.txt", expect.stringMatching(/^later-[0-9a-f]{16}\.wasm$/), "log-backup-panel_bg.wasm", "ocp-log-backup-panel.d.ts",
    "ocp-log-backup-panel.js", "package.json", "react.d.ts", "react.js", "zh-CN.txt",
  ]);
  expect(read("SHA256SUMS").toString()).toBe(files.map((name) => `${hash("sha256", "hex", name)}  ${name}\n`).join(""));
  expect(json("integrity.json")).toEqual(Object.fromEntries(files.map((name) => [name, `sha384-${hash("sha384", "base64", name)}`])));
  for (const link of read("README.md").toString().matchAll(/\]\((?!https?:|#)([^)]+)\)/g)) expect(files).toContain(link[1]);
});

test("is loaded by a script tag that checks its integrity", async ({ panel, page }) => {
  await page.route("**/package/*", (route) => route.fulfill({
    contentType: { wasm: "application/wasm", js: "text/javascript" }[route.request().url().split(".").at(-1)] ?? "text/plain",
    body: read(new URL(route.request().url()).pathname.split("/").at(-1)),
  }));
  await page.route("**/host", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><html lang="en">
    <script type="module" src="/package/ocp-log-backup-panel.js" integrity="${json("integrity.json")["ocp-log-backup-panel.js"]}"></script>
    <ocp-log-backup-panel cluster-id="1000006"></ocp-log-backup-panel>` }));
  await page.goto("/host");
  await panel.rests("ready");
});

test("describes to editors the element that it is", async ({ page }) => {
  await page.goto("/");
  const [element] = json("custom-elements.json").modules[0].declarations;
  const { attributes, members } = await page.evaluate(async (members) => {
    const { OcpLogBackupPanel } = await import("/ocp-log-backup-panel.js");
    return { attributes: OcpLogBackupPanel.observedAttributes, members: members.filter((name) => name in OcpLogBackupPanel.prototype) };
  }, [...element.attributes.map(({ fieldName }) => fieldName), ...element.members.map(({ name }) => name)]);
  expect(element.attributes.map(({ name }) => name).sort()).toEqual([...attributes].sort());
  expect(members).toHaveLength(element.attributes.length + element.members.length);
  expect(element.attributes.every(({ default: value, description }) => value && description)).toBe(true);
});

test("can be imported where there are no elements", async () => {
  const module = await import(new URL("ocp-log-backup-panel.js", folder));
  expect(Object.keys(module).sort()).toEqual(["LINK", "OcpLogBackupPanel", "mountPanel"]);
});
