import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Tests run on the built modules; build them if this checkout has none yet. */
export default function setup(): void {
  if (existsSync(`${root}build/readout.wasm`) && existsSync(`${root}build/js/host/cli/main.js`)) return;
  execFileSync("npm", ["run", "build"], { cwd: root, stdio: "inherit" });
}
