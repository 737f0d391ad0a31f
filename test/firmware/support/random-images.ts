import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import {
  COMPONENT_FLAGS,
  COMPONENT_IMAGING,
  COMPONENT_INTENSITY,
  COMPONENT_RAW,
  COMPONENT_SIGMA,
  PIXEL_FORMAT_MONO12P,
} from "../../../hw-profiles/interface/reports.ts";
import type { ReferenceFrame, ReferenceRow } from "../../reference/firmware/frame.ts";
import { type ImagingParameters, SINGLE_PARAMETERS } from "./imaging-parameters.ts";
import type { Random } from "./random.ts";
import { wideFormat } from "./random-parameters.ts";

function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[random.below(values.length)]!;
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

/** Reads of one pixel in use: pedestal, reset level, charge that grows, sometimes a jump. */
function realisticReads(p: ImagingParameters, random: Random): number[] {
  const fullE = p.saturationDn * p.gainEPerDn;
  const rateE = (fullE / p.reads) * 10 ** (0.2 - 4 * random.uniform());
  const jumpAt = random.below(4) === 0 ? random.below(p.reads) : -1;
  let chargeE = 96 * p.gainEPerDn + p.resetNoiseE * random.normal();
  return Array.from({ length: p.reads }, (_, i) => {
    chargeE += random.poisson(rateE);
    if (i === jumpAt) chargeE += fullE * 0.1 * random.uniform();
    const code = Math.floor((chargeE + p.readNoiseE * random.normal()) / p.gainEPerDn + 0.5);
    return Math.max(0, Math.min(2 ** p.adcBits - 1, code));
  });
}

/** Reads that no light makes. */
function oddReads(p: ImagingParameters, random: Random): number[] {
  const kind = oneOf(random, [
    (): number => 0,
    (): number => 0xffff,
    (): number => p.saturationDn,
    (): number => p.saturationDn - 1,
    (): number => random.below(65536),
    (): number => random.below(2 ** p.adcBits),
  ]);
  return Array.from({ length: p.reads }, kind);
}

/** A row of random pixels: real ramps, saturated ones, impossible codes, defects alone and in groups, odd maps. */
export function randomImageRow(p: ImagingParameters, random: Random): ReferenceRow {
  const badShare = oneOf(random, [3, 15, 100]);
  const map = (usual: number): Uint16Array =>
    Uint16Array.from({ length: p.width }, () =>
      random.below(10) === 0 ? random.below(65536) : random.below(usual),
    );
  const row: ReferenceRow = {
    samples: new Uint16Array(p.reads * p.width),
    offset: map(3000),
    dark: map(400),
    bad: Uint8Array.from({ length: p.width }, () => (random.below(badShare) === 0 ? random.below(256) : 0)),
  };
  for (let x = 0; x < p.width; x++) {
    const reads = random.below(4) === 0 ? oddReads(p, random) : realisticReads(p, random);
    reads.forEach((code, i) => {
      row.samples[i * p.width + x] = code;
    });
  }
  return row;
}

export function randomImage(p: ImagingParameters, random: Random): ReferenceFrame {
  return {
    frame: random.word(),
    temperatureMk: 250_000 + random.below(100_000),
    startCycle: BigInt(random.word()) << 20n,
    endCycle: (BigInt(random.word()) << 20n) + 5n,
    dropped: random.below(5),
    rows: Array.from({ length: p.height }, () => randomImageRow(p, random)),
  };
}

/** A straight response, one that may be, or one that cannot. */
function randomResponse(random: Random, codes: number): Pick<ImagingParameters, "linear" | "shotBend"> {
  const most = oneOf(random, [0, 0.2, 4]);
  const term = (): number => between(random, -most, most);
  const linear = [most === 4 ? term() : 1 + 0.1 * term(), term() / codes, term() / codes ** 2] as const;
  return { linear, shotBend: (most * random.uniform()) / codes };
}

/** A valid set of imaging parameters, small enough for the slow reference. */
export function randomImagingParameters(random: Random, height: number): ImagingParameters {
  const adcBits = oneOf(random, [8, 10, 12, 14, 16]);
  const readMode = oneOf(random, [Blocks.READ_SINGLE, Blocks.READ_CDS, Blocks.READ_RAMP, Blocks.READ_RAMP]);
  const reads = readMode === Blocks.READ_RAMP ? oneOf(random, [2, 3, 4, 5, 8, 16, 33, 64]) : readMode + 1;
  const components = oneOf(random, [
    COMPONENT_IMAGING,
    COMPONENT_INTENSITY,
    COMPONENT_SIGMA | COMPONENT_FLAGS,
    COMPONENT_RAW,
    COMPONENT_INTENSITY | COMPONENT_FLAGS,
  ]);
  return {
    ...SINGLE_PARAMETERS,
    width: oneOf(random, [1, 7, 8, 9, 24, 61]),
    height,
    adcBits,
    readMode,
    reads,
    components,
    rawFormat: adcBits <= 12 && random.below(2) === 0 ? PIXEL_FORMAT_MONO12P : wideFormat(adcBits),
    saturationDn: Math.max(1, Math.floor((2 ** adcBits - 1) * between(random, 0.5, 1))),
    probeX: random.below(70),
    probeY: random.below(height + 1),
    corrections: random.below(2) === 0 ? Blocks.CORRECT_ALL : random.below(16),
    gainEPerDn: 10 ** between(random, -1, 2),
    resetNoiseE: between(random, 0, 120),
    readNoiseE: between(random, 0, 60),
    sigmaScale: 10 ** between(random, -3, 0),
    intensityOffset: random.below(random.below(2) === 0 ? 65536 : 1000),
    intensityScale: 10 ** between(random, -2, 1),
    jumpChi2: between(random, 1, 30),
    exposureNs: random.word(),
    darkExposureScale: between(random, 0, 3),
    binning: 0x0101 + random.below(4),
    decimation: 0x0201,
    ...randomResponse(random, 2 ** adcBits),
    flickerRatio: random.below(2) === 0 ? 0 : 10 ** between(random, -2, 3),
  };
}
