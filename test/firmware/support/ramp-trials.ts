import { PIXEL_MISFIT } from "../../../hw-profiles/interface/pixel-flags.ts";
import { PIXEL_FORMAT_MONO16 } from "../../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import type { ReferenceRow } from "../../reference/firmware/frame.ts";
import { encodeImagingParameters, type ImagingParameters, RAMP_PARAMETERS } from "./imaging-parameters.ts";
import { rampBound } from "./ramp-bound.ts";
import { Random } from "./random.ts";
import { linesPayload } from "./report-reader.ts";
import { TestBoard } from "./test-board.ts";

const WIDTH = 1280;
const PEDESTAL_DN = 200;
/** Codes per standard deviation of the bound: rounding adds 1e-4 to the rms. */
const CODES_PER_SIGMA = 20;

/** 16 bit at 5 e-/DN: quantisation is far below the read noise, as the bound assumes. */
const FINE: ImagingParameters = {
  ...RAMP_PARAMETERS,
  width: WIDTH,
  adcBits: 16,
  saturationDn: 65535,
  rawFormat: PIXEL_FORMAT_MONO16,
  gainEPerDn: 5,
  intensityOffset: 2000,
};

export interface RampTrial {
  readonly reads: number;
  readonly rateE: number;
  readonly readNoiseE: number;
  /** Rows of 1280 ramps. */
  readonly rows: number;
  readonly seed: number;
  readonly change?: Partial<ImagingParameters>;
  /** Height of a jump at a random difference, in standard deviations of its amplitude. */
  readonly jumpSigma?: number;
}

export interface RampResult {
  readonly trials: number;
  /** All in units of the bound. */
  readonly rms: number;
  readonly bias: number;
  /** Mean of the reported sigma. */
  readonly sigma: number;
  readonly flagged: number;
}

/** Variance of a read, e-^2: read noise and quantisation. */
function readVarianceE2(trial: RampTrial): number {
  return trial.readNoiseE ** 2 + FINE.gainEPerDn ** 2 / 12;
}

function rampRow(trial: RampTrial, jumps: readonly number[], random: Random): ReferenceRow {
  const samples = new Uint16Array(trial.reads * WIDTH);
  for (let x = 0; x < WIDTH; x++) {
    const jumpAt = trial.jumpSigma === undefined ? 0 : 1 + random.below(trial.reads - 1);
    let chargeE = 50 * random.normal();
    for (let i = 0; i < trial.reads; i++) {
      if (i > 0) chargeE += random.poisson(trial.rateE);
      if (i > 0 && i === jumpAt) chargeE += (trial.jumpSigma ?? 0) * jumps[i]!;
      const levelE = chargeE + trial.readNoiseE * random.normal();
      samples[i * WIDTH + x] = Math.floor(levelE / FINE.gainEPerDn + PEDESTAL_DN + 0.5);
    }
  }
  return {
    samples,
    offset: new Uint16Array(WIDTH),
    dark: new Uint16Array(WIDTH),
    bad: new Uint8Array(WIDTH),
  };
}

/** Runs seeded ramps through the built module and compares slope and sigma with the bound. */
export function runRamps(trial: RampTrial): RampResult {
  const bound = rampBound(trial.reads, trial.rateE, readVarianceE2(trial));
  const intervals = trial.reads - 1;
  const boundDn = (bound.slope * intervals) / FINE.gainEPerDn;
  const p: ImagingParameters = {
    ...FINE,
    height: trial.rows,
    reads: trial.reads,
    readNoiseE: trial.readNoiseE,
    intensityScale: boundDn / CODES_PER_SIGMA,
    sigmaScale: boundDn / 1000,
    ...trial.change,
  };
  const random = new Random(trial.seed);
  const rows = Array.from({ length: trial.rows }, () => rampRow(trial, bound.jump, random));
  const board = new TestBoard("readout.wasm");
  if (board.configure(encodeImagingParameters(p)) !== STATUS_OK) throw new Error("parameters refused");
  const lines = linesPayload(
    board.runFrame({ frame: 1, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0, rows }),
  );
  return summarise(lines, p, (trial.rateE * intervals) / FINE.gainEPerDn, boundDn);
}

/** Records of sigma, intensity and flags. */
function summarise(lines: Uint8Array, p: ImagingParameters, truthDn: number, boundDn: number): RampResult {
  const view = new DataView(lines.buffer, lines.byteOffset);
  const trials = WIDTH * p.height;
  let [sum, squares, sigmas, flagged] = [0, 0, 0, 0];
  for (let y = 0; y < p.height; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const at = y * 5 * WIDTH + 2 * x;
      const signal = (view.getUint16(at + 2 * WIDTH, true) - p.intensityOffset) * p.intensityScale;
      const error = (signal - truthDn) / boundDn;
      sum += error;
      squares += error * error;
      sigmas += (view.getUint16(at, true) * p.sigmaScale) / boundDn;
      if ((lines[y * 5 * WIDTH + 4 * WIDTH + x]! & PIXEL_MISFIT) !== 0) flagged++;
    }
  }
  return {
    trials,
    rms: Math.sqrt(squares / trials),
    bias: sum / trials,
    sigma: sigmas / trials,
    flagged: flagged / trials,
  };
}
