import type { DetailedHTMLProps, ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from "react";
import type { OcpLogBackupPanel, PanelEvents, PanelProperties } from "./ocp-log-backup-panel.js";

export interface LogBackupPanelProps extends PanelProperties, Omit<HTMLAttributes<OcpLogBackupPanel>, keyof PanelProperties | "onError"> {
  onQueryChange?: (event: PanelEvents["ocp-query-change"]) => void;
  onFilterChange?: (event: PanelEvents["ocp-filter-change"]) => void;
  onDataLoad?: (event: PanelEvents["ocp-data-load"]) => void;
  onTaskChange?: (event: PanelEvents["ocp-task-change"]) => void;
  onAuthRequired?: (event: PanelEvents["ocp-auth-required"]) => void;
  onError?: (event: PanelEvents["ocp-error"]) => void;
  /** After `event.preventDefault()` the panel's own details stay shut. */
  onRowActivate?: (event: PanelEvents["ocp-row-activate"]) => void;
}

/** The element as a component of React 18 or later. */
export const LogBackupPanel: ForwardRefExoticComponent<LogBackupPanelProps & RefAttributes<OcpLogBackupPanel>>;

type KebabCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First> ? `${First}${KebabCase<Rest>}` : `-${Lowercase<First>}${KebabCase<Rest>}`
  : Name;

type PanelAttributes = {
  [Name in Exclude<keyof PanelProperties, "headers" | "lang"> as KebabCase<Name>]?: Extract<PanelProperties[Name], string | number>;
};
/** Only React 19 and later hand functions to an element; React 18 needs `LogBackupPanel` or a ref for them. */
type PanelFunctions = Pick<PanelProperties, "headers"> & {
  [Name in keyof PanelEvents as `on${Name}`]?: (event: PanelEvents[Name]) => void;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "ocp-log-backup-panel": DetailedHTMLProps<HTMLAttributes<OcpLogBackupPanel>, OcpLogBackupPanel> & PanelAttributes & PanelFunctions;
    }
  }
}
