import { filmCapacitanceF, photodiodeRiseTimeS } from "../../../hw-profiles/derive/response-time.ts";
import type { PhotodiodeProfile } from "../../../hw-profiles/device-profile.ts";
import type { WhiteAndFlicker } from "../analysis/noise-fit.ts";
import type { BenchResult } from "../bench-result.ts";
import type { ShotLimit } from "../measure/shot-limit.ts";
import { compare, type PaperFigure } from "../run/compare.ts";
import type { DeviceStation } from "./device-readers.ts";

/** What follows from choi2021's D* 1.6e11 Jones at 1 kHz, EQE 18 % at 930 nm and 0.8 mm2, by the reading of the flicker. */
const SOURCE = "choi2021, derived from Figs. 4c to 4e";
const NOISE_1KHZ = 7.5e-14;
const AREA_CM2 = 8e-3;
/** Corner over frequency at 1 kHz. */
const CORNER_OVER_1KHZ = 10;
/** Twice the relative tolerance of the amplitude that a current is the square of. */
const CURRENT_TOLERANCE = 0.06;

function figure(quantity: string, value: number, unit: string): PaperFigure {
  return { quantity, values: [value], unit, source: SOURCE, reading: "exact" };
}

/** Noise at 1 kHz, white noise, shot limit and the current behind it. */
export function derivedNoise(station: DeviceStation, fit: WhiteAndFlicker, limit: ShotLimit): BenchResult[] {
  const white = NOISE_1KHZ / Math.sqrt(1 + CORNER_OVER_1KHZ ** fit.slope);
  const shot = white / 2;
  const current = shot ** 2 / (2 * 1.602176634e-19);
  const reading = fit.slope === 1 ? "power ~ 1/f" : "amplitude ~ 1/f";
  const common = {
    experiment: "noise",
    subject: station.device.name,
    kind: "derived" as const,
    conditions: `0 V; flicker read as ${reading}; the document's dark current is worked out from D*`,
  };
  const atKilohertz = station.noise({ biasV: 0 }, 1000);
  return [
    compare({
      ...common,
      figure: figure("noiseCurrent1kHz", NOISE_1KHZ, "A/rtHz"),
      simulated: atKilohertz.amplitudeAPerRtHz,
      standardError: atKilohertz.standardError,
    }),
    compare({
      ...common,
      figure: figure("whiteNoiseCurrent", white, "A/rtHz"),
      simulated: Math.sqrt(fit.white),
      standardError: fit.whiteError / fit.white / 2,
    }),
    compare({
      ...common,
      figure: figure("shotNoiseLimit", shot, "A/rtHz"),
      simulated: limit.amplitudeAPerRtHz,
    }),
    compare({
      ...common,
      figure: figure("equivalentDarkCurrent", current, "A"),
      simulated: limit.equivalentA,
      tolerance: CURRENT_TOLERANCE,
    }),
    compare({
      ...common,
      figure: figure("equivalentDarkCurrentDensity", current / AREA_CM2, "A/cm2"),
      simulated: limit.equivalentA / station.device.areaCm2,
      tolerance: CURRENT_TOLERANCE,
    }),
  ];
}

/** "Tens of nF/cm2" of choi2021's stack. */
const CAPACITANCE: PaperFigure = {
  quantity: "filmCapacitance",
  values: [10, 100],
  unit: "nF/cm2",
  source: "choi2021, derived: eps_r 10, 280 nm depleted",
  reading: "range",
};

/** "Tens of ns" of 0.8 mm2 into 50 ohm. */
const RC_RISE: PaperFigure = {
  quantity: "rcRiseTime",
  values: [10, 100],
  unit: "ns",
  source: "choi2021, derived: 0.8 mm2 into 50 ohm",
  reading: "range",
};

/** Plate capacitance of the depleted stack, and the rise time that it alone would give with the load. */
export function derivedCapacitance(device: PhotodiodeProfile): BenchResult[] {
  const { areaCm2, loadOhm, name: subject, relativePermittivity, thicknessNm } = device;
  const capacitanceF = filmCapacitanceF(areaCm2, thicknessNm, relativePermittivity);
  const riseS = photodiodeRiseTimeS({ driftS: 0, rcS: loadOhm * capacitanceF, diffusionS: 0 });
  const common = { experiment: "bandwidth", subject, kind: "derived" as const };
  return [
    compare({ ...common, figure: CAPACITANCE, simulated: (1e9 * capacitanceF) / areaCm2 }),
    compare({ ...common, figure: RC_RISE, simulated: 1e9 * riseS, conditions: "2.2 R C" }),
  ];
}
