import { defineConfig } from "vitest/config";

const root = new URL("..", import.meta.url).pathname;

/**
 * Ends what hangs, and nothing else: a machine that is busy with other things takes ten times as long as an idle one. No test
 * sets a shorter one.
 */
const PATIENCE_MS = 240_000;
const patience = {
  testTimeout: PATIENCE_MS,
  hookTimeout: PATIENCE_MS,
  expect: { poll: { timeout: PATIENCE_MS / 2 } },
};

export default defineConfig({
  root,
  test: {
    // By default one core stays idle, which on two cores is half of the machine.
    maxWorkers: 2,
    projects: [
      {
        root,
        test: {
          name: "quick",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          globalSetup: ["test/tools/global-setup.ts"],
          ...patience,
        },
      },
      {
        root,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/tools/global-setup.ts"],
          ...patience,
          fileParallelism: false,
        },
      },
    ],
  },
});
