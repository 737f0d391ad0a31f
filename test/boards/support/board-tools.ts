import { spawnSync } from "node:child_process";

const TOOLS = ["wasm2c", "arm-none-eabi-gcc", "qemu-system-arm"];

/**
 * Whether the tools that make and run the Cortex-M7 program are there. In CI they must be: there a test that needs them
 * runs and fails.
 */
export function boardTools(): boolean {
  const missing = TOOLS.filter((tool) => spawnSync(tool, ["--version"]).status !== 0);
  if (missing.length === 0) return true;
  process.stderr.write(`found no ${missing.join(", ")}: test/tools/install-system.sh says what to install\n`);
  return process.env["CI"] !== undefined;
}
