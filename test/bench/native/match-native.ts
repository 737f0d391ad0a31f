import { correctPixel } from "../../reference/firmware/correct.ts";
import { matchedFilter } from "../../reference/firmware/matched-filter.ts";
import { ReferenceReadout } from "../../reference/firmware/readout.ts";
import type { LidarLine } from "./lidar-line.ts";
import type { NativeCase } from "./native-case.ts";
import { StageModule } from "./stage-module.ts";

/** Columns that the slow reference does. */
const REFERENCE_PX = 320;

/** The matched filter alone, which numpy can do too: codes of a line to return time, amplitude and background. */
export function matchNativeCase({ block, gates, row, widthPx }: LidarLine): NativeCase {
  const simd = new StageModule("stages.wasm", block, row);
  const scalar = new StageModule("stages-scalar.wasm", block, row);
  const plan = simd.call("bench_line_plan");
  const { parameters, tables } = new ReferenceReadout(block);
  return {
    stage: `matched filter, ${widthPx} columns x ${gates} gates`,
    item: "pixel",
    items: widthPx,
    target: 1.5,
    memory: simd.memory.slice(),
    name: "match",
    plan,
    // The starts of the fits stay inside; whoever fits from others would not get the line's bytes.
    outputs: [],
    module: (span) => simd.bytes(span),
    simd: simd.stage("bench_match"),
    scalar: scalar.stage("bench_match"),
    numpy: { int32: "match_int32", float32: "match_float32" },
    typescript: {
      items: REFERENCE_PX,
      run: () => {
        for (let x = 0; x < REFERENCE_PX; x++) {
          matchedFilter(parameters, tables, correctPixel(parameters, row.samples, x, row.offset[x]!));
        }
      },
    },
  };
}
