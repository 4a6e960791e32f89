export const STATUS = {
  PREPARE: ["info", "Preparing"],
  BEGINNING: ["info", "Starting"],
  RUNNING: ["ok", "In progress"],
  STOPPING: ["info", "Stopping"],
  STOPPED: ["idle", "Stopped"],
  SUSPENDING: ["info", "Suspending"],
  SUSPENDED: ["idle", "Suspended"],
  INTERRUPTED: ["critical", "Interrupted"],
  FAILED: ["critical", "Failed"],
};

export const MODE = { PHYSICAL_BACKUP: "Physical", LOGICAL_BACKUP: "Logical" };

const two = (number) => (number < 10 ? "0" : "") + number;

/** Local time by the getters of Date: a tenth of what Intl takes. */
export function time(value) {
  if (!value) return "–";
  const date = new Date(value);
  return (
    date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate()) + " " +
    two(date.getHours()) + ":" + two(date.getMinutes()) + ":" + two(date.getSeconds())
  );
}

const UNITS = [[86_400, "d"], [3600, "h"], [60, "min"], [1, "s"]];

/** The two largest units: `1 min 17 s`. */
export function span(seconds) {
  const whole = Math.floor(seconds);
  const from = UNITS.findIndex(([size]) => whole >= size);
  if (from < 0) return "0 s";
  const [size, unit] = UNITS[from];
  const rest = UNITS[from + 1];
  const head = Math.floor(whole / size) + " " + unit;
  const tail = rest ? Math.floor((whole % size) / rest[0]) : 0;
  return tail ? head + " " + tail + " " + rest[1] : head;
}

/** From which delay on a running task is lagging or critical, in seconds. */
export const tone = ({ status, delay }) =>
  delay == null || status !== "RUNNING" ? "idle" : delay >= 900 ? "critical" : delay >= 300 ? "lagging" : "ok";
