import { defineConfig } from "vitest/config";

// One page for all files: a new one for each takes five times as long.
export default defineConfig({
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    css: { include: /tokens/ },
    isolate: false,
    pool: "threads",
    poolOptions: { threads: { singleThread: true } },
  },
});
