import { setFlagsFromString } from "node:v8";
import { benchFixture } from "../fixture.ts";
import { buildNative } from "./build-native.ts";
import { imageNativeCases } from "./image-native.ts";
import { lidarLine } from "./lidar-line.ts";
import type { NativeCase } from "./native-case.ts";
import { packNativeCases } from "./pack-native.ts";
import { pointsNativeCase } from "./points-native.ts";
import { tofNativeCase } from "./tof-native.ts";
import { type TwinMemory, TwinProcess } from "./twin-process.ts";

/** Long enough for the clock's grain, short enough that a slow moment meets all variants of a round alike. */
const SLICE_NS = 1e6;
const WARM_UP_NS = 1e8;

type Variant = "native" | "simd" | "scalar" | "typescript" | "numpy";

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

function contestants(twin: TwinProcess, memory: TwinMemory, work: NativeCase): Contestant[] {
  const { items, name, plan } = work;
  return [
    { variant: "native", items, run: (count) => twin.run(memory, name, plan, count) },
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
  const twin = new TwinProcess(buildNative());
  const results: NativeResult[] = [];
  for (const work of await nativeCases()) {
    const { item, stage, target } = work;
    const memory = await twin.open(work.memory);
    results.push({ stage, item, target, times: await timesOf(contestants(twin, memory, work), rounds) });
  }
  twin.close();
  return results;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Time over another's, round by round, since both met the same machine; the median. */
function ratio(over: NativeTimes | undefined, under: NativeTimes | undefined): number | undefined {
  if (over === undefined || under === undefined) return undefined;
  return median(over.ns.map((ns, round) => ns / under.ns[round]!));
}

export function formatNative(results: readonly NativeResult[]): string {
  const text = (value: number | undefined, digits: number): string => value?.toFixed(digits) ?? "";
  const rows = results.map(({ item, stage, target, times }) => {
    const of = (variant: Variant): NativeTimes | undefined => times.find((time) => time.variant === variant);
    const [native, simd, scalar, typescript] = [of("native"), of("simd"), of("scalar"), of("typescript")];
    return [
      stage,
      `ns/${item}`,
      text(native && median(native.ns), 3),
      text(simd && median(simd.ns), 3),
      text(ratio(simd, native), 2),
      text(target, 2),
      text(ratio(scalar, native), 2),
      text(ratio(typescript, simd), 1),
      text(native && simd && Math.min(...simd.ns) / Math.min(...native.ns), 2),
    ];
  });
  const header = [
    "stage",
    "unit",
    "native",
    "simd",
    "simd/native",
    "target",
    "scalar/native",
    "TS/simd",
    "best/best",
  ];
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const pad = (cell: string, column: number): string =>
    column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return all.map((row) => row.map(pad).join("  ")).join("\n");
}
