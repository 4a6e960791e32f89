// Loads the second wasm file, which shares memory and functions with the first. The build puts this beside wasm-bindgen's
// glue in one file, under the name that `wasm-split-cli` imports it by, and puts the file's name for LATER: it holds a hash of
// both wasm files, since one of another build would corrupt this one's memory.
import { initSync } from "./log-backup-panel.js";

/** The style of what the file brings, from a section of the file. */
export const laterStyle = new CSSStyleSheet();

let loading;

async function load() {
  const answer = await fetch(new URL("./LATER", import.meta.url), { signal: AbortSignal.timeout(30000) });
  if (!answer.ok) throw new Error(`LATER: HTTP ${answer.status}`);
  // Not streamed: a server may not know wasm's media type, and the file is small.
  const file = await WebAssembly.compile(await answer.arrayBuffer());
  laterStyle.replaceSync(new TextDecoder().decode(WebAssembly.Module.customSections(file, "style")[0]));
  await WebAssembly.instantiate(file, { __wasm_split: initSync() });
}

// Calls the function `callback` of the wasm's table with `data` and whether the file is there.
export async function __wasm_split_load_later(callback, data) {
  let loaded = true;
  try {
    await (loading ??= load());
  } catch (error) {
    // No error yet: whoever wants the file is told by the panel, and most often nobody does.
    console.info("<ocp-log-backup-panel>:", error);
    loading = undefined;
    loaded = false;
  }
  initSync().__indirect_function_table.get(callback)(data, loaded);
}
