import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  resolve: {
    alias: [
      // The library's ES modules import CommonJS builds of these, which cannot be tree-shaken or would come twice.
      { find: /^lodash$/, replacement: "lodash-es" },
      { find: /^rc-util\/lib\//, replacement: "rc-util/es/" },
      { find: /^antd\/lib\//, replacement: "antd/es/" },
    ],
    dedupe: ["react", "react-dom", "dayjs", "antd"],
  },
  build: { target: "esnext", modulePreload: { polyfill: false }, reportCompressedSize: false },
});
