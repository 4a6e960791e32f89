// The style of the parts that come from the second wasm file.

let sheet;

/** Makes the shadow root `root` adopt the stylesheet `css`. It is one for all panels of a page, and always the same. */
export function adoptLaterStyles(root, css) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  // A panel that is put back into the page has lost it.
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
