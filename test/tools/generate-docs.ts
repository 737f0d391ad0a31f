// npm run docs: write what is generated from the contract and the schemas.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generatedFiles } from "./docs/generated-files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

for (const [path, text] of generatedFiles()) {
  writeFileSync(`${root}${path}`, text);
  process.stdout.write(`${path}\n`);
}
