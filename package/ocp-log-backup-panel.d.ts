/** Strings as the attributes take them, null where not set. */
export interface QueryDetail {
  clusterId: string;
  range: string | null;
  start: string | null;
  end: string | null;
  page: string;
  pageSize: string;
}

export type Tone = "neutral" | "ok" | "info" | "warning" | "critical";

/** One page in numbers. */
export interface LoadDetail {
  clusterId: string;
  page: number;
  pageSize: number;
  total: number | null;
  tasks: number;
  /** Rows of the answer that could not be read, or came beyond those that are read. */
  unread: number;
  /** The server's time, ISO 8601. */
  asOf: string | null;
  worstDelaySeconds: number | null;
  /** The latest point to which all tenants can be restored whose log backup should run, ISO 8601. */
  restorableUntil: string | null;
  /** How long before the answer that point was: what would have been lost. */
  lossSeconds: number | null;
  /** Tenants that should be protected but whose point is not known, and not in those two. */
  lossUnknown: number;
  tones: Record<Tone, number>;
  /** The names of the first ten critical tasks. */
  criticalTasks: string[];
}

/** How two answers to the same question differ. */
export interface TaskChangeDetail {
  change: "status" | "gone" | "back" | "backwards" | "stalled" | "moving";
  /** The names of the first ten tasks of `count`. */
  tasks: string[];
  count: number;
  /** OCP's words, for a change of status. */
  from: string | null;
  to: string | null;
  at: string | null;
}

export interface ErrorDetail {
  kind:
    | "invalid-cluster" | "invalid-base-url" | "no-headers" | "not-signed-in" | "forbidden" | "no-such-cluster" | "wrong-path"
    | "bad-request" | "throttled" | "server" | "gateway" | "unreachable" | "timeout" | "interrupted" | "not-ocp" | "refused";
  httpStatus: number | null;
  code: string | null;
  message: string | null;
  traceId: string | null;
  server: string | null;
}

/** A task by OCP's field names, without secrets. Times are ISO 8601 in UTC where they could be read. */
export interface TaskDetail {
  clusterId: string | null;
  clusterName: string | null;
  clusterType: string | null;
  obClusterId: string | null;
  tenantId: string | null;
  tenantName: string | null;
  obTenantId: string | null;
  status: string;
  errorMsg: string | null;
  backupUri: string | null;
  backupMode: string | null;
  agentServerIp: string | null;
  checkpoint: string | null;
  createTime: string | null;
  modifyTime: string | null;
  /** Seconds, or the text that was sent instead. */
  delay: number | string | null;
}

/** Which rows of the page are shown, and in which order. */
export interface FilterDetail {
  sort: string | null;
  tone: string | null;
  find: string | null;
}

export interface PanelState {
  phase: "loading" | "ready" | "empty" | "stale" | "error";
  loading: boolean;
  query: QueryDetail | null;
  filter: FilterDetail | null;
  data: LoadDetail | null;
  error: ErrorDetail | null;
}

export interface PanelEvents {
  "ocp-query-change": CustomEvent<QueryDetail>;
  "ocp-filter-change": CustomEvent<FilterDetail>;
  "ocp-data-load": CustomEvent<LoadDetail>;
  "ocp-task-change": CustomEvent<TaskChangeDetail>;
  "ocp-auth-required": CustomEvent<Record<string, never>>;
  "ocp-error": CustomEvent<ErrorDetail>;
  /** Cancelable: after `preventDefault()` the panel's own details stay shut. */
  "ocp-row-activate": CustomEvent<TaskDetail>;
}

export type HeadersFunction = () => Record<string, string> | Promise<Record<string, string>>;

/** See docs/embedding.md for defaults and meaning. */
export interface PanelProperties {
  clusterId?: string | number | null;
  baseUrl?: string | null;
  range?: string | null;
  start?: string | Date | null;
  end?: string | Date | null;
  page?: string | number | null;
  pageSize?: string | number | null;
  lang?: string;
  laggingSeconds?: string | number | null;
  criticalSeconds?: string | number | null;
  refreshSeconds?: string | number | null;
  /** Goes on while the page is hidden and nobody is there. */
  unattended?: boolean | null;
  pageSizes?: string | readonly number[] | null;
  timeZone?: string | null;
  theme?: "auto" | "light" | "dark" | null;
  density?: "comfortable" | "compact" | null;
  columns?: string | readonly string[] | null;
  credentials?: RequestCredentials | null;
  /** `"summary"`: the answers at a glance alone. */
  view?: "table" | "summary" | null;
  /** A column's name, with `-` before it for the highest first. */
  sort?: string | null;
  tone?: "critical" | "warning" | "info" | "ok" | "neutral" | null;
  find?: string | null;
  linkBase?: string | URL | null;
  headers?: HeadersFunction | null;
}

/** Reading a property gives the attribute's text. */
export class OcpLogBackupPanel extends HTMLElement {
  get clusterId(): string | null;
  set clusterId(value: PanelProperties["clusterId"]);
  get baseUrl(): string | null;
  set baseUrl(value: PanelProperties["baseUrl"]);
  get range(): string | null;
  set range(value: PanelProperties["range"]);
  get start(): string | null;
  set start(value: PanelProperties["start"]);
  get end(): string | null;
  set end(value: PanelProperties["end"]);
  get page(): string | null;
  set page(value: PanelProperties["page"]);
  get pageSize(): string | null;
  set pageSize(value: PanelProperties["pageSize"]);
  get laggingSeconds(): string | null;
  set laggingSeconds(value: PanelProperties["laggingSeconds"]);
  get criticalSeconds(): string | null;
  set criticalSeconds(value: PanelProperties["criticalSeconds"]);
  get refreshSeconds(): string | null;
  set refreshSeconds(value: PanelProperties["refreshSeconds"]);
  get unattended(): string | null;
  set unattended(value: PanelProperties["unattended"]);
  get pageSizes(): string | null;
  set pageSizes(value: PanelProperties["pageSizes"]);
  get timeZone(): string | null;
  set timeZone(value: PanelProperties["timeZone"]);
  get theme(): string | null;
  set theme(value: PanelProperties["theme"]);
  get density(): string | null;
  set density(value: PanelProperties["density"]);
  get columns(): string | null;
  set columns(value: PanelProperties["columns"]);
  get credentials(): string | null;
  set credentials(value: PanelProperties["credentials"]);
  get view(): string | null;
  set view(value: PanelProperties["view"]);
  get sort(): string | null;
  set sort(value: PanelProperties["sort"]);
  get tone(): string | null;
  set tone(value: PanelProperties["tone"]);
  get find(): string | null;
  set find(value: PanelProperties["find"]);
  get linkBase(): string | null;
  set linkBase(value: PanelProperties["linkBase"]);
  get headers(): HeadersFunction | null;
  set headers(value: HeadersFunction | null | undefined);
  /** Asks again now. */
  refresh(): void;
  getState(): PanelState;
  /** The address `base` (else `linkBase`, else the page's) with this view in its parameters. */
  getLink(base?: string | URL): string;
}

export interface MountOptions extends PanelProperties {
  on?: { [K in keyof PanelEvents]?: (event: PanelEvents[K]) => void };
}

export interface MountedPanel {
  element: OcpLogBackupPanel;
  /** Sets properties; `on` adds listeners. */
  update(options: MountOptions): void;
  unmount(): void;
}

export function mountPanel(target: Element | ShadowRoot | DocumentFragment, options?: MountOptions): MountedPanel;

declare global {
  interface HTMLElementTagNameMap {
    "ocp-log-backup-panel": OcpLogBackupPanel;
  }
  /** They bubble, so that an ancestor, the document and the window hear them too. */
  interface GlobalEventHandlersEventMap extends PanelEvents {}
}
