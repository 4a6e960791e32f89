import { HEAD, rowsOf } from "./rows.js";

const SIZES = [10, 20, 50, 100, 1000];
const params = new URLSearchParams(location.search);
const number = (name, fallback) => Number(params.get(name)) || fallback;

const MARKUP = `
  <header>
    <h2>Log backup tasks</h2>
    <label>Start <input type="datetime-local" class="start" step="1"></label>
    <label>End <input type="datetime-local" class="end" step="1"></label>
    <button class="apply">Apply</button>
    <button class="refresh">Refresh</button>
  </header>
  <p class="error" role="alert" hidden><span></span> <button class="retry">Try again</button></p>
  <div class="scroll"><table><thead>${HEAD}</thead><tbody></tbody></table></div>
  <p class="note">Loading…</p>
  <nav>
    <span class="total"></span>
    <button class="previous" aria-label="Previous page">‹</button>
    <span class="page"></span>
    <button class="next" aria-label="Next page">›</button>
    <select aria-label="Page size"></select>
  </nav>`;

function panel(root, cluster, query) {
  root.className = "panel";
  root.innerHTML = MARKUP;
  const part = (name) => root.querySelector(name);
  const [error, note, total, page] = [".error", ".note", ".total", ".page"].map(part);
  const [previous, next, start, end, select] = [".previous", ".next", ".start", ".end", "select"].map(part);
  const show = rowsOf(part("tbody"));
  let request;

  for (const size of SIZES.includes(query.size) ? SIZES : [...SIZES, query.size]) select.add(new Option(`${size} / page`, size));
  select.value = query.size;

  async function load() {
    request?.abort();
    const { signal } = (request = new AbortController());
    const search = new URLSearchParams({ page: query.page, size: query.size });
    for (const name of ["startTime", "endTime"]) if (query[name]) search.set(name, query[name]);
    root.dataset.state = "loading";
    try {
      const url = `/api/v2/ob/clusters/${cluster}/backup/task/logBackupTasks?${search}`;
      const answer = await fetch(url, { signal, headers: { accept: "application/json" } });
      const body = await answer.json();
      if (!answer.ok || !body.successful) throw new Error(body.error?.message ?? `HTTP ${answer.status}`);
      paint(body.data.contents, body.data.page.totalElements);
    } catch (problem) {
      if (signal.aborted) return;
      root.dataset.state = "error";
      error.firstChild.textContent = problem.message;
      error.hidden = false;
    }
  }

  function paint(tasks, count) {
    show(tasks);
    const first = (query.page - 1) * query.size + 1;
    error.hidden = true;
    note.hidden = count > 0;
    note.textContent = "No log backup tasks";
    total.textContent = count ? `${first}–${first + tasks.length - 1} of ${count}` : "";
    page.textContent = `${query.page} / ${Math.max(1, Math.ceil(count / query.size))}`;
    previous.disabled = query.page < 2;
    next.disabled = first + tasks.length > count;
    root.dataset.state = count ? "ready" : "empty";
  }

  function ask(change) {
    Object.assign(query, change);
    load();
  }

  const on = (name, kind, run) => part(name).addEventListener(kind, run);
  on(".refresh", "click", load);
  on(".retry", "click", load);
  on(".previous", "click", () => ask({ page: query.page - 1 }));
  on(".next", "click", () => ask({ page: query.page + 1 }));
  on("select", "change", () => ask({ page: 1, size: Number(select.value) }));
  on(".apply", "click", () => {
    const both = start.value && end.value;
    const utc = (input) => (both ? new Date(input.value).toISOString() : null);
    ask({ page: 1, startTime: utc(start), endTime: utc(end) });
  });
  load();
}

// As tables are laid out where nobody looked for more.
document.body.classList.toggle("plain", params.has("plain"));
for (let index = 0; index < number("panels", 1); index++) {
  const root = document.body.appendChild(document.createElement("main"));
  panel(root, number("cluster", 1000005) + index, { page: number("page", 1), size: number("size", 20) });
}
