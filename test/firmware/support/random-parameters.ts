import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import {
  COMPONENT_LIDAR,
  PIXEL_FORMAT_LOSSLESS,
  PIXEL_FORMAT_MONO12P,
  PIXEL_FORMAT_MONO16,
} from "../../../hw-profiles/interface/reports.ts";
import { INAS_PARAMETERS, type Parameters } from "./parameter-block.ts";
import type { Random } from "./random.ts";

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

function gateLists(random: Random): Pick<Parameters, "gateDelaysNs" | "gateWidthsNs"> {
  const gates = [4, 5, 7, 16, 31, 32, 33, 64][random.below(8)]!;
  const step = 200 / gates;
  const regular = random.below(2) === 0;
  const delay = (k: number): number => -12.5 + step * k + (regular ? 0 : between(random, -4, 4));
  return {
    gateDelaysNs: Array.from({ length: gates }, (_, k) => delay(k)),
    gateWidthsNs: Array.from({ length: gates }, () => (regular ? 15 : between(random, 5, 40))),
  };
}

/** Formats that hold every code. */
export function wideFormat(adcBits: number): number {
  return adcBits % 4 === 0 ? PIXEL_FORMAT_LOSSLESS : PIXEL_FORMAT_MONO16;
}

/** A valid set of parameters, small enough for the slow reference: any gates, both gating modes, every output format. */
export function randomParameters(random: Random, height: number): Parameters {
  const adcBits = [8, 10, 12, 14, 16][random.below(5)]!;
  const top = 2 ** adcBits - 1;
  return {
    ...INAS_PARAMETERS,
    ...gateLists(random),
    width: [1, 7, 8, 9, 24, 61][random.below(6)]!,
    height,
    adcBits,
    gating: random.below(3) === 0 ? Blocks.GATING_SWEPT_RESET : Blocks.GATING_FILM_BIAS,
    components: (1 + random.below(COMPONENT_LIDAR)) & COMPONENT_LIDAR || COMPONENT_LIDAR,
    rawFormat: adcBits <= 12 && random.below(2) === 0 ? PIXEL_FORMAT_MONO12P : wideFormat(adcBits),
    saturationDn: Math.max(1, Math.floor(top * between(random, 0.5, 1))),
    probeX: random.below(70),
    probeY: random.below(height + 1),
    responseTauNs: between(random, 2, 250),
    tailFraction: random.below(2) === 0 ? 0 : between(random, 0, 0.3),
    tailTauNs: between(random, 100, 900),
    extinction: random.below(2) === 0 ? 0 : between(random, 0, 0.6),
    pulseWidthNs: between(random, 5, 60),
    gainEPerDn: between(random, 0.5, 80),
    t0MinNs: between(random, -5, 10),
    t0MaxNs: between(random, 20, 160),
    timeOffsetNs: between(random, -3, 3),
    darkExposureScale: between(random, 0, 3),
    detectionSigma: between(random, 0, 6),
    returns: 1 + random.below(Blocks.RETURNS_MAX),
    returnOrder: random.below(Blocks.RETURN_LAST + 1),
    returnChi2: random.below(4) === 0 ? 0 : between(random, 0, 20),
  };
}
