// Loads the second wasm file, which shares memory and functions with the first. A release puts this beside wasm-bindgen's glue
// in one script (`xtask/src/release.rs`), under the name that wasm-split-cli imports it by, and the file's name in place of `LATER_WASM`.
// That name holds a hash of both wasm files: one of another build would corrupt this one's memory.
import { initSync } from "./log-backup-panel.js";

let loading;

async function load() {
  const answer = await fetch(new URL(LATER_WASM, import.meta.url), { signal: AbortSignal.timeout(30000) });
  if (!answer.ok) throw new Error(`${LATER_WASM}: HTTP ${answer.status}`);
  // Not streamed: a server may not know wasm's media type, and the file is small.
  const file = await WebAssembly.compile(await answer.arrayBuffer());
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
