// Writes rows of the table, one call for all: the way from wasm to the DOM costs more than a write.

/** In place of a text that stays as it is. */
const SAME = "\x1e";
/** How a sparkline begins. It is looked at first, because it takes longer to ask each element for its class. */
const SPARK = /^[▁-█]/;

/**
 * `packed` holds a text for each of `rows`, each ended by U+001D. It joins by U+001F: the row's tone, and of each cell its tone, its meter in
 * percent, and the texts of its elements. No text holds a control character (`visible` in text/sanitize.rs).
 */
export function writeRows(rows, packed) {
  const all = packed.split("\x1d");
  rows.forEach((row, index) => writeRow(row, all[index].split("\x1f")));
}

function writeRow(row, texts) {
  let at = 0;
  tone(row, texts[at++]);
  for (let cell = row.firstElementChild; cell; cell = cell.nextElementSibling) {
    tone(cell, texts[at++]);
    const meter = texts[at++];
    if (meter !== SAME) {
      // A strict CSP allows the CSSOM where it refuses `style="…"`.
      cell.style.setProperty("--meter", meter);
      cell.toggleAttribute("data-meter", meter);
    }
    const main = cell.firstElementChild;
    for (let part = main; part; part = part.nextElementSibling) {
      const text = texts[at++];
      if (text === SAME) continue;
      if (part === main) cell.toggleAttribute("data-empty", !text);
      write(part, text || (part === main ? "–" : ""));
      if (SPARK.test(text) && part.className === "spark") part.style.clipPath = shape(text);
    }
  }
}

// A page translator puts elements of its own in the place of a text. What they say is old then, so all of it gives way.
function write(element, text) {
  const node = element.firstChild;
  if (node?.nodeType === 3 && !node.nextSibling) node.data = text;
  else element.textContent = text;
}

// A sparkline of “▁” to “█” as an area: fonts make these as wide as they like.
export function shape(text) {
  const points = [...text].map((step, index) => `${index * 100 / (text.length - 1)}% ${88 - 12.5 * (step.charCodeAt() - 0x2581)}%`);
  return `polygon(0 100%,${points},100% 100%)`;
}

function tone(element, name) {
  if (name === SAME) return;
  if (name) element.setAttribute("data-tone", name);
  else element.removeAttribute("data-tone");
}
