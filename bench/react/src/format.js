import dayjs from "dayjs";

const STATUS = {
  PREPARE: ["processing", "Preparing"],
  BEGINNING: ["processing", "Starting"],
  RUNNING: ["success", "In progress"],
  STOPPING: ["processing", "Stopping"],
  STOPPED: ["default", "Stopped"],
  SUSPENDING: ["processing", "Suspending"],
  SUSPENDED: ["default", "Suspended"],
  INTERRUPTED: ["error", "Interrupted"],
  FAILED: ["error", "Failed"],
};

const MODE = { PHYSICAL_BACKUP: "Physical", LOGICAL_BACKUP: "Logical" };

/** Badge status and label. */
export const status = (name) => STATUS[name] ?? ["warning", name ?? "–"];

export const mode = (name) => MODE[name] ?? name ?? "–";

export const time = (value) => (value ? dayjs(value).format("YYYY-MM-DD HH:mm:ss") : "–");

const UNITS = [[86_400, "d"], [3600, "h"], [60, "min"], [1, "s"]];

/** The two largest units: `1 min 17 s`. */
export function span(seconds) {
  const whole = Math.floor(seconds);
  const from = UNITS.findIndex(([size]) => whole >= size);
  if (from < 0) return "0 s";
  const [size, unit] = UNITS[from];
  const rest = UNITS[from + 1];
  const head = `${Math.floor(whole / size)} ${unit}`;
  const tail = rest ? Math.floor((whole % size) / rest[0]) : 0;
  return tail ? `${head} ${tail} ${rest[1]}` : head;
}

/** From which delay on a running task is lagging or critical, in seconds. */
export const tone = ({ status, delay }) =>
  status !== "RUNNING" ? "idle" : delay >= 900 ? "critical" : delay >= 300 ? "lagging" : "ok";
