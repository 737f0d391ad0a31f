import { setFlagsFromString } from "node:v8";
import { benchFixture } from "../fixture.ts";
import { buildNative, removeNative } from "./build-native.ts";
import { imageNativeCases } from "./image-native.ts";
import { lidarLine } from "./lidar-line.ts";
import { matchNativeCase } from "./match-native.ts";
import type { NativeCase } from "./native-case.ts";
import { openNumpy } from "./numpy-twin.ts";
import { packNativeCases } from "./pack-native.ts";
import { pointsNativeCase } from "./points-native.ts";
import { tofNativeCase } from "./tof-native.ts";
import { type TwinMemory, TwinProcess } from "./twin-process.ts";

/** Long enough for the clock's grain, short enough that a slow moment meets all variants of a round alike. */
const SLICE_NS = 1e6;
const WARM_UP_NS = 1e8;

export type Variant = "native" | "simd" | "scalar" | "typescript" | "numpy int32" | "numpy float32";

interface Contestant {
  readonly variant: Variant;
  readonly items: number;
  /** Runs `count` times; returns ns. */
  run(count: number): Promise<number> | number;
}

/** Times of a variant, ns per item, one a round. */
export interface NativeTimes {
  readonly variant: Variant;
  readonly ns: readonly number[];
}

export interface NativeResult {
  readonly stage: string;
  readonly item: string;
  readonly target: number;
  readonly times: readonly NativeTimes[];
}

function here(variant: Variant, items: number, run: () => void): Contestant {
  return {
    variant,
    items,
    run: (count) => {
      const start = performance.now();
      for (let i = 0; i < count; i++) run();
      return (performance.now() - start) * 1e6;
    },
  };
}

/** A program with the memory of the present case. */
interface Twin {
  readonly process: TwinProcess;
  readonly memory: TwinMemory;
}

const openTwin = async (process: TwinProcess, work: NativeCase): Promise<Twin> => ({
  process,
  memory: await process.open(work.memory),
});

function elsewhere(variant: Variant, { memory, process }: Twin, work: NativeCase, name: string): Contestant {
  return { variant, items: work.items, run: (count) => process.run(memory, name, work.plan, count) };
}

async function numpyContestants(numpy: TwinProcess | undefined, work: NativeCase): Promise<Contestant[]> {
  if (numpy === undefined || work.numpy === undefined) return [];
  const twin = await openTwin(numpy, work);
  const { float32, int32 } = work.numpy;
  return [elsewhere("numpy int32", twin, work, int32), elsewhere("numpy float32", twin, work, float32)];
}

function contestants(twin: Twin, work: NativeCase): Contestant[] {
  const { items } = work;
  return [
    elsewhere("native", twin, work, work.name),
    here("simd", items, work.simd),
    ...(work.scalar === undefined ? [] : [here("scalar", items, work.scalar)]),
    here("typescript", work.typescript.items, work.typescript.run),
  ];
}

/** Calls that fill a slice, after as many as the compilers need to have done their best. */
async function calibrate({ run }: Contestant): Promise<number> {
  let spentNs = 0;
  let count = 1;
  let onceNs = Number.POSITIVE_INFINITY;
  while (spentNs < WARM_UP_NS) {
    const ns = await run(count);
    spentNs += ns;
    onceNs = Math.min(onceNs, ns / count);
    count = Math.max(1, Math.min(100_000, Math.round(SLICE_NS / Math.max(onceNs, 1))));
  }
  return count;
}

async function timesOf(all: readonly Contestant[], rounds: number): Promise<NativeTimes[]> {
  const counts: number[] = [];
  for (const contestant of all) counts.push(await calibrate(contestant));
  const times = all.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contestant] of all.entries()) {
      times[i]!.push((await contestant.run(counts[i]!)) / (counts[i]! * contestant.items));
    }
  }
  return all.map(({ variant }, i) => ({ variant, ns: times[i]! }));
}

/** All cases of the comparison with native code. */
export async function nativeCases(): Promise<NativeCase[]> {
  const fixture = await benchFixture();
  return [
    ...imageNativeCases(),
    tofNativeCase(lidarLine(fixture, 1)),
    tofNativeCase(lidarLine(fixture, 4)),
    matchNativeCase(lidarLine(fixture, 4)),
    ...packNativeCases(lidarLine(fixture, 4)),
    pointsNativeCase(320, 240),
    pointsNativeCase(1280, 1024),
  ];
}

/**
 * Every variant of a case in turn, A B C A B C ..., in one run; case after case. Modules are compiled by V8's optimising
 * compiler at once, which they would otherwise reach at some moment of the measurement.
 */
export async function nativeTimes(rounds: number): Promise<NativeResult[]> {
  setFlagsFromString("--no-liftoff");
  const program = buildNative();
  const twin = new TwinProcess(program);
  const numpy = openNumpy();
  const results: NativeResult[] = [];
  for (const work of await nativeCases()) {
    const { item, stage, target } = work;
    const all = [...contestants(await openTwin(twin, work), work), ...(await numpyContestants(numpy, work))];
    results.push({ stage, item, target, times: await timesOf(all, rounds) });
  }
  twin.close();
  numpy?.close();
  removeNative(program);
  return results;
}
