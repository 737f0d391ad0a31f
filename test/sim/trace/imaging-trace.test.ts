import { describe, expect, test } from "vitest";
import { ImagingBand } from "../../../sim/imaging/imaging-band.ts";
import type { ImagingSetup } from "../../../sim/pool/imaging-job.ts";
import { cyclesToNs } from "../../../sim/roic/frame-timing.ts";
import { frameStartCycle, imagingTiming, sampleCycle } from "../../../sim/roic/imaging-timing.ts";
import {
  firstSensorRow,
  type ImagingSequencerRegisters,
} from "../../../sim/roic/sequencer/imaging-registers.ts";
import type { Edge } from "../../../sim/roic/sequencer/outputs.ts";
import { acquisitionCycles } from "../../../sim/trace/imaging-length.ts";
import type { TraceConditions } from "../../../sim/trace/imaging-sampler.ts";
import { ImagingTrace, type ImagingTraceRequest } from "../../../sim/trace/imaging-trace.ts";
import { binOf } from "../../../sim/trace/pixel-bins.ts";
import { tracedPixels } from "../../../sim/trace/pixel-signals.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";

// Many defects, so that the traced pixels have all kinds of them.
const profile = {
  ...imagingProfile,
  adc: { ...imagingProfile.adc, bits: 8, pedestalDn: 16, saturationDn: 250 },
  defects: { ...imagingProfile.defects, deadFraction: 0.05, stuckFraction: 0.05 },
};
const setup: ImagingSetup = { profile, scene: "uniform:photons=6e8,gradientX=1", seed: 77n };
const pixels = { rows: { first: 17, end: 27 }, columns: { first: 20, end: 29 } };

const common = {
  sensorRows: 48,
  sensorColumns: 64,
  rowBinning: 1,
  columnBinning: 1,
  rowDecimation: 1,
  columnDecimation: 1,
  offsetX: 0,
  offsetY: 0,
  width: 64,
  height: 48,
  banks: 1,
  transferOverheadCycles: 16,
  pixelsPerCycle: 1,
  resetCycles: 200,
  settleCycles: 100,
  convertCycles: 256,
  pipelined: true,
  reads: 1,
  triggerPeriodCycles: 0,
};
const rolling = { ...common, shutter: "rolling", exposureSlots: 30, framePeriodSlots: 48 } as const;
const global = { ...common, shutter: "global", exposureCycles: 30_000, framePeriodCycles: 300_000 } as const;

const programs: readonly (readonly [string, ImagingSequencerRegisters])[] = [
  ["rolling", rolling],
  [
    "rolling cds, frames overlap",
    { ...rolling, reads: 2, exposureSlots: 60, framePeriodSlots: 61, banks: 3 },
  ],
  ["ramp", { ...rolling, reads: 5, exposureSlots: 4 * 48, framePeriodSlots: 240 }],
  ["region", { ...rolling, offsetX: 22, width: 5, offsetY: 20, height: 4, framePeriodSlots: 40 }],
  ["binned 2 x 4", { ...rolling, rowBinning: 2, columnBinning: 4, height: 24, width: 16 }],
  ["binned 4 x 2, banks", { ...rolling, rowBinning: 4, columnBinning: 2, height: 12, width: 32, banks: 5 }],
  ["every 2nd row, 4th column", { ...rolling, rowDecimation: 2, columnDecimation: 4, height: 24, width: 16 }],
  ["global", global],
  [
    "global reset, cds, triggered",
    { ...global, shutter: "global-reset", reads: 2, triggerPeriodCycles: 400_000 },
  ],
];

function conditions(registers: ImagingSequencerRegisters): TraceConditions {
  return { registers, temperatureMk: 305_000, analogGain: 2, lightFactor: 1 };
}

function traceOf(
  registers: ImagingSequencerRegisters,
  changes: Partial<ImagingTraceRequest> = {},
): ImagingTrace {
  const frames = 3;
  const toCycle = acquisitionCycles(imagingTiming(registers), frames) + 1;
  return new ImagingTrace(setup, conditions(registers), {
    frames,
    ...pixels,
    fromCycle: 0,
    toCycle,
    ...changes,
  });
}

async function edgesOf(trace: ImagingTrace, names: RegExp): Promise<{ name: string; edge: Edge }[]> {
  const signals = trace.signals.filter(({ name }) => names.test(name));
  const byIndex = new Map(signals.map(({ index, name }) => [index, name]));
  const edges = await trace.edges(new Set(byIndex.keys()));
  return [...edges].map((edge) => ({ name: byIndex.get(edge.signal)!, edge }));
}

/** Codes of whole frames, as the sensor's band makes them: u16 [read][line][column] a frame. */
async function frameCodes(registers: ImagingSequencerRegisters, frames: number): Promise<Uint16Array[]> {
  const band = await ImagingBand.open(setup, { firstRow: 0, rows: 48 });
  const { frameCycles } = imagingTiming(registers);
  return Array.from({ length: frames }, (_, frame) => {
    const startNs = cyclesToNs(frame * frameCycles, profile.adc.clockHz);
    band.expose({ ...conditions(registers), frame, startNs, sinceLastCycles: frame === 0 ? 0 : frameCycles });
    const codes = new Uint16Array(registers.reads * registers.height * registers.width);
    band.copyCodes(codes);
    return codes;
  });
}

describe.each(programs)("%s", (_, registers) => {
  const timing = imagingTiming(registers);
  const stepX = registers.columnBinning * registers.columnDecimation;
  const stepY = registers.rowBinning * registers.rowDecimation;

  test("latched codes are the codes of the frames", async () => {
    const codes = await frameCodes(registers, 3);
    const changes = await edgesOf(traceOf(registers), /^code_/);
    let compared = 0;
    const seen = new Set<number>();
    for (const { row, column } of tracedPixels(pixels)) {
      const bin = binOf(registers, { row, column });
      const own = changes.filter(({ name }) => name === `code_r${row}_c${column}`);
      if (bin === undefined) {
        expect(own).toEqual([]);
        continue;
      }
      const line = bin.firstRow / stepY - registers.offsetY;
      const x = bin.firstColumn / stepX - registers.offsetX;
      for (let frame = 0; frame < 3; frame++) {
        for (let read = 0; read < registers.reads; read++) {
          const converted = frameStartCycle(timing, frame) + sampleCycle(timing, line, read) + 256;
          const latched = own.filter(({ edge }) => edge.cycle <= converted).at(-1)?.edge.value ?? 0;
          expect(latched).toBe(codes[frame]![(read * registers.height + line) * registers.width + x]);
          compared++;
          seen.add(latched);
        }
      }
    }
    expect(compared).toBeGreaterThan(20);
    expect(seen.size).toBeGreaterThan(12);
  });

  test("the estimated edges are an upper bound, in the whole and in windows", async () => {
    const end = acquisitionCycles(timing, 3);
    for (const [fromCycle, toCycle] of [
      [0, end + 1],
      [Math.floor(end / 3), Math.floor(end / 2)],
      [Math.floor(end / 2), Math.floor(end / 2) + 700],
    ] as const) {
      const trace = traceOf(registers, { fromCycle, toCycle });
      const counts = new Map<string, number>();
      for (const { name, edge } of await edgesOf(trace, /./)) {
        if (edge.cycle >= fromCycle) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      for (const signal of trace.signals) {
        expect(trace.expectedEdges(signal), signal.name).toBeGreaterThanOrEqual(counts.get(signal.name) ?? 0);
      }
    }
  });
});

test("a whole trace holds at least a quarter of the edges that are told before it starts", async () => {
  const trace = traceOf(rolling);
  const edges = await edgesOf(trace, /./);
  const expected = trace.signals.reduce((sum, signal) => sum + trace.expectedEdges(signal), 0);
  expect(edges.length).toBeGreaterThan(expected / 4);
});

test("the node falls from read to read, and a reset lifts it to the swing", async () => {
  const [, registers] = programs[2]!;
  const own = await edgesOf(traceOf(registers, { frames: 1 }), /^node_v_r20_c24$/);
  expect(own[0]!.edge).toMatchObject({
    cycle: 20 * imagingTiming(registers).rowCycles,
    value: profile.pixel.swingV,
  });
  const reads = own.slice(1).map(({ edge }) => edge);
  expect(reads.map(({ cycle }) => cycle)).toEqual(
    Array.from({ length: 5 }, (_, read) => sampleCycle(imagingTiming(registers), 20, read)),
  );
  for (let i = 1; i < reads.length; i++) expect(reads[i]!.value).toBeLessThan(reads[i - 1]!.value);
});

test("the node's voltage holds the charge by the integral of its C(V)", async () => {
  const edges = await edgesOf(traceOf(rolling, { frames: 1 }), /^node_v_r20_/);
  const band = await ImagingBand.open(setup, { firstRow: 0, rows: 48 });
  band.expose({ ...conditions(rolling), frame: 0, startNs: 0, sinceLastCycles: 0 });
  const { junctionShare, builtInV, grading } = profile.effects.nodeCapacitance;
  const { nodeCapacitanceFf, swingV } = profile.pixel;
  const capacitanceFf = (fallV: number) =>
    nodeCapacitanceFf *
    (1 - junctionShare + junctionShare * ((builtInV + swingV) / (builtInV + swingV - fallV)) ** grading);
  for (let column = 20; column < 29; column++) {
    const own = edges.filter(({ name }) => name === `node_v_r20_c${column}`);
    const fallV = swingV - own.at(-1)!.edge.value;
    const steps = 2000;
    const femtocoulombs = Array.from(
      { length: steps },
      (_, i) => (capacitanceFf(((i + 0.5) * fallV) / steps) * fallV) / steps,
    ).reduce((sum, part) => sum + part, 0);
    const chargeE = band.collector.charge[20 * 64 + column]!;
    expect((femtocoulombs * 1e-15) / 1.602176634e-19 / chargeE).toBeCloseTo(1, 6);
  }
});

test("levels are those of any band, whichever rows are traced", async () => {
  const lines = async (first: number, end: number) =>
    (await edgesOf(traceOf(rolling, { rows: { first, end } }), /_r20_c24$/)).map(
      ({ name, edge }) => `${edge.cycle} ${name} ${edge.value}`,
    );
  expect(await lines(20, 21)).toEqual(await lines(3, 44));
  expect(firstSensorRow(rolling, 20)).toBe(20);
});
