import { useCallback, useEffect, useRef, useState } from "react";

export const keyOf = (task) => `${task.clusterId}/${task.obTenantId}`;

const FIELDS = [
  "status", "tenantName", "tenantId", "obTenantId", "delay", "checkpoint", "errorMsg", "clusterName", "clusterType",
  "clusterId", "obClusterId", "backupMode", "backupUri", "agentServerIp", "createTime", "modifyTime",
];
const equal = (a, b) => FIELDS.every((field) => a[field] === b[field]);

/** `next`, with the objects of `old` where nothing changed, and `old` itself where all are the same. */
function share(old, next) {
  const known = new Map(old.map((task) => [keyOf(task), task]));
  const rows = next.map((task) => {
    const before = known.get(keyOf(task));
    return before && equal(before, task) ? before : task;
  });
  return rows.length === old.length && rows.every((task, index) => task === old[index]) ? old : rows;
}

async function fetchTasks(cluster, { page, size, range }, signal) {
  const params = new URLSearchParams({ page, size });
  if (range) {
    params.set("startTime", range[0].toISOString());
    params.set("endTime", range[1].toISOString());
  }
  const url = `/api/v2/ob/clusters/${cluster}/backup/task/logBackupTasks?${params}`;
  const answer = await fetch(url, { signal, headers: { accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok || !body.successful) throw new Error(body.error?.message ?? `HTTP ${answer.status}`);
  return { rows: body.data.contents, total: body.data.page.totalElements };
}

/** The tasks of `query`; `busy` while an answer is awaited, `turning` when it will be of another query. */
export function useTasks(cluster, query) {
  const [state, setState] = useState({ rows: [], total: 0, shown: null, error: null, busy: true });
  const request = useRef(null);

  const load = useCallback(async () => {
    request.current?.abort();
    const { signal } = (request.current = new AbortController());
    setState((state) => (state.busy ? state : { ...state, busy: true }));
    try {
      const { rows, total } = await fetchTasks(cluster, query, signal);
      if (signal.aborted) return;
      setState((state) => ({ rows: share(state.rows, rows), total, shown: query, error: null, busy: false }));
    } catch (error) {
      if (!signal.aborted) setState((state) => ({ ...state, error, busy: false }));
    }
  }, [cluster, query]);

  useEffect(() => {
    load();
    return () => request.current?.abort();
  }, [load]);

  return { ...state, turning: state.busy && state.shown !== query, refresh: load };
}
