import { PIXEL_BAD, PIXEL_MISSING, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import type { ImagingFrame } from "../camera/frame.ts";

export interface ExposureGoal {
  /** Share of the pixels that may be brighter than the level; default 0.005. */
  readonly brightShare?: number;
  /** Level that the others stay below, as a share of the saturation level; default 0.8. */
  readonly level?: number;
}

/** What may be chosen from. */
export interface ExposureLimits {
  readonly minNs: number;
  readonly maxNs: number;
  readonly maxGain: number;
  /** Codes of light that saturate: saturation level less pedestal. */
  readonly saturationDn: number;
}

export interface Exposure {
  readonly exposureNs: number;
  /** Analog, 1 = unity. */
  readonly gain: number;
}

export interface ExposureChoice extends Exposure {
  /** Brightest pixels of the frame that this was chosen from, over the saturation level; 1: saturated. */
  readonly level: number;
  /** What holds the light back. */
  readonly limit: "level" | "frame rate and gain" | "shortest exposure";
}

const DEFAULTS = { brightShare: 0.005, level: 0.8 } as const;
/** Of saturated pixels nothing more is known: a fourth of the light, and look again. */
const SATURATED_FACTOR = 0.25;
/** Steps to more light are no longer than this. */
const MOST_AT_ONCE = 16;
/** Light is changed when the level is off by more than this factor. */
const NEAR = 1.08;
/** So much the limit from an earlier saturated picture is relaxed by a picture: the scene may have become darker. */
const FORGET = 1.01;

/** Chooses exposure and gain from picture to picture. Pure: knows no device. */
export class ExposureChooser {
  readonly #goal: Required<ExposureGoal>;
  readonly #limits: ExposureLimits;
  /** Exposure times gain that saturated, and the last that did not: dark charge fills the well, too, and its share is not seen. */
  #saturatedAt = Infinity;
  #unsaturatedAt = 0;

  constructor(limits: ExposureLimits, goal: ExposureGoal = {}) {
    this.#limits = limits;
    this.#goal = { ...DEFAULTS, ...goal };
  }

  /**
   * Exposure and gain for the next picture, from one that was taken with `present`. The exposure does what it can within
   * its limits, the gain the rest: light that is collected has less noise than light that is amplified.
   */
  next(frame: ImagingFrame, present: Exposure): ExposureChoice {
    const { saturationDn } = this.#limits;
    const level = brightLevel(frame, saturationDn, this.#goal.brightShare);
    const light = present.exposureNs * present.gain;
    const wanted = level >= 1 ? this.#less(light) : this.#more(light, this.#goal.level / level);
    if (level < 1 && wanted < light * NEAR && wanted > light / NEAR)
      return { ...present, level, limit: "level" };
    return this.#split(wanted, level);
  }

  /** Halfway, on a scale of factors, to what did not saturate. */
  #less(light: number): number {
    this.#saturatedAt = light;
    const isKnown = this.#unsaturatedAt > SATURATED_FACTOR * light && this.#unsaturatedAt < light;
    return isKnown
      ? Math.min(Math.sqrt(this.#unsaturatedAt * light), light / NEAR)
      : SATURATED_FACTOR * light;
  }

  #more(light: number, factor: number): number {
    this.#unsaturatedAt = light;
    this.#saturatedAt = Math.max(this.#saturatedAt * FORGET, light);
    return Math.min(light * Math.min(MOST_AT_ONCE, factor), Math.sqrt(light * this.#saturatedAt));
  }

  #split(wanted: number, level: number): ExposureChoice {
    const { maxGain, maxNs, minNs } = this.#limits;
    const exposureNs = Math.round(Math.min(maxNs, Math.max(minNs, wanted)));
    const gain = Math.fround(Math.min(maxGain, Math.max(1, wanted / exposureNs)));
    const chosen = exposureNs * gain;
    const held = chosen < wanted / NEAR ? "frame rate and gain" : "level";
    return { exposureNs, gain, level, limit: chosen > wanted * NEAR ? "shortest exposure" : held };
  }
}

/** Level that all but `brightShare` of the good pixels stay below, over the saturation level; 1 when those are saturated. */
export function brightLevel({ flags, intensityDn }: ImagingFrame, saturationDn: number, brightShare: number) {
  const levels: number[] = [];
  let saturated = 0;
  for (let i = 0; i < flags.length; i++) {
    if ((flags[i]! & (PIXEL_BAD | PIXEL_MISSING)) !== 0) continue;
    if ((flags[i]! & PIXEL_SATURATED) !== 0) saturated++;
    levels.push(intensityDn[i]!);
  }
  if (saturated > brightShare * levels.length) return 1;
  levels.sort((a, b) => b - a);
  const level = levels[Math.floor(brightShare * levels.length)] ?? 0;
  return Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, level / saturationDn));
}
