import "ocp-log-backup-panel";
import type {} from "ocp-log-backup-panel/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";

/** React 19 hands properties and listeners to custom elements itself. */
function App() {
  const [verdict, setVerdict] = useState("…");
  return (
    <>
      <output>{verdict}</output>
      <ocp-log-backup-panel
        cluster-id="1000006"
        page-size={5}
        headers={() => ({ "X-Console": "example" })}
        onocp-data-load={({ detail }) => setVerdict(`${detail.clusterId}: ${detail.tones.critical} critical of ${detail.tasks}`)}
      />
    </>
  );
}

createRoot(document.querySelector("#root")!).render(<App />);
