export default {
  entry: "./src/main.js",
  output: { clean: true },
  // The wasm has a file of its own, and is not loaded twice.
  performance: { maxAssetSize: 1_000_000 },
};
