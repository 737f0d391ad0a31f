import { GATING_FILM_BIAS, GATING_SWEPT_RESET } from "../../../hw-profiles/interface/memory-map.ts";
import {
  COMPONENT_FLAGS,
  COMPONENT_RANGE,
  COMPONENT_SIGMA,
  PIXEL_FORMAT_MONO16,
} from "../../../hw-profiles/interface/reports.ts";
import {
  encodeParameters,
  INAS_PARAMETERS,
  type Parameters,
} from "../../firmware/support/parameter-block.ts";
import type { Random } from "../../firmware/support/random.ts";
import { linesPayload } from "../../firmware/support/report-reader.ts";
import type { TestBoard } from "../../firmware/support/test-board.ts";
import type { ReferenceRow } from "../../reference/firmware/frame.ts";
import { type Bound, delaysNs, ForwardModel, HALF_LIGHT_M_PER_NS, PERIOD_NS, PULSE_NS } from "./forward.ts";
import type { Cell } from "./grid.ts";

/** Return times of the trials: pulse and fall of the last one still end inside the gates, the fastest films' at least. */
export const T0_FROM_NS = 10;
export const T0_TO_NS = 110;
/** Pixels of a row, and how many of them share a return time. */
export const ROW = 256;
const SHARED = 64;
const ADC_BITS = 14;
const PEDESTAL_DN = 96;
/** Of the converter's span, what the strongest gate may fill; the rest is for its noise. */
const FILL = 0.93;
const READ_NOISE_DN = 2;
/** Metres a code: 65535 codes cover the window. */
const RANGE_SCALE_M = 0.0003;

/** What the module said of one pixel, and the truth. */
export interface Trial {
  readonly truthM: number;
  readonly rangeM: number;
  readonly sigmaM: number;
  readonly flags: number;
  readonly bound: Bound;
  /** What the best estimate would be off by to first order, m; its expectation is 0 where no sample is clipped. */
  readonly linearM: number;
}

/** The truth of a pixel that no module has seen. */
export type Drawn = Pick<Trial, "truthM" | "bound" | "linearM">;

/** Light of a row's blocks. `collectedE` 0: background alone, as strong as `backgroundE` a gate. */
export interface Light {
  readonly collectedE: number;
  /** Electrons of the return itself, instead of collectedE. */
  readonly amplitudeE?: number;
  readonly backgroundE: number;
}

interface Block {
  readonly t0Ns: number;
  readonly means: readonly number[];
  readonly bound: Bound;
}

function peakE(model: ForwardModel, { collectedE, backgroundE }: Light): number {
  let peak = 0;
  for (let t0 = T0_FROM_NS; t0 <= T0_TO_NS; t0 += 5) {
    const shares = model.shares(t0);
    const total = shares.reduce((sum, share) => sum + share, 0);
    peak = Math.max(peak, (collectedE * Math.max(...shares)) / total);
  }
  return peak + backgroundE;
}

/** The device of a cell: a 14-bit converter whose step is half the read noise, or larger where the light asks for it. */
function cellParameters(cell: Cell, model: ForwardModel, light: Light, rows: number): Parameters {
  const step = peakE(model, light) / (FILL * 2 ** ADC_BITS - PEDESTAL_DN);
  return {
    ...INAS_PARAMETERS,
    width: ROW,
    height: rows,
    components: COMPONENT_RANGE | COMPONENT_SIGMA | COMPONENT_FLAGS,
    gating: cell.gating === "swept-reset" ? GATING_SWEPT_RESET : GATING_FILM_BIAS,
    adcBits: ADC_BITS,
    rawFormat: PIXEL_FORMAT_MONO16,
    saturationDn: 2 ** ADC_BITS - 1,
    gainEPerDn: Math.fround(Math.max(step, cell.readNoiseE / READ_NOISE_DN)),
    resetNoiseE: 0,
    readNoiseE: cell.readNoiseE,
    responseTauNs: cell.tauNs,
    pulseWidthNs: PULSE_NS,
    pulsePeriodNs: PERIOD_NS,
    rangeScale: RANGE_SCALE_M,
    gateDelaysNs: delaysNs(cell.gates),
    gateWidthsNs: delaysNs(cell.gates).map(() => cell.widthNs),
  };
}

/** Trials of one cell through the module, `count` of them rounded up to whole rows. Same seed, same trials. */
export class CellTrials {
  readonly #model: ForwardModel;
  readonly #parameters: Parameters;
  readonly #light: Light;
  readonly #blocks: readonly Block[];
  readonly #rows: number;

  constructor(
    cell: Cell,
    count: number,
    random: Random,
    light: Light = lightOf(cell),
    converter: Partial<Parameters> = {},
  ) {
    this.#model = new ForwardModel(cell);
    this.#light = light;
    this.#rows = Math.ceil(count / ROW);
    this.#parameters = { ...cellParameters(cell, this.#model, light, this.#rows), ...converter };
    this.#blocks = this.#makeBlocks((this.#rows * ROW) / SHARED, random);
  }

  get noiseE2(): number {
    const { gainEPerDn, readNoiseE } = this.#parameters;
    return readNoiseE ** 2 + gainEPerDn ** 2 / 12;
  }

  /** Return times spread evenly, one at random in each of `count` equal steps. */
  #makeBlocks(count: number, random: Random): Block[] {
    const { collectedE, amplitudeE, backgroundE } = this.#light;
    return Array.from({ length: count }, (_, i) => {
      const t0Ns = T0_FROM_NS + ((T0_TO_NS - T0_FROM_NS) * (i + random.uniform())) / count;
      const shares = this.#model.shares(t0Ns);
      const amplitude = amplitudeE ?? collectedE / shares.reduce((sum, share) => sum + share, 0);
      return {
        t0Ns,
        means: shares.map((share) => amplitude * share + backgroundE),
        bound: this.#model.bound(t0Ns, amplitude, backgroundE, this.noiseE2),
      };
    });
  }

  /** rms of the bound over the return times, m. */
  get boundM(): number {
    const sum = this.#blocks.reduce((total, { bound }) => total + bound.rangeM ** 2, 0);
    return Math.sqrt(sum / this.#blocks.length);
  }

  /** Least bound among the return times, m. */
  get leastBoundM(): number {
    return Math.min(...this.#blocks.map(({ bound }) => bound.rangeM));
  }

  /** Least and largest amplitude over its sigma among the return times. */
  get contrasts(): readonly [least: number, most: number] {
    const all = this.#blocks.map(({ bound }) => bound.contrast);
    return [Math.min(...all), Math.max(...all)];
  }

  /** A sample as the converter gives it, not limited. `zeroDn`: its code of no charge, and half a code. */
  #code(meanE: number, zeroDn: number, random: Random): number {
    const { gainEPerDn, readNoiseE } = this.#parameters;
    const electrons = random.poisson(meanE) + random.normal() * readNoiseE;
    return Math.floor(electrons / gainEPerDn + zeroDn);
  }

  /** Rounding down with half a code of zero has no mean error: read noise is two codes or the signal is larger. */
  #electronsOf(dn: number, zeroDn: number): number {
    return (dn + 0.5 - zeroDn) * this.#parameters.gainEPerDn;
  }

  /** Draws all trials for an estimator that is no module: hands the electrons of each to `take`, which must not keep them. */
  draw(random: Random, take: (drawn: Drawn, electrons: Float64Array) => void): void {
    const electrons = new Float64Array(this.#parameters.gateDelaysNs.length);
    for (const { t0Ns, means, bound } of this.#blocks) {
      for (let i = 0; i < SHARED; i++) {
        const zeroDn = PEDESTAL_DN + random.uniform();
        let linearM = 0;
        for (let k = 0; k < means.length; k++) {
          electrons[k] = this.#electronsOf(this.#code(means[k]!, zeroDn, random), zeroDn);
          linearM += bound.weights[k]! * (electrons[k]! - means[k]!);
        }
        take({ truthM: t0Ns * HALF_LIGHT_M_PER_NS, bound, linearM }, electrons);
      }
    }
  }

  #row(y: number, random: Random, linearM: Float64Array): ReferenceRow {
    const { gateDelaysNs, adcBits } = this.#parameters;
    const largest = 2 ** adcBits - 1;
    const samples = new Uint16Array(gateDelaysNs.length * ROW);
    const offset = Uint16Array.from({ length: ROW }, () => PEDESTAL_DN * 16 + random.below(64) - 32);
    for (let x = 0; x < ROW; x++) {
      const { bound, means } = this.#blocks[Math.floor((y * ROW + x) / SHARED)]!;
      const zeroDn = offset[x]! / 16 + 0.5;
      for (let k = 0; k < means.length; k++) {
        const dn = this.#code(means[k]!, zeroDn, random);
        samples[k * ROW + x] = Math.max(0, Math.min(largest, dn));
        linearM[y * ROW + x]! += bound.weights[k]! * (this.#electronsOf(dn, zeroDn) - means[k]!);
      }
    }
    return { samples, offset, dark: new Uint16Array(ROW), bad: new Uint8Array(ROW) };
  }

  /** Runs all trials and hands each to `take`. */
  run(board: TestBoard, random: Random, take: (trial: Trial) => void): void {
    const sigmaScale = Math.fround(Math.min(4.1 / 65535, this.boundM / 500) || 4.1 / 65535);
    const parameters = { ...this.#parameters, sigmaScale };
    const status = board.configure(encodeParameters(parameters));
    if (status !== 0) throw new Error(`configure() returned status ${status}, expected 0`);
    const linearM = new Float64Array(this.#rows * ROW);
    const rows = Array.from({ length: this.#rows }, (_, y) => this.#row(y, random, linearM));
    const frame = { frame: 0, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0, rows };
    const lines = linesPayload(board.runFrame(frame));
    const view = new DataView(lines.buffer, lines.byteOffset);
    const rowBytes = ROW * 5;
    for (let i = 0; i < this.#rows * ROW; i++) {
      const { t0Ns, bound } = this.#blocks[Math.floor(i / SHARED)]!;
      const [start, x] = [Math.floor(i / ROW) * rowBytes, i % ROW];
      take({
        truthM: t0Ns * HALF_LIGHT_M_PER_NS,
        rangeM: view.getUint16(start + 2 * x, true) * RANGE_SCALE_M,
        sigmaM: view.getUint16(start + 2 * (ROW + x), true) * sigmaScale,
        flags: view.getUint8(start + 4 * ROW + x),
        bound,
        linearM: linearM[i]!,
      });
    }
  }
}

function lightOf({ collectedE, ambient, gates }: Cell): Light {
  return { collectedE, backgroundE: (ambient * collectedE) / gates };
}
