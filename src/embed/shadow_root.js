// What every shadow root of a panel watches: page translators, and input methods. Both are for all texts and fields of the panel, so that no part
// of the view has to know of them.

/** The shadow roots that are watched. A panel that is put back into the page keeps its own. */
const watched = new WeakSet();

export function watchShadowRoot(root) {
  if (watched.has(root)) return;
  watched.add(root);
  outliveTranslation(root);
  awaitCompositions(root);
  keepTyping(root);
}

/**
 * A page translator, such as the browser's own, replaces a text node by an element with the translation. Whoever holds the text node, as Leptos
 * does, goes on writing to it and putting others beside it, but nobody sees that: the panel would stand still and look alive.
 *
 * So each text that a translation replaces is kept in its place, emptied. Once it is written to or removed, the translation is old and goes.
 * The translator may then translate the new words.
 */
function outliveTranslation(root) {
  /** By text: its translation, what it said, and whether its emptying is yet to be heard of. */
  const replaced = new WeakMap();
  /** By translation: the text. */
  const texts = new WeakMap();
  const forget = (text) => {
    const { translation } = replaced.get(text);
    replaced.delete(text);
    texts.delete(translation);
    return translation;
  };
  const written = (text) => {
    const known = replaced.get(text);
    if (known?.isEmptied) known.isEmptied = false;
    else if (known) forget(text).remove();
  };
  const removed = (node, { addedNodes, previousSibling, nextSibling }) => {
    if (node.isConnected) return;
    const text = texts.get(node);
    if (text) {
      // The user wants the original again.
      text.data ||= replaced.get(text).words;
      forget(text);
    } else if (replaced.has(node)) forget(node).remove();
    else if (node.nodeType === Node.TEXT_NODE) {
      // Replaced in one step, or after the translation was put beside it.
      const isTranslation = (near) => near?.localName === "font" && !texts.has(near);
      const translation = addedNodes[0]?.nodeType === Node.ELEMENT_NODE ? addedNodes[0] : [previousSibling, nextSibling].find(isTranslation);
      if (!translation?.isConnected) return;
      replaced.set(node, { translation, words: node.data, isEmptied: true });
      texts.set(translation, node);
      observer.observe(node, { characterData: true });
      node.data = "";
      translation.after(node);
    }
  };
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === "characterData") written(record.target);
      else for (const node of record.removedNodes) removed(node, record);
    }
  });
  observer.observe(root, { childList: true, subtree: true });
}

/**
 * The keys and letters of a word that an input method composes, such as pinyin, are not meant for the panel: its Enter applies nothing, its
 * Escape closes nothing, and what is not a word yet is no filter. The field tells of the word when it is there.
 */
function awaitCompositions(root) {
  // Safari tells of the last key after the composition, with the code 229.
  const hold = (event) => {
    if (event.isComposing || event.keyCode === 229) event.stopPropagation();
  };
  for (const type of ["keydown", "input"]) root.addEventListener(type, hold, true);
  root.addEventListener("compositionend", ({ target }) => target.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true })));
}

/**
 * Outside, what is typed into a field seems to be typed on the panel, where a host listens for keys such as `d`. Keys with a modifier, Tab and Escape
 * are for the host, too.
 */
function keepTyping(root) {
  const hold = (event) => {
    const isField = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    const isTyped = !(event.ctrlKey || event.metaKey || event.altKey) && !/^(Tab|Escape)$/.test(event.key);
    if (isField && isTyped) event.stopPropagation();
  };
  for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, hold);
}
