// The standalone page for several clusters, `?clusters=1,2,3`: a panel in short form for each, side by side. Each asks and fails on
// its own, so one that can't be had hides no other. However many a link names, the page asks OCP only so often.

/** How many panels may await their first answer at a time. */
const AT_ONCE = 4;
/** How many clusters are shown. Their refreshes, each 30 seconds as usual, are less than one a second together; lists that are read whole come on top. */
const MOST_CARDS = 24;
/** How many requests leave within these milliseconds at most, also while tasks are in transition or all fail. */
const BURST = { requests: 8, milliseconds: 2000 };

const WORDS = {
  en: {
    cluster: "Cluster",
    shown: (shown, all) => `This page shows at most ${shown} of the ${all} clusters in its address. The others are not queried, and not in the alarm.`,
    missing: (count) => `Not shown: ${count}`,
    next: (count) => `Show the next ${count}`,
    slower: (seconds, asked) => `Each cluster is refreshed every ${seconds} seconds instead of every ${asked}; the page sends OCP at most ${BURST.requests} requests in ${BURST.milliseconds / 1000} seconds.`,
  },
  zh: {
    cluster: "集群",
    shown: (shown, all) => `地址中有 ${all} 个集群，本页最多显示 ${shown} 个；其余集群不会查询，也不计入告警提醒。`,
    missing: (count) => `未显示：${count} 个`,
    next: (count) => `显示接下来的 ${count} 个`,
    slower: (seconds, asked) => `每个集群每 ${seconds} 秒刷新一次，而非每 ${asked} 秒；本页每 ${BURST.milliseconds / 1000} 秒最多向 OCP 发送 ${BURST.requests} 个请求。`,
  },
};

// When each of the last requests left, or will.
const times = [];
async function wait() {
  const now = performance.now();
  const next = (times.at(-BURST.requests) ?? -Infinity) + BURST.milliseconds;
  // In a hidden page a timer may stand for a minute, and the request would count as unanswered. There the panels seldom wake anyway.
  const at = document.hidden ? now : Math.max(now, next);
  times.push(at);
  if (times.length > BURST.requests) times.shift();
  if (at > now) await new Promise((go) => { setTimeout(go, at - now); });
  return {};
}
/** What gives the headers of a panel's next request, none, when its turn has come. Who asks again while it waits stays where it is. */
function queue() {
  let waiting;
  return () => waiting ??= wait().finally(() => { waiting = undefined; });
}

/** An address of this page with other parameters. */
function address(changes) {
  const url = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) url.set(name, value);
  return `?${url}`;
}

function note(text) {
  const note = document.createElement("p");
  note.role = "note";
  note.textContent = text;
  return note;
}

/** A link can name a cluster in any words; those do not belong where the page speaks for itself. The card says what is wrong. */
const nameOf = (cluster) => (/^\d{1,19}$/.test(cluster) ? cluster : "?");

/** Says which clusters of the address are not shown. */
function notShown(missing, all, words) {
  const next = document.createElement("a");
  next.href = address({ clusters: missing.join(",") });
  next.textContent = words.next(Math.min(missing.length, MOST_CARDS));
  const list = document.createElement("details");
  list.appendChild(document.createElement("summary")).textContent = words.missing(missing.length);
  list.append(missing.map(nameOf).join(", "));
  const shown = note(`${words.shown(MOST_CARDS, all)} `);
  shown.append(next);
  return [shown, list];
}

export function showOverview(grid, clusters, parameters, isChinese) {
  const words = isChinese ? WORDS.zh : WORDS.en;
  const [shown, missing] = [clusters.slice(0, MOST_CARDS), clusters.slice(MOST_CARDS)];
  if (missing.length) grid.before(...notShown(missing, clusters.length, words));
  // A second for each card. 0 is never, and the panel itself warns of what is no number of seconds.
  const seconds = parameters["refresh-seconds"];
  if (seconds >= 5 && seconds < shown.length) {
    parameters["refresh-seconds"] = shown.length;
    grid.before(note(words.slower(shown.length, seconds)));
  }
  grid.className = "overview";
  const waiting = shown.map((cluster) => {
    const card = grid.appendChild(document.createElement("article"));
    const link = card.appendChild(document.createElement("h2")).appendChild(document.createElement("a"));
    link.href = address({ cluster });
    link.textContent = `${words.cluster} ${nameOf(cluster)}`;
    const panel = document.createElement("ocp-log-backup-panel");
    for (const [name, value] of Object.entries({ ...parameters, "cluster-id": cluster, view: "summary" })) panel.setAttribute(name, value);
    panel.headers = queue();
    return () => {
      card.append(panel);
      return new Promise((settled) => {
        new MutationObserver((_, observer) => {
          if (panel.dataset.state === "loading") return;
          observer.disconnect();
          settled();
        }).observe(panel, { attributeFilter: ["data-state"] });
      });
    };
  });
  const next = async () => {
    for (let start = waiting.shift(); start; start = waiting.shift()) await start();
  };
  for (let lane = 0; lane < AT_ONCE; lane += 1) next();
}
