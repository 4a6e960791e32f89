import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  // `npm run dev` beside `cargo xtask demo`.
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
