import { BIN_ROWS, type ImagingBand } from "../imaging/imaging-band.ts";
import { fillRampNoise } from "../imaging/ramp-noise.ts";
import { readSchedule } from "../imaging/read-schedule.ts";
import type { ImagingConditions, ReadSchedule, SensorRows } from "../imaging/seams.ts";
import { DEFECT_STUCK } from "../pixel/device-patterns.ts";
import { columnSteps, type DefectPixel, defectPixels } from "../pixel/imaging-patterns.ts";
import { exactTransfer } from "../pixel/node-transfer.ts";
import { fullWellE } from "../pixel/noise-budget.ts";
import type { ImagingJob, ImagingSetup } from "../pool/imaging-job.ts";
import { keyOfSeed } from "../random/philox.ts";
import { crossingCount, IDEAL_START_DN, type RampSpec } from "../roic/adc/single-slope.ts";
import { cyclesToNs } from "../roic/frame-timing.ts";
import { binOf, type PixelBin } from "./pixel-bins.ts";
import type { TracedPixel } from "./pixel-signals.ts";
import type { PixelReading } from "./pixel-unit.ts";

const f = Math.fround;

/** Conditions of all frames of a trace. */
export type TraceConditions = Omit<ImagingJob, "frame" | "startNs" | "sinceLastCycles">;

/** Rows of the array that the traced rows' bins lie in; bands start and end on multiples of the largest bin. */
export function tracedBand(
  rows: { readonly first: number; readonly end: number },
  heightPx: number,
): SensorRows {
  const firstRow = Math.floor(rows.first / BIN_ROWS) * BIN_ROWS;
  const end = Math.min(heightPx, Math.ceil(rows.end / BIN_ROWS) * BIN_ROWS);
  return { firstRow, rows: end - firstRow };
}

/** Nominal ramp of all columns, with its nonlinearity. */
export function nominalRamp({ adc, effects }: ImagingSetup["profile"]): RampSpec {
  const inlDn = effects.inl.on ? effects.inl.pointsDn : [];
  return { bits: adc.bits, startDn: IDEAL_START_DN, stepDn: 1, inlDn };
}

/** Levels and crossings of the traced pixels, with the noise that the frame's codes have. */
export class ImagingSampler {
  private readonly setup: ImagingSetup;
  private readonly conditions: TraceConditions;
  private readonly startCycle: (frame: number) => number;
  private readonly band: ImagingBand;
  private readonly rows: SensorRows;
  private readonly bins: readonly (PixelBin | undefined)[];
  private readonly pixels: readonly TracedPixel[];
  private readonly ramps: readonly RampSpec[];
  private readonly stuck: ReadonlyMap<number, DefectPixel>;
  /** Readings of the frames under way, two at most: [ordinal][plane]. */
  private readonly frames = new Map<number, readonly (readonly PixelReading[])[]>();

  /**
   * @param startCycle of a frame.
   * @param band of tracedBand.
   */
  constructor(
    setup: ImagingSetup,
    conditions: TraceConditions,
    startCycle: (frame: number) => number,
    band: ImagingBand,
    pixels: readonly TracedPixel[],
  ) {
    const { profile } = setup;
    this.setup = setup;
    this.conditions = conditions;
    this.startCycle = startCycle;
    this.band = band;
    this.rows = band.collector.band;
    this.pixels = pixels;
    this.bins = pixels.map((pixel) => binOf(conditions.registers, pixel));
    const nominal = nominalRamp(profile);
    this.ramps = [...columnSteps(profile, profile.effects)].map((stepDn) => ({ ...nominal, stepDn }));
    const found = defectPixels(profile, profile.effects, this.rows).filter(
      ({ kind }) => kind === DEFECT_STUCK,
    );
    this.stuck = new Map(found.map((pixel) => [this.placeOf(pixel.row, pixel.column), pixel]));
  }

  /** The frame begins: expose it. Frames in order, each once: the pixels remember what they have seen. */
  begin(frame: number): void {
    if (this.frames.has(frame)) return;
    const startCycle = this.startCycle(frame);
    const job = {
      ...this.conditions,
      frame,
      startNs: cyclesToNs(startCycle, this.setup.profile.adc.clockHz),
      sinceLastCycles: frame === 0 ? 0 : startCycle - this.startCycle(frame - 1),
    };
    const conditions = this.band.illuminate(job);
    const schedule = readSchedule(this.setup.profile, job.registers, this.rows, job.sinceLastCycles);
    this.band.collector.collect(schedule, { seed: this.setup.seed, frame });
    this.frames.delete(frame - 2);
    this.frames.set(frame, this.readings(schedule, conditions, frame));
  }

  reading(
    ordinal: number,
    { frame, plane }: { readonly frame: number; readonly plane: number },
  ): PixelReading {
    return this.frames.get(frame)![ordinal]![plane]!;
  }

  private readings(schedule: ReadSchedule, conditions: ImagingConditions, frame: number): PixelReading[][] {
    const { reads } = schedule;
    const levels = new Map<number, Float32Array>();
    const levelsOf = (row: number): Float32Array => {
      const found = levels.get(row) ?? this.levelsOfRow(row, schedule, conditions, frame);
      levels.set(row, found);
      return found;
    };
    return this.pixels.map((pixel, ordinal) => {
      const bin = this.bins[ordinal];
      if (bin === undefined) return [];
      const noise = this.rampNoise(bin.firstRow, reads, frame);
      return Array.from({ length: reads }, (_, read) => {
        const levelDn = f(this.binLevel(bin, read, levelsOf) + noise[read]!);
        return this.readingOf(pixel, bin, read, levelDn);
      });
    });
  }

  private levelsOfRow(
    row: number,
    schedule: ReadSchedule,
    conditions: ImagingConditions,
    frame: number,
  ): Float32Array {
    const { collector, converter } = this.band;
    const key = { seed: this.setup.seed, frame };
    return converter.levelsOfRow(collector.charge, schedule, conditions, key, row - this.rows.firstRow);
  }

  private rampNoise(sensorRow: number, reads: number, frame: number): Float32Array {
    const { rampNoise } = this.setup.profile.effects;
    const noise = new Float32Array(reads);
    if (rampNoise.on)
      fillRampNoise(noise, rampNoise.rmsDn, sensorRow, { ...keyOfSeed(this.setup.seed), frame });
    return noise;
  }

  /** Mean over the bin as the converter's kernel adds it up: rows one after the other, then pairs of columns. */
  private binLevel(bin: PixelBin, read: number, levelsOf: (row: number) => Float32Array): number {
    const { widthPx } = this.setup.profile.array;
    const sums = Array.from({ length: bin.columns }, (_, i) => {
      let sum = levelsOf(bin.firstRow)[read * widthPx + bin.firstColumn + i]!;
      for (let row = 1; row < bin.rows; row++) {
        sum = f(sum + levelsOf(bin.firstRow + row)[read * widthPx + bin.firstColumn + i]!);
      }
      return sum;
    });
    const pixels = bin.rows * bin.columns;
    const total = addPairs(sums);
    return pixels === 1 ? total : f(total * f(1 / pixels));
  }

  private readingOf(pixel: TracedPixel, bin: PixelBin, read: number, levelDn: number): PixelReading {
    const { adc, array, pixel: node } = this.setup.profile;
    const voltsPerDn = node.swingV / (2 ** adc.bits - adc.pedestalDn);
    const place =
      read * this.rows.rows * array.widthPx + this.placeOf(pixel.row - this.rows.firstRow, pixel.column);
    const chargeE = this.band.collector.charge[place]!;
    const nodeV = this.nodeV(chargeE);
    const isAlone = bin.rows * bin.columns === 1;
    const stuck = isAlone
      ? this.stuck.get(this.placeOf(pixel.row - this.rows.firstRow, pixel.column))
      : undefined;
    const count = stuck?.code ?? crossingCount(this.ramps[bin.firstColumn]!, levelDn);
    return { nodeV, adcInV: levelDn * voltsPerDn, count };
  }

  /** By the node's C(V), without the follower behind it. */
  private nodeV(chargeE: number): number {
    const { effects, pixel } = this.setup.profile;
    const node = { ...effects, followerNonlinearity: { ...effects.followerNonlinearity, on: false } };
    return pixel.swingV * (1 - exactTransfer(pixel, node, chargeE / fullWellE(this.setup.profile)));
  }

  /** Of a pixel, row of the band. */
  private placeOf(row: number, column: number): number {
    return row * this.setup.profile.array.widthPx + column;
  }
}

function addPairs(sums: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = sums;
  if (sums.length === 1) return a;
  return sums.length === 2 ? f(a + b) : f(f(a + b) + f(c + d));
}
