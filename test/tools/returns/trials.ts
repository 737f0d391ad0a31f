// Pixels with several returns through the real module: noise, conversion, firmware, decoding.
import { PIXEL_INVALID, PIXEL_MISFIT } from "../../../hw-profiles/interface/pixel-flags.ts";
import {
  COMPONENT_DEPTH,
  COMPONENT_SECOND,
  COMPONENT_THIRD,
  PIXEL_FORMAT_MONO16,
} from "../../../hw-profiles/interface/reports.ts";
import { type BoundSetup, shares } from "../../firmware/support/bound.ts";
import {
  encodeParameters,
  INAS_PARAMETERS,
  type Parameters,
} from "../../firmware/support/parameter-block.ts";
import { Random } from "../../firmware/support/random.ts";
import { linesPayload } from "../../firmware/support/report-reader.ts";
import { TestBoard } from "../../firmware/support/test-board.ts";
import type { ReferenceRow } from "../../reference/firmware/frame.ts";

/** One of the returns of a pixel. */
export interface Part {
  /** Distance from the middle of the returns, m. */
  readonly offsetM: number;
  /** Of the electrons of all returns. */
  readonly share: number;
}

/** Pixels that differ by noise, and by where the middle of their returns lies. */
export interface Cell {
  readonly tauNs: number;
  /** Electrons of all returns in all gates. */
  readonly collectedE: number;
  /** Ambient electrons of all gates, in units of collectedE. */
  readonly ambient: number;
  readonly parts: readonly Part[];
  /** Round-trip time of the middle: uniform in between. */
  readonly t0FromNs: number;
  readonly t0ToNs: number;
  readonly returns: number;
  readonly returnChi2: number;
  readonly order: number;
}

export interface FoundReturn {
  readonly rangeM: number;
  readonly sigmaM: number;
  readonly amplitudeE: number;
}

export interface Trial {
  /** True ranges and amplitudes, as the cell's parts. */
  readonly truth: readonly { readonly rangeM: number; readonly t0Ns: number; readonly amplitudeE: number }[];
  readonly middleNs: number;
  /** As the module gives them; none for an invalid pixel. */
  readonly found: readonly FoundReturn[];
  readonly flags: number;
  readonly isMisfit: boolean;
}

export const HALF_LIGHT_M_PER_NS = 0.299792458 / 2;
export const READ_NOISE_E = 20;
const WIDTH = 512;
/** Pixels that share a return time. */
const BLOCK = 32;
const PEDESTAL_DN = 96;
const ADC_BITS = 16;
const CODES = 65_000;
/** Largest share of a return that a gate collects, of that of the window's mean gate. */
const PEAK = 4;

/** The module's parameters for a cell: conversion gain so that nothing clips, and never coarser than the shot noise. */
export function cellParameters(cell: Cell): Parameters {
  const gates = INAS_PARAMETERS.gateDelaysNs.length;
  const largestE = (cell.collectedE * (PEAK + cell.ambient)) / gates;
  return {
    ...INAS_PARAMETERS,
    width: WIDTH,
    height: 1,
    components: COMPONENT_DEPTH | COMPONENT_SECOND | COMPONENT_THIRD,
    adcBits: ADC_BITS,
    rawFormat: PIXEL_FORMAT_MONO16,
    saturationDn: CODES,
    gainEPerDn: Math.max(20, (1.2 * largestE) / CODES),
    resetNoiseE: 0,
    readNoiseE: READ_NOISE_E,
    responseTauNs: cell.tauNs,
    amplitudeScale: Math.max(1, cell.collectedE / 50_000),
    returns: cell.returns,
    returnOrder: cell.order,
    returnChi2: cell.returnChi2,
  };
}

/** What the bounds need to know of these parameters. */
export function boundSetup(p: Parameters): BoundSetup {
  return {
    delaysNs: p.gateDelaysNs,
    widthNs: p.gateWidthsNs[0]!,
    pulseNs: p.pulseWidthNs,
    periodNs: p.pulsePeriodNs,
    tauNs: p.responseTauNs,
    noiseVariance: p.readNoiseE ** 2 + p.gainEPerDn ** 2 / 12,
  };
}

type Truth = Pick<Trial, "truth" | "middleNs">;

/** Amplitude that collects `electrons` in all gates together at t0. */
export function amplitudeAt(t0Ns: number, electrons: number, setup: BoundSetup): number {
  return electrons / shares(t0Ns, setup).reduce((sum, share) => sum + share, 0);
}

/** Draws BLOCK pixels from column x0 on, with one truth. */
function exposeBlock(cell: Cell, p: Parameters, row: ReferenceRow, x0: number, random: Random): Truth {
  const setup = boundSetup(p);
  const middleNs = cell.t0FromNs + (cell.t0ToNs - cell.t0FromNs) * random.uniform();
  const whole = amplitudeAt(middleNs, cell.collectedE, setup);
  const means = p.gateDelaysNs.map(() => (cell.ambient * cell.collectedE) / p.gateDelaysNs.length);
  const truth = cell.parts.map(({ offsetM, share }) => {
    const t0Ns = middleNs + offsetM / HALF_LIGHT_M_PER_NS;
    shares(t0Ns, setup).forEach((f, k) => {
      means[k]! += whole * share * f;
    });
    return { rangeM: t0Ns * HALF_LIGHT_M_PER_NS, t0Ns, amplitudeE: whole * share };
  });
  means.forEach((mean, k) => {
    for (let x = x0; x < x0 + BLOCK; x++) {
      const electrons = random.poisson(mean) + random.normal() * READ_NOISE_E;
      const code = Math.floor(electrons / p.gainEPerDn + PEDESTAL_DN + 0.5);
      row.samples[k * WIDTH + x] = Math.max(0, Math.min(2 ** ADC_BITS - 1, code));
    }
  });
  return { truth, middleNs };
}

/** A row of pixels of a cell, and the truth of every BLOCK of them. */
export function exposeRow(cell: Cell, p: Parameters, random: Random): { row: ReferenceRow; truths: Truth[] } {
  const row = {
    samples: new Uint16Array(p.gateDelaysNs.length * WIDTH),
    offset: new Uint16Array(WIDTH).fill(16 * PEDESTAL_DN),
    dark: new Uint16Array(WIDTH),
    bad: new Uint8Array(WIDTH),
  };
  const truths: Truth[] = [];
  for (let x0 = 0; x0 < WIDTH; x0 += BLOCK) truths.push(exposeBlock(cell, p, row, x0, random));
  return { row, truths };
}

/** Record of a row: range, sigma, amplitude, ambient, second (3 lines), third (3 lines), flags. */
const FIRST_LINES = [0, 4, 7] as const;
const FLAGS_AT = 20 * WIDTH;

function readTrial(lines: Uint8Array, x: number, p: Parameters, truth: Truth): Trial {
  const view = new DataView(lines.buffer, lines.byteOffset);
  const code = (line: number): number => view.getUint16(2 * (line * WIDTH + x), true);
  const flags = lines[FLAGS_AT + x]!;
  const all = FIRST_LINES.map((line) => ({
    rangeM: code(line) * p.rangeScale,
    sigmaM: code(line + 1) * p.sigmaScale,
    amplitudeE: code(line + 2) * p.amplitudeScale,
  }));
  const found = (flags & PIXEL_INVALID) !== 0 ? [] : all.filter(({ amplitudeE }) => amplitudeE > 0);
  return { ...truth, found, flags, isMisfit: (flags & PIXEL_MISFIT) !== 0 };
}

/** Runs at least `trials` pixels of a cell through the module. */
export function runCell(cell: Cell, trials: number, seed: number, module = "readout.wasm"): Trial[] {
  const p = cellParameters(cell);
  const random = new Random(seed);
  const board = new TestBoard(module);
  const status = board.configure(encodeParameters(p));
  if (status !== 0) throw new Error(`configure() returned ${status}, expected 0`);
  const frame = { frame: 0, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0 };
  const results: Trial[] = [];
  while (results.length < trials) {
    const { row, truths } = exposeRow(cell, p, random);
    const lines = linesPayload(board.runFrame({ ...frame, rows: [row] }));
    for (let x = 0; x < WIDTH; x++) results.push(readTrial(lines, x, p, truths[Math.floor(x / BLOCK)]!));
  }
  return results;
}
