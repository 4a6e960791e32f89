// What the browser may forbid: the clipboard, and saving files.

/**
 * Copies `text`, and returns whether that worked. Where there is no clipboard, as in a page without TLS, the old way is tried. Where that fails,
 * too, the text stands selected beside `button` until the focus leaves it.
 */
export async function copyText(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = button.ownerDocument.createElement("textarea");
    field.className = "input";
    field.readOnly = true;
    field.value = text;
    button.after(field);
    field.select();
    if (button.ownerDocument.execCommand("copy")) {
      field.remove();
      button.focus();
      return true;
    }
    field.addEventListener("blur", () => field.remove());
    return false;
  }
}

/** Whether the page may be in a frame that is not allowed to save files. The browser does not tell when it drops one. */
export function mayNotSave() {
  // Of a frame whose parent is of another origin nothing is known, but that it has no origin itself, which only a sandbox does.
  const sandbox = frameElement?.sandbox;
  return origin === "null" || sandbox?.length > 0 && !sandbox.contains("allow-downloads");
}
