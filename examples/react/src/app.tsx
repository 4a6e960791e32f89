import { LogBackupPanel } from "ocp-log-backup-panel/react";
import { useState } from "react";

const CLUSTERS = ["1000005", "1000006", "1000007"];
/** Stands for a console's own session. */
const token = async () => "token-of-the-console";

export function App() {
  const [cluster, setCluster] = useState(CLUSTERS[0]!);
  const [verdict, setVerdict] = useState("…");
  const [tenant, setTenant] = useState<string | null>(null);
  return (
    <>
      <label>
        Cluster{" "}
        <select value={cluster} onChange={(event) => setCluster(event.target.value)}>
          {CLUSTERS.map((id) => <option key={id}>{id}</option>)}
        </select>
      </label>
      <output>{verdict}</output>
      {tenant && <h2>Tenant {tenant}</h2>}
      <LogBackupPanel
        clusterId={cluster}
        pageSizes={[5, 20]}
        pageSize={5}
        headers={async () => ({ Authorization: `Bearer ${await token()}` })}
        onDataLoad={({ detail }) => setVerdict(`${detail.clusterId}: ${detail.tones.critical} critical of ${detail.tasks}`)}
        onError={({ detail }) => setVerdict(`${detail.kind} ${detail.traceId ?? ""}`)}
        onRowActivate={(event) => {
          event.preventDefault();
          setTenant(event.detail.tenantName);
        }}
      />
    </>
  );
}
