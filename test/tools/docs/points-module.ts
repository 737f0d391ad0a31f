import { readFileSync } from "node:fs";
import binaryen from "binaryen";

const SOURCE = new URL("../../../host/geometry/points.wat", import.meta.url);

/** host/geometry/points-module.ts: the bytes of points.wat, for browsers and Node alike. */
export function pointsModule(): string {
  const module = binaryen.parseText(readFileSync(SOURCE, "utf8"));
  module.setFeatures(binaryen.Features.SIMD128);
  const base64 = Buffer.from(module.emitBinary()).toString("base64");
  module.dispose();
  return (
    "// Generated from points.wat by `npm run docs`.\n\n" +
    `/** WebAssembly module, base64. */\nexport const POINTS_MODULE =\n  "${base64}";\n`
  );
}
