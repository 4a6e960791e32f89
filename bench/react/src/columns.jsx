import { Badge, Tooltip } from "@oceanbase/design";
import { mode, span, status, time, tone } from "./format.js";

// Rows are shared between answers where equal (tasks.js), so that identity tells whether a cell must render.
const changed = (next, previous) => next !== previous;

// The ellipsis is CSS's, and the tooltip mounts its popup only when hovered.
const long = (text) =>
  text ? (
    <Tooltip title={text} placement="topLeft">
      <span>{text}</span>
    </Tooltip>
  ) : (
    "–"
  );

// Not the column's `ellipsis`: for that the design system measures each cell in turn, a forced layout of the whole table
// a cell, which takes over a minute at 1,000 rows. Its Tag does the same, hence a plain span below.
const column = (title, width, render) => ({
  title,
  key: title,
  width,
  className: "cell",
  shouldCellUpdate: changed,
  render: (_, task) => render(task),
});

export const columns = [
  column("Status", 120, (task) => {
    const [badge, label] = status(task.status);
    return <Badge status={badge} text={label} />;
  }),
  column("Tenant", 140, (task) => (
    <>
      <div className="main">{task.tenantName ?? "–"}</div>
      <div className="sub">ID {task.tenantId} · OB {task.obTenantId}</div>
    </>
  )),
  column("Delay", 130, (task) =>
    task.delay == null ? "–" : (
      <>
        <div className={`delay ${tone(task)}`}>{span(task.delay)}</div>
        <div className="sub">{task.delay} s</div>
      </>
    ),
  ),
  column("Checkpoint", 160, (task) => time(task.checkpoint)),
  column("Error message", 240, (task) => long(task.errorMsg)),
  column("Cluster", 190, (task) => (
    <>
      <div className="main">
        {task.clusterName} <span className="tag">{task.clusterType === "STANDBY" ? "Standby" : "Primary"}</span>
      </div>
      <div className="sub">ID {task.clusterId} · OB {task.obClusterId}</div>
    </>
  )),
  column("Backup mode", 110, (task) => mode(task.backupMode)),
  column("Backup URI", 240, (task) => long(task.backupUri)),
  column("Service host IP", 130, (task) => task.agentServerIp ?? "–"),
  column("Created", 160, (task) => time(task.createTime)),
  column("Modified", 160, (task) => time(task.modifyTime)),
];
