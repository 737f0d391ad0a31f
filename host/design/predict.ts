import { RANGE_M_PER_NS } from "../../hw-profiles/derive/constants.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { GateModel } from "../analysis/gate-model.ts";
import { gainEPerDn, sampleNoiseVarianceE2 } from "../analysis/noise-model.ts";
import { detectionOf, thresholdAmplitudeE } from "./detection.ts";
import { collectionTimes, type FrameTimes, frameTimes } from "./frame-times.ts";
import { GateClipping } from "./gate-clipping.ts";
import { GateInformation } from "./gate-information.ts";
import { gateRipple } from "./gate-ripple.ts";
import { ambientRateEPerS, darkRateEPerS, signalPerPulseE, type Target } from "./light-budget.ts";
import { type Regime, regimeOf } from "./regime.ts";

/** Rows differ in the wait for their read, in which dark and ambient light collect: middles of this many bands. */
const ROW_BANDS = 6;

export interface TargetInLight extends Target {
  /** Sunlight, 1 = ASTM G173 global tilt. */
  readonly ambientSun: number;
}

/** What the pixels of a design see of one target and how well they tell its range; means over the array. */
export interface Prediction extends TargetInLight {
  /** Electrons of the return, all pulses of a gate plane (A); and those that all gates together collect. */
  readonly amplitudeE: number;
  readonly collectedE: number;
  /** Electrons of one gate plane. */
  readonly ambientE: number;
  readonly darkE: number;
  /** Largest mean sample over the saturation level; may exceed 1. */
  readonly peakShare: number;
  /** Amplitude over its standard deviation, in the rows where it is lowest. */
  readonly snr: number;
  /** Cramer-Rao bound of the range; Infinity where no pixel can tell it. */
  readonly boundM: number;
  /** Expected standard deviation of the range of those pixels that have one. */
  readonly sigmaM: number;
  /** Share of pixels with a return, 0..1; 0 for a target outside of the range window. */
  readonly detectedShare: number;
  /** Share of pixels with a saturated gate, 0..1. */
  readonly saturatedShare: number;
  readonly regime: Regime;
}

/** One band of rows. */
interface RowPrediction {
  readonly ambientE: number;
  readonly darkE: number;
  readonly peakShare: number;
  readonly snr: number;
  readonly boundM: number;
  readonly sigmaM: number;
  readonly detectedShare: number;
  readonly saturatedShare: number;
  readonly usableGates: number;
}

/** Predicts single targets in front of a LiDAR. */
export class Predictor {
  readonly times: FrameTimes;
  readonly #profile: LidarProfile;
  readonly #model: GateModel;
  readonly #noiseVarianceE2: number;
  readonly #clipping: GateClipping;

  constructor(profile: LidarProfile) {
    const { gates, environment } = profile;
    this.times = frameTimes(profile);
    this.#profile = profile;
    this.#model = new GateModel(profile, { gateDelaysNs: gates.delaysNs, gateWidthsNs: gates.widthsNs });
    this.#noiseVarianceE2 = sampleNoiseVarianceE2(profile, environment.temperatureC);
    this.#clipping = new GateClipping(profile, gainEPerDn(profile), this.#noiseVarianceE2);
  }

  predict(target: TargetInLight): Prediction {
    const profile = this.#profile;
    const t0Ns = target.rangeM / RANGE_M_PER_NS + profile.readout.timeOffsetNs;
    const information = new GateInformation(this.#model, t0Ns);
    const amplitudeE = signalPerPulseE(profile, target) * profile.gates.pulsesPerGate;
    const rows = Array.from({ length: ROW_BANDS }, (_, band) =>
      this.#row(target, information, amplitudeE, (band + 0.5) / ROW_BANDS),
    );
    const means = meansOf(rows);
    const sigmaM = means.sigmaM * this.#ripple(t0Ns, information, amplitudeE, means);
    const quantisationM = profile.readout.rangeScaleM / Math.sqrt(12);
    const found = {
      ...means,
      amplitudeE,
      collectedE: amplitudeE * information.shares.reduce((sum, share) => sum + share, 0),
      sigmaM: Math.hypot(sigmaM, quantisationM),
    };
    const regime = regimeOf(profile, { t0Ns, ...found });
    // Whatever is found there, it is no range of this target.
    const detectedShare = regime === "outside" ? 0 : found.detectedShare;
    return { ...target, ...found, detectedShare, regime };
  }

  /** For the mean row: how much more the bound is where the estimates lie than at the true time. */
  #ripple(t0Ns: number, { shares }: GateInformation, amplitudeE: number, means: RowPrediction): number {
    const { ambientE, darkE, sigmaM } = means;
    const { usable } = this.#clipping.of(shares, amplitudeE, ambientE, darkE);
    const charge = { amplitudeE, backgroundE: ambientE + darkE, noiseVarianceE2: this.#noiseVarianceE2 };
    return gateRipple(this.#model, t0Ns, sigmaM / RANGE_M_PER_NS, charge, usable);
  }

  /** @param place of the row, 0 (read first) .. 1. */
  #row(
    { reflectance, ambientSun }: TargetInLight,
    information: GateInformation,
    amplitudeE: number,
    place: number,
  ): RowPrediction {
    const profile = this.#profile;
    const times = collectionTimes(profile, this.times, place * (this.times.rowGroups - 1));
    const ambientE = ambientRateEPerS(profile, reflectance, ambientSun) * times.ambientS;
    const darkE = darkRateEPerS(profile) * times.darkS;
    const clipping = this.#clipping.of(information.shares, amplitudeE, ambientE, darkE);
    const rest = { backgroundE: ambientE + darkE, noiseVarianceE2: this.#noiseVarianceE2 };
    const boundOf = (someE: number) => information.bound({ amplitudeE: someE, ...rest }, clipping.usable);
    const bound = boundOf(amplitudeE);
    const snr = amplitudeE / bound.amplitudeE;
    const thresholdE = thresholdAmplitudeE(
      (someE) => boundOf(someE).amplitudeE,
      profile.readout.detectionSigma,
    );
    const detection = detectionOf(snr, thresholdE / bound.amplitudeE);
    const boundM = RANGE_M_PER_NS * bound.timeNs;
    const { peakShare, saturatedShare, usableGates } = clipping;
    return {
      ambientE,
      darkE,
      peakShare,
      snr,
      boundM,
      sigmaM: boundM * detection.overBound,
      detectedShare: detection.share,
      saturatedShare,
      usableGates,
    };
  }
}

/** Means over rows, but for the gates and the signal to noise ratio of the worst rows; of the bound and sigma root mean squares over the pixels that have a range. */
function meansOf(rows: readonly RowPrediction[]): RowPrediction {
  const mean = (value: (row: RowPrediction) => number) =>
    rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  const detectedShare = mean((row) => row.detectedShare);
  const rms = (value: (row: RowPrediction) => number) => {
    const squares = mean((row) => (row.detectedShare > 0 ? row.detectedShare * value(row) ** 2 : 0));
    return detectedShare > 0 ? Math.sqrt(squares / detectedShare) : Infinity;
  };
  return {
    ambientE: mean((row) => row.ambientE),
    darkE: mean((row) => row.darkE),
    peakShare: mean((row) => row.peakShare),
    snr: Math.min(...rows.map((row) => row.snr)),
    boundM: rms((row) => row.boundM),
    sigmaM: rms((row) => row.sigmaM),
    detectedShare,
    saturatedShare: mean((row) => row.saturatedShare),
    usableGates: Math.min(...rows.map((row) => row.usableGates)),
  };
}
