import { defineConfig } from 'vitest/config';

/** The browser tests: one server and one Chromium, so the files run one after the other. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
