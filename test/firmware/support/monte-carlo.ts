import { PIXEL_INVALID } from "../../../hw-profiles/interface/pixel-flags.ts";
import { COMPONENT_FLAGS, COMPONENT_RANGE, COMPONENT_SIGMA } from "../../../hw-profiles/interface/reports.ts";
import type { ReferenceRow } from "../../reference/firmware/frame.ts";
import { type BoundSetup, rangeBoundM, shares } from "./bound.ts";
import { encodeParameters, INAS_PARAMETERS, type Parameters } from "./parameter-block.ts";
import { Random } from "./random.ts";
import { linesPayload } from "./report-reader.ts";
import { TestBoard } from "./test-board.ts";

/** One cell of the precision sweep. */
export interface Cell {
  readonly tauNs: number;
  /** Electrons of the return, all gates together. */
  readonly collectedE: number;
  /** Ambient electrons, all gates together, in units of collectedE. */
  readonly ambient: number;
  readonly t0FromNs: number;
  readonly t0ToNs: number;
}

export interface CellResult {
  readonly trials: number;
  readonly valid: number;
  readonly biasMm: number;
  readonly rmseMm: number;
  readonly rmseOverCrlb: number;
  readonly zStd: number;
  readonly coverage95: number;
}

const WIDTH = 512;
/** Pixels that share a return time. */
const BLOCK = 64;
const HALF_LIGHT_M_PER_NS = 0.299792458 / 2;
const PEDESTAL_DN = 96;

function cellParameters(cell: Cell, rows: number): Parameters {
  return {
    ...INAS_PARAMETERS,
    width: WIDTH,
    height: rows,
    components: COMPONENT_RANGE | COMPONENT_SIGMA | COMPONENT_FLAGS,
    responseTauNs: cell.tauNs,
  };
}

function boundSetup(p: Parameters): BoundSetup {
  return {
    delaysNs: p.gateDelaysNs,
    widthNs: p.gateWidthsNs[0]!,
    pulseNs: p.pulseWidthNs,
    periodNs: p.pulsePeriodNs,
    tauNs: p.responseTauNs,
    noiseVariance: p.resetNoiseE ** 2 + p.readNoiseE ** 2 + p.gainEPerDn ** 2 / 12,
  };
}

/** Samples of one pixel: Poisson arrivals, Gaussian reset and read noise, conversion with a fractional offset. */
function exposePixel(
  row: ReferenceRow,
  x: number,
  means: readonly number[],
  p: Parameters,
  random: Random,
): void {
  means.forEach((mean, k) => {
    const electrons = random.poisson(mean) + random.normal() * Math.hypot(p.resetNoiseE, p.readNoiseE);
    const dn = Math.floor(electrons / p.gainEPerDn + row.offset[x]! / 16 + 0.5);
    row.samples[k * WIDTH + x] = Math.max(0, Math.min(2 ** p.adcBits - 1, dn));
  });
}

function emptyRow(gates: number, random: Random): ReferenceRow {
  return {
    samples: new Uint16Array(gates * WIDTH),
    offset: Uint16Array.from({ length: WIDTH }, () => PEDESTAL_DN * 16 + random.below(64) - 32),
    dark: new Uint16Array(WIDTH),
    bad: new Uint8Array(WIDTH),
  };
}

/** Truth and bound of every trial, in row order. */
interface Trials {
  readonly rows: readonly ReferenceRow[];
  readonly truthM: Float64Array;
  readonly boundM: Float64Array;
}

/** Pixels x0..x0+BLOCK of row y: one return time (the bound is costly, the noise is what must differ). */
function exposeBlock(cell: Cell, p: Parameters, trials: Trials, y: number, x0: number, random: Random): void {
  const setup = boundSetup(p);
  const backgroundE = (cell.ambient * cell.collectedE) / p.gateDelaysNs.length;
  const t0 = cell.t0FromNs + (cell.t0ToNs - cell.t0FromNs) * random.uniform();
  const f = shares(t0, setup);
  const amplitude = cell.collectedE / f.reduce((sum, value) => sum + value, 0);
  const means = f.map((share) => amplitude * share + backgroundE);
  const [from, to] = [y * WIDTH + x0, y * WIDTH + x0 + BLOCK];
  trials.truthM.fill(t0 * HALF_LIGHT_M_PER_NS, from, to);
  trials.boundM.fill(rangeBoundM(amplitude, backgroundE, t0, setup), from, to);
  for (let x = x0; x < x0 + BLOCK; x++) exposePixel(trials.rows[y]!, x, means, p, random);
}

/** Runs flat-wall trials, t0 uniform in the cell's window, and compares the module's ranges with truth and bound. */
export function runCell(cell: Cell, height: number, seed: number, module = "readout.wasm"): CellResult {
  const random = new Random(seed);
  const p = cellParameters(cell, height);
  const trials: Trials = {
    rows: Array.from({ length: height }, () => emptyRow(p.gateDelaysNs.length, random)),
    truthM: new Float64Array(height * WIDTH),
    boundM: new Float64Array(height * WIDTH),
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < WIDTH; x += BLOCK) exposeBlock(cell, p, trials, y, x, random);
  }
  const board = new TestBoard(module);
  board.configure(encodeParameters(p));
  const frame = { frame: 0, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0 };
  const reports = board.runFrame({ ...frame, rows: trials.rows });
  return summarise(linesPayload(reports), p, trials.truthM, trials.boundM);
}

function summarise(lines: Uint8Array, p: Parameters, truthM: Float64Array, boundM: Float64Array): CellResult {
  const view = new DataView(lines.buffer, lines.byteOffset);
  const rowBytes = WIDTH * 5;
  let valid = 0;
  let errors = 0;
  let squares = 0;
  let bounds = 0;
  let z2 = 0;
  let z1 = 0;
  let covered = 0;
  for (let i = 0; i < truthM.length; i++) {
    const row = Math.floor(i / WIDTH) * rowBytes;
    const x = i % WIDTH;
    if ((lines[row + WIDTH * 4 + x]! & PIXEL_INVALID) !== 0) continue;
    const error = view.getUint16(row + 2 * x, true) * p.rangeScale - truthM[i]!;
    const z = error / (view.getUint16(row + WIDTH * 2 + 2 * x, true) * p.sigmaScale);
    valid++;
    errors += error;
    squares += error * error;
    bounds += boundM[i]! ** 2;
    z1 += z;
    z2 += z * z;
    if (Math.abs(z) <= 1.959964) covered++;
  }
  return {
    trials: truthM.length,
    valid,
    biasMm: (1000 * errors) / valid,
    rmseMm: 1000 * Math.sqrt(squares / valid),
    rmseOverCrlb: Math.sqrt(squares / bounds),
    zStd: Math.sqrt(z2 / valid - (z1 / valid) ** 2),
    coverage95: covered / valid,
  };
}
