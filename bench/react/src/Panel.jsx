import { useCallback, useMemo, useState } from "react";
import { Alert, Button, DatePicker, Empty, Pagination, Table } from "@oceanbase/design";
// The design system's own Spin brings Lottie, an animation player, for the same spinner.
import { Spin } from "antd";
import { columns } from "./columns.jsx";
import { keyOf, useTasks } from "./tasks.js";

const SIZES = [10, 20, 50, 100, 1000];
const SCROLL = { x: columns.reduce((sum, { width }) => sum + width, 0) };
const SHOW_TIME = { format: "HH:mm:ss" };
const total = (count, [first, last]) => `${first}–${last} of ${count}`;

export function Panel({ cluster, initial }) {
  const [query, setQuery] = useState(initial);
  const { rows, total: count, shown, error, busy, turning, refresh } = useTasks(cluster, query);

  const pickRange = useCallback((range) => setQuery((query) => ({ ...query, range, page: 1 })), []);
  const turn = useCallback(
    (page, size) => setQuery((query) => ({ ...query, size, page: size === query.size ? page : 1 })),
    [],
  );

  // Only an answer changes the table: not a click, not the wait.
  const table = useMemo(
    () => (
      <Table
        columns={columns}
        dataSource={rows}
        rowKey={keyOf}
        pagination={false}
        scroll={SCROLL}
        size="small"
        tableLayout="fixed"
        locale={{ emptyText: shown ? <Empty description="No log backup tasks" /> : "Loading…" }}
      />
    ),
    [rows, shown === null],
  );

  return (
    <section className="panel" data-state={busy ? "loading" : error ? "error" : count ? "ready" : "empty"}>
      <header>
        <h2>Log backup tasks</h2>
        <DatePicker.RangePicker showTime={SHOW_TIME} value={query.range} onChange={pickRange} />
        <Button className="refresh" onClick={refresh}>Refresh</Button>
      </header>
      {error && <Alert type="error" showIcon message={error.message} action={<Button size="small" onClick={refresh}>Try again</Button>} />}
      <Spin spinning={turning} delay={200}>{table}</Spin>
      <Pagination
        current={query.page}
        pageSize={query.size}
        total={count}
        showTotal={total}
        showSizeChanger
        pageSizeOptions={SIZES}
        onChange={turn}
      />
    </section>
  );
}
