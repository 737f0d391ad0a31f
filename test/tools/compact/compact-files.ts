// Compacts the modules whose paths are given, in place: the last step of npm run build:readout and build:stages.
import { readFileSync, writeFileSync } from "node:fs";
import { compact } from "./compact.ts";

for (const path of process.argv.slice(2)) {
  const module = compact(readFileSync(path));
  if (!WebAssembly.validate(module)) throw new Error(`${path} is no valid module once it is compacted`);
  writeFileSync(path, module);
}
