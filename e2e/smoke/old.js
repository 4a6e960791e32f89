// A browser that is older than what is supported.
import { strict as assert } from "node:assert";

export const OLD = {
  async "says in words what the browser lacks, and which ones will do"({ panel }) {
    await panel.open('cluster-id="1000006"', null);
    await panel.says("This browser is too old for the log backup panel", "Chrome or Edge 109", "AbortSignal.timeout()", "CSS :has()");
    assert.equal(await panel.run(() => panel.dataset.state), "error");
    assert.equal(panel.server.asked.length, 0);
    await panel.run(() => { panel.lang = "zh"; panel.remove(); document.body.append(panel); });
    await panel.says("当前浏览器版本过低");
  },
  async "says so on the page of its own, too"({ panel, server, session }) {
    await session.goto(`${server.origin}/?lang=en`);
    await panel.says("This browser is too old for the log backup panel");
  },
};
