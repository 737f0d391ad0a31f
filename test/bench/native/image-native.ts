import {
  encodeImagingParameters,
  type ImagingParameters,
  RAMP_PARAMETERS,
  SINGLE_PARAMETERS,
} from "../../firmware/support/imaging-parameters.ts";
import { Random } from "../../firmware/support/random.ts";
import { ReferenceImaging } from "../../reference/firmware/imaging/image-readout.ts";
import { imageRow } from "../imaging-cases.ts";
import type { NativeCase } from "./native-case.ts";
import { StageModule } from "./stage-module.ts";

const WIDTH = 1280;
const ROWS = 16;
/** The slow reference does fewer. */
const REFERENCE_ROWS = 2;
/** firmware/bench/image-plan.ts: words of the addresses of intensity, sigma and flags. */
const PLAN = { paddedWidth: 8, intensity: 13, sigma: 14, flags: 15 };
/** Lines in the ring. */
const LINES = 3;

const JUMP = { everyPx: 97, fromRead: 3, byDn: 400 };

/** A particle in some ramps. */
function addJumps(samples: Uint16Array, reads: number): void {
  for (let read = JUMP.fromRead; read < reads; read++) {
    for (let x = 0; x < WIDTH; x += JUMP.everyPx) samples[read * WIDTH + x]! += JUMP.byDn;
  }
}

function imageCase(stage: string, mode: ImagingParameters): NativeCase {
  const p = { ...mode, width: WIDTH, height: ROWS, linear: [1, 1e-6, 2e-10] as const, shotBend: 1e-6 };
  const row = imageRow(p, new Random(5));
  addJumps(row.samples, p.reads);
  const block = encodeImagingParameters(p);
  const simd = new StageModule("stages.wasm", block, row);
  const scalar = new StageModule("stages-scalar.wasm", block, row);
  const plan = simd.call("bench_image_plan");
  const field = (index: number): number => simd.word(plan + 4 * index);
  const pixels = LINES * field(PLAN.paddedWidth);
  const reference = new ReferenceImaging(encodeImagingParameters({ ...p, height: REFERENCE_ROWS }));
  const rows = [row, row];
  const frame = { frame: 1, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0, rows };
  return {
    stage,
    item: "pixel",
    items: WIDTH * ROWS,
    target: 1,
    memory: simd.memory.slice(),
    name: "image",
    plan,
    outputs: [
      { address: field(PLAN.intensity), bytes: 2 * pixels },
      { address: field(PLAN.sigma), bytes: 2 * pixels },
      { address: field(PLAN.flags), bytes: pixels },
    ],
    module: (span) => simd.bytes(span),
    simd: simd.stage("bench_image"),
    scalar: scalar.stage("bench_image"),
    typescript: { items: WIDTH * REFERENCE_ROWS, run: () => void reference.image(frame) },
  };
}

/** Imaging: dark, response and bad pixels of single reads, and ramps of eight reads. */
export function imageNativeCases(): NativeCase[] {
  return [
    imageCase("correction: dark, response, bad pixels", SINGLE_PARAMETERS),
    imageCase("ramp of 8 reads", RAMP_PARAMETERS),
  ];
}
