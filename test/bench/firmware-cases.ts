import { readFileSync } from "node:fs";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import { referenceStages, type StageName } from "../reference/firmware/stages.ts";
import type { BenchFixture } from "./fixture.ts";
import type { BenchCase } from "./interleave.ts";

type StageExports = Readonly<Record<StageName | "bench_configure" | "bench_prepare", () => number>> & {
  readonly memory: WebAssembly.Memory;
};

/** Stage, what it works on, and how much of that a line has (samples = columns x gates). */
const STAGES: readonly (readonly [StageName, "pixel" | "sample" | "byte"])[] = [
  ["bench_correct", "pixel"],
  ["bench_matched_filter", "pixel"],
  ["bench_scoring", "pixel"],
  ["bench_classify", "pixel"],
  ["bench_line", "pixel"],
  ["bench_pack12", "sample"],
  ["bench_lossless", "sample"],
  ["bench_pack16", "sample"],
  ["bench_crc", "byte"],
];

function bytesOf(values: Uint8Array | Uint16Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function openStages(file: string, { block, row }: BenchFixture): StageExports {
  const bytes = readFileSync(new URL(`../../build/${file}`, import.meta.url));
  const stages = new WebAssembly.Instance(new WebAssembly.Module(bytes), {})
    .exports as unknown as StageExports;
  const memory = new Uint8Array(stages.memory.buffer);
  const view = new DataView(stages.memory.buffer);
  memory.set(block, Blocks.PARAM_BLOCK);
  if (stages.bench_configure() !== 0) throw new Error(`${file} refused the parameters of the profile`);
  const put = (field: number, values: Uint8Array | Uint16Array): void =>
    memory.set(bytesOf(values), view.getUint32(Blocks.LAYOUT_BLOCK + field, true));
  put(Blocks.LAYOUT_SAMPLES, row.samples);
  put(Blocks.LAYOUT_OFFSET_MAP, row.offset);
  put(Blocks.LAYOUT_DARK_MAP, row.dark);
  put(Blocks.LAYOUT_BAD_MAP, row.bad);
  if (stages.bench_prepare() !== 0) throw new Error(`${file} has no room for a line of the profile`);
  return stages;
}

/** Every stage of the readout logic over one line: SIMD build, scalar build, TypeScript reference. */
export function firmwareCases(fixture: BenchFixture): BenchCase[] {
  const { widthPx } = fixture.profile.array;
  const samples = fixture.row.samples.length;
  const items = { pixel: widthPx, sample: samples, byte: samples * 2 };
  const simd = openStages("stages.wasm", fixture);
  const scalar = openStages("stages-scalar.wasm", fixture);
  const reference = referenceStages(fixture.block, fixture.row);
  return STAGES.flatMap(([name, item]) => {
    const stage = `firmware ${name.slice("bench_".length).replaceAll("_", " ")}`;
    const base = { stage, item, items: items[item] };
    return [
      { ...base, variant: "simd", run: simd[name] },
      { ...base, variant: "scalar", run: scalar[name] },
      { ...base, variant: "typescript", run: reference[name] },
    ];
  });
}
