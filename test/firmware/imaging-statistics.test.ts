// Sigma and dark correction of the built module on a synthetic chip. Seeded; maps are made from noisy frames, as a factory
// makes them.
import { describe, expect, it } from "vitest";
import {
  type Chip,
  exposeFrame,
  ImageModule,
  type Maps,
  mean,
  randomChip,
  variance,
} from "./support/image-trials.ts";
import {
  CDS_PARAMETERS,
  type ImagingParameters,
  RAMP_PARAMETERS,
  SINGLE_PARAMETERS,
} from "./support/imaging-parameters.ts";
import { Random } from "./support/random.ts";

const BOLTZMANN_EV_PER_K = 8.617333262e-5;
const MODES: readonly (readonly [string, ImagingParameters])[] = [
  ["single", SINGLE_PARAMETERS],
  ["CDS", CDS_PARAMETERS],
  ["ramp of 8", RAMP_PARAMETERS],
];

/** Charge before each read: nothing before the first of several. */
function spread(p: ImagingParameters, chargeE: number): number[] {
  if (p.reads === 1) return [chargeE];
  return Array.from({ length: p.reads }, (_, i) => (i === 0 ? 0 : chargeE / (p.reads - 1)));
}

describe("sigma is honest within 5 %, 25 600 pixels each: rms to 0.5 %", () => {
  const cases = MODES.flatMap(([name, p]) =>
    [0, 300, 3000, 30_000].map((chargeE) => [name, chargeE, p] as const),
  );
  it.each(cases)("%s, %i e-", (_, chargeE, mode) => {
    const p = { ...mode, width: 1280, height: 20 };
    const pixels = p.width * p.height;
    const chip: Chip = {
      offsetDn: new Float64Array(pixels).fill(150.25),
      darkE: new Float64Array(pixels),
    };
    const maps: Maps = { offset: new Uint16Array(pixels).fill(2404), dark: new Uint16Array(pixels) };
    const charges = spread(p, chargeE);
    const samples = exposeFrame(p, chip, () => charges, new Random(900 + chargeE));
    const { signalDn, sigmaDn } = new ImageModule(p).run(samples, maps, 300_000);
    const rms = Math.sqrt(variance(signalDn));
    expect(Math.abs(mean(sigmaDn) / rms - 1)).toBeLessThan(0.05);
    // Three standard errors of the mean, and half a code of the ramp's reading.
    expect(Math.abs(mean(signalDn) - chargeE / p.gainEPerDn)).toBeLessThan((3.5 * rms) / Math.sqrt(pixels));
  });
});

/** Frames of the dark exposure, averaged as the module sees them without dark correction, in DN. */
function averageDark(
  p: ImagingParameters,
  chip: Chip,
  share: number,
  frames: number,
  maps: Maps,
  temperatureMk: number,
  random: Random,
): { readonly meanDn: Float64Array; readonly temporalDn2: number } {
  const module = new ImageModule(p);
  const pixels = p.width * p.height;
  const sum = new Float64Array(pixels);
  const squares = new Float64Array(pixels);
  for (let frame = 0; frame < frames; frame++) {
    const samples = exposeFrame(p, chip, (i) => spread(p, share * chip.darkE[i]!), random);
    module.run(samples, maps, temperatureMk).signalDn.forEach((value, i) => {
      sum[i]! += value;
      squares[i]! += value * value;
    });
  }
  const meanDn = sum.map((value) => value / frames);
  const temporal = squares.map((value, i) => (value - frames * meanDn[i]! ** 2) / (frames - 1));
  return { meanDn, temporalDn2: mean(temporal) };
}

function in16th(values: Float64Array): Uint16Array {
  return Uint16Array.from(values, (value) => Math.max(0, Math.round(16 * value)));
}

describe("dark correction, 4 096 pixels, maps from 32 frames, residual from 64 frames", () => {
  const CALIBRATION_FRAMES = 32;
  const FRAMES = 64;
  const ACTIVATION_EV = 0.4;

  /** Offset and dark map of a factory, and the temporal variances that they were averaged from. */
  function calibrate(p: ImagingParameters, chip: Chip, random: Random) {
    const pixels = p.width * p.height;
    const none: Maps = { offset: new Uint16Array(pixels), dark: new Uint16Array(pixels) };
    // Without maps a single read shows its offset; CDS and ramps have none.
    const zero = averageDark(p, chip, 0, CALIBRATION_FRAMES, none, 300_000, random);
    const full = averageDark(p, chip, 1, CALIBRATION_FRAMES, none, 300_000, random);
    const maps: Maps = {
      offset: in16th(zero.meanDn),
      dark: in16th(full.meanDn.map((value, i) => value - zero.meanDn[i]!)),
    };
    return { maps, zeroDn2: zero.temporalDn2, fullDn2: full.temporalDn2 };
  }

  /** Residual pattern over the floor that the calibration's own noise sets, for steps of temperature. */
  function residuals(mode: ImagingParameters, stepsK: readonly number[], activationEv: number): number[] {
    const p = { ...mode, width: 512, height: 8, darkActivationEv: activationEv };
    const random = new Random(77);
    const chip = randomChip(p.width * p.height, 8000, 0.25, random);
    const { maps, zeroDn2, fullDn2 } = calibrate(p, chip, random);
    return stepsK.map((stepK) => {
      const inverse = 1 / (300 + stepK) - 1 / 300;
      const factor = Math.exp((-ACTIVATION_EV / BOLTZMANN_EV_PER_K) * inverse);
      const seen = averageDark(p, chip, factor, FRAMES, maps, 1000 * (300 + stepK), random);
      const pattern = variance(seen.meanDn) - seen.temporalDn2 / FRAMES;
      const ofZero = p.reads === 1 ? (1 - factor) ** 2 : factor ** 2;
      const noise = (ofZero * zeroDn2 + factor ** 2 * fullDn2) / CALIBRATION_FRAMES;
      return Math.sqrt(pattern / (noise + (1 + factor ** 2) / 256 / 12));
    });
  }

  it.each(MODES)("%s: on the floor at the calibration's temperature and 5 K warmer", (_, p) => {
    const [same, warmer] = residuals(p, [0, 5], ACTIVATION_EV);
    expect(same).toBeGreaterThan(0.9);
    expect(same).toBeLessThan(1.1);
    expect(warmer).toBeLessThan(1.3);
  });

  it("the temperature term is what does it", () => {
    const [warmer] = residuals(CDS_PARAMETERS, [5], 0);
    expect(warmer).toBeGreaterThan(3);
  });
});
