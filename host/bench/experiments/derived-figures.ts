import { filmCapacitanceF } from "../../../hw-profiles/derive/response-time.ts";
import type { WhiteAndFlicker } from "../analysis/noise-fit.ts";
import type { BenchResult } from "../bench-result.ts";
import type { ShotLimit } from "../measure/shot-limit.ts";
import { compare, type PaperFigure } from "../run/compare.ts";
import type { DeviceStation } from "./device-readers.ts";

/** What follows from choi2021's D* 1.6e11 Jones at 1 kHz, EQE 18 % at 930 nm and 0.8 mm2, by the reading of the flicker. */
const SOURCE = "choi2021, derived from Figs. 4c to 4e";
const NOISE_1KHZ = 7.5e-14;
/** Corner over frequency at 1 kHz. */
const CORNER_OVER_1KHZ = 10;

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
    kind: "emergent" as const,
    conditions: `0 V; flicker read as ${reading}`,
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
      // Twice the relative tolerance of the amplitude that it is the square of.
      tolerance: 0.06,
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

/** Plate capacitance of the depleted stack. */
export function derivedCapacitance(
  subject: string,
  thicknessNm: number,
  relativePermittivity: number,
): BenchResult {
  return compare({
    experiment: "bandwidth",
    subject,
    figure: CAPACITANCE,
    simulated: 1e9 * filmCapacitanceF(1, thicknessNm, relativePermittivity),
    kind: "derived",
  });
}
