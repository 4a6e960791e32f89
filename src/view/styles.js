// The stylesheets of the shadow roots. They are constructed, so that a policy without inline styles may stay, and each is one for all panels of
// a document.

/** By document: by text: the sheet. A document takes only sheets that were constructed in it. */
const made = new WeakMap();
/** By shadow root: the texts of its sheets, in their order. */
const wanted = new WeakMap();
/** Before Chromium 123 and Safari 17.5 there is no `light-dark()`. There a sheet has one of the two colours. */
const isOld = globalThis.CSS?.supports("color:light-dark(red,red)") === false;

/** Makes the shadow root `root` adopt the stylesheet `css`, after those that it has. */
export function adoptStyles(root, css) {
  wanted.set(root, (wanted.get(root) ?? new Set()).add(css));
  restyle(root);
}

/** Makes the shadow root `root` adopt its stylesheets again: it has lost them in another document, or its colours may be others now. */
export function restyle(root) {
  adopt(root);
  // What the colours depend on may be written before the next frame.
  if (isOld) requestAnimationFrame(() => adopt(root));
}

function adopt(root) {
  // A micro-frontend may have put another document in this place of the node itself.
  const document = Object.getOwnPropertyDescriptor(Node.prototype, "ownerDocument").get.call(root);
  if (!made.has(document)) made.set(document, new Map());
  const sheets = made.get(document);
  root.adoptedStyleSheets = [...wanted.get(root) ?? []].map((css) => {
    const text = isOld ? css.replace(/light-dark\(([^,]+),\s*([^)]+)\)/g, isDark(root) ? "$2" : "$1") : css;
    if (!sheets.has(text)) {
      const sheet = new document.defaultView.CSSStyleSheet();
      sheet.replaceSync(text);
      sheets.set(text, sheet);
    }
    return sheets.get(text);
  });
}

function isDark(root) {
  const schemes = getComputedStyle(root.querySelector(".root") ?? root.host).colorScheme;
  return schemes.includes("dark") && (!schemes.includes("light") || matchMedia("(prefers-color-scheme:dark)").matches);
}
