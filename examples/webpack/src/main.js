import { mountPanel } from "ocp-log-backup-panel";

mountPanel(document.querySelector("#backup"), { clusterId: 1000006, pageSize: 5 });
