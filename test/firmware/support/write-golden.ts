// Writes test/vectors/readout-*: run with `npx tsx test/firmware/support/write-golden.ts` after a wanted change of bytes.
import { writeFileSync } from "node:fs";
import { encodeGolden, goldenJson } from "./golden.ts";
import { buildGolden, GOLDEN_NAMES } from "./golden-cases.ts";

for (const name of GOLDEN_NAMES) {
  const vector = buildGolden(name);
  const at = (ending: string): URL => new URL(`../../vectors/${name}.${ending}`, import.meta.url);
  writeFileSync(at("bin"), encodeGolden(vector));
  writeFileSync(at("json"), goldenJson(vector));
}
