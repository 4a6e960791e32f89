// The element as a React component (18 or later): properties as props, events as callbacks. Bundled with @lit/react by make.js.
import { createComponent } from "@lit/react";
import React from "react";
import { OcpLogBackupPanel } from "./ocp-log-backup-panel.js";

export const LogBackupPanel = createComponent({
  react: React,
  tagName: "ocp-log-backup-panel",
  displayName: "LogBackupPanel",
  elementClass: OcpLogBackupPanel,
  events: {
    onQueryChange: "ocp-query-change",
    onFilterChange: "ocp-filter-change",
    onDataLoad: "ocp-data-load",
    onTaskChange: "ocp-task-change",
    onAuthRequired: "ocp-auth-required",
    onError: "ocp-error",
    onRowActivate: "ocp-row-activate",
  },
});
