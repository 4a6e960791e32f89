// The micro-frontend: one panel, which three frameworks start and end in their own ways.
import "ocp-log-backup-panel";

/** The panel, while the host has it closed, too: put back, it is as it was left. */
let panel;

/** Shows the panel in `root`. The host says which cluster and hears which tenant is opened. */
function show(root, { cluster, onOpen, headers }) {
  if (!panel) {
    panel = document.createElement("ocp-log-backup-panel");
    Object.assign(panel, { clusterId: cluster, pageSize: 5, refreshSeconds: 0, scope: "page", headers });
    panel.addEventListener("ocp-row-activate", ({ detail }) => onOpen(`${cluster}: ${detail.tenantName}`));
  }
  root.querySelector(".log-backup").append(panel);
}

const hide = () => panel.remove();

// qiankun calls these functions of the library.
export async function bootstrap() {}
export async function mount(props) {
  show(props.container, props);
}
export async function unmount() {
  hide();
}

// micro-app and wujie call functions of the window, and say there that it is them.
if (window.__POWERED_BY_WUJIE__) {
  window.__WUJIE_MOUNT = () => show(document, window.$wujie.props);
  window.__WUJIE_UNMOUNT = hide;
} else if (window.__MICRO_APP_ENVIRONMENT__) {
  window.mount = () => show(document, window.microApp.getData());
  window.unmount = hide;
}
