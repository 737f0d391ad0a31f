import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import { pack12 } from "../../reference/firmware/pack.ts";
import { packLossless } from "../../reference/firmware/pack-lossless.ts";
import type { LidarLine } from "./lidar-line.ts";
import type { NativeCase } from "./native-case.ts";
import { StageModule } from "./stage-module.ts";

interface Packing {
  readonly stage: string;
  readonly name: string;
  readonly target: number;
  readonly module: string;
  line(samples: Uint16Array, before: Uint16Array | undefined): Uint8Array;
}

function packCase({ block, row, gates, widthPx }: LidarLine, packing: Packing): NativeCase {
  const simd = new StageModule("stages.wasm", block, row);
  const scalar = new StageModule("stages-scalar.wasm", block, row);
  const packed = simd.call("bench_packed_line");
  const plan = simd.memory.length;
  const memory = new Uint8Array(plan + 64);
  memory.set(simd.memory);
  const samples = simd.word(Blocks.LAYOUT_BLOCK + Blocks.LAYOUT_SAMPLES);
  memory.set(new Uint8Array(Uint32Array.of(samples, widthPx, gates, packed).buffer), plan);
  const lines = Array.from({ length: gates }, (_, gate) =>
    row.samples.subarray(gate * widthPx, (gate + 1) * widthPx),
  );
  return {
    stage: packing.stage,
    item: "sample",
    items: gates * widthPx,
    target: packing.target,
    memory,
    name: packing.name,
    plan,
    // The last line: what stands behind its end was written ahead and does not count.
    outputs: [{ address: packed, bytes: packing.line(lines.at(-1)!, lines.at(-2)).length }],
    module: (span) => simd.bytes(span),
    simd: simd.stage(packing.module),
    scalar: scalar.stage(packing.module),
    typescript: {
      items: gates * widthPx,
      run: () => {
        for (const [gate, line] of lines.entries()) packing.line(line, lines[gate - 1]);
      },
    },
  };
}

/** Raw lines of a scene as they travel: twelve bits a sample, and without loss. */
export function packNativeCases(line: LidarLine): NativeCase[] {
  const packings: Packing[] = [
    {
      stage: "packing to 12 bits",
      name: "pack12",
      target: 1.5,
      module: "bench_pack12",
      line: (samples) => pack12(samples),
    },
    {
      stage: "lossless packing",
      name: "lossless",
      target: 1.5,
      module: "bench_lossless",
      line: (samples, before) => packLossless(samples, before),
    },
  ];
  return packings.map((packing) => packCase(line, packing));
}
