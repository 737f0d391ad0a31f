import { ReferenceReadout } from "../../reference/firmware/readout.ts";
import type { LidarLine } from "./lidar-line.ts";
import type { NativeCase } from "./native-case.ts";
import { StageModule } from "./stage-module.ts";

/** Columns that the slow reference does. */
const REFERENCE_PX = 320;
/** firmware/bench/tof-plan.ts: where the words of the addresses of range, ambient and flags stand. */
const PLAN = { rangeLine: 224, ambientLine: 228, flagsLine: 232 };

/** Time of flight with sigma and flags, one return a pixel. */
export function tofNativeCase({ block, gates, row, widthPx }: LidarLine): NativeCase {
  const simd = new StageModule("stages.wasm", block, row);
  const scalar = new StageModule("stages-scalar.wasm", block, row);
  const plan = simd.call("bench_line_plan");
  const at = (field: number): number => simd.word(plan + field);
  const reference = new ReferenceReadout(block);
  return {
    stage: `time of flight, ${widthPx} columns x ${gates} gates`,
    item: "pixel",
    items: widthPx,
    target: 1.5,
    memory: simd.memory.slice(),
    name: "tof",
    plan,
    outputs: [
      { address: at(PLAN.rangeLine), bytes: 6 * widthPx },
      { address: at(PLAN.ambientLine), bytes: 2 * widthPx },
      { address: at(PLAN.flagsLine), bytes: widthPx },
    ],
    module: (span) => simd.bytes(span),
    simd: simd.stage("bench_line"),
    scalar: scalar.stage("bench_line"),
    typescript: {
      items: REFERENCE_PX,
      run: () => {
        for (let x = 0; x < REFERENCE_PX; x++) reference.pixel(row, x, 1);
      },
    },
  };
}
