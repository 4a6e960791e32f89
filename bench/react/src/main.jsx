import { createRoot } from "react-dom/client";
import { ConfigProvider } from "@oceanbase/design";
import enUS from "@oceanbase/design/es/locale/en-US";
import { Panel } from "./Panel.jsx";
import "./style.css";

const params = new URLSearchParams(location.search);
const number = (name, fallback) => Number(params.get(name)) || fallback;
const cluster = number("cluster", 1000005);

for (let index = 0; index < number("panels", 1); index++) {
  const root = document.body.appendChild(document.createElement("main"));
  createRoot(root).render(
    <ConfigProvider locale={enUS}>
      <Panel cluster={cluster + index} initial={{ page: number("page", 1), size: number("size", 20), range: null }} />
    </ConfigProvider>,
  );
}
