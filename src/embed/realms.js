// What wasm-bindgen asks by `instanceof`, asked so that it holds in every realm: in a micro-frontend the script's window is not always that of the
// page, or only looks like one. A release puts these in the place of the globals (esbuild's `inject`, in xtask/src/release.rs).

const asked = (is) => ({ [Symbol.hasInstance]: (it) => Boolean(it && is(it)) });

export const Window = asked((it) => it.document);
export const ShadowRoot = asked((it) => it.host && it.mode);
export const Element = asked((it) => it.nodeType === 1);
