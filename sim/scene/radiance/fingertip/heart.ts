// The blood volume in a fingertip against time.
// Not modelled: change of the pulse's shape with the heart rate, ectopic beats, the amplitude's change with breathing.

import { exp, sin } from "../../../math/elementary.ts";
import { Draws } from "../../../random/draws.ts";
import { STREAM_SCENE } from "../../../random/streams.ts";

export interface HeartSettings {
  /** Mean heart rate, beats per minute. */
  readonly rateBpm: number;
  /** Breaths per minute; 0: the breath is held. */
  readonly breathingPerMin: number;
  /** Standard deviation of the beat's interval as a share of its mean. */
  readonly variability: number;
  /** Whose heart: where in their cycles pulse, breath and pressure waves stand at time 0. */
  readonly person: number;
}

interface Bump {
  /** Place in the beat, 0..1. */
  readonly at: number;
  readonly sigma: number;
  readonly height: number;
}

// Assumed: a systolic peak after a fifth of the beat, a dicrotic one of two fifths of its height half a beat in, and a
// notch between them, as finger pulses of young adults look.
const SYSTOLE: Bump = { at: 0.22, sigma: 0.07, height: 1 };
const DICROTIC: Bump = { at: 0.5, sigma: 0.1, height: 0.4 };
/** Slow waves of the blood pressure that the heart rate follows (assumed: the usual tenth of a hertz). */
const PRESSURE_WAVE_HZ = 0.1;

const TWO_PI = 2 * Math.PI;
const S_PER_MIN = 60;

/** sin(2 pi cycles), exact in the reduction for any number of cycles. */
function sinOfCycles(cycles: number): number {
  return sin(TWO_PI * (cycles - Math.floor(cycles)));
}

/** Blood volume within a beat: 0 in diastole, 1 (within 1 %) in systole; `phase` is periodic in 1. */
export function pulseWave(phase: number): number {
  const place = phase - Math.floor(phase);
  return bump(place, SYSTOLE) + bump(place, DICROTIC);
}

/** A Gaussian, periodic in 1. */
function bump(phase: number, { at, sigma, height }: Bump): number {
  let sum = 0;
  for (const turn of [-1, 0, 1]) {
    const z = (phase - at + turn) / sigma;
    sum += exp(-0.5 * z * z);
  }
  return height * sum;
}

/** Pulse and breath as pure functions of time, so that frames can be had in any order. */
export class Heart {
  readonly #settings: HeartSettings;
  readonly #rateHz: number;
  readonly #breathHz: number;
  readonly #phases: { readonly beat: number; readonly wave: number; readonly breath: number };

  constructor(settings: HeartSettings) {
    const draws = new Draws(settings.person, STREAM_SCENE);
    this.#settings = settings;
    this.#rateHz = settings.rateBpm / S_PER_MIN;
    this.#breathHz = settings.breathingPerMin / S_PER_MIN;
    this.#phases = { beat: draws.uniform(0), wave: draws.uniform(1), breath: draws.uniform(2) };
  }

  /** Blood volume of the pulse, 0..1. */
  pulse(timeS: number): number {
    return pulseWave(this.beats(timeS));
  }

  /** Of the breath, -1..1. */
  breath(timeS: number): number {
    return this.#breathHz === 0 ? 0 : sinOfCycles(this.#breathHz * timeS + this.#phases.breath);
  }

  /**
   * Beats since time 0, with their fraction. The rate follows pressure waves and breath by equal parts:
   * f(t) = f0 (1 + v cos(pressure) + v cos(breath)), whose standard deviation is v f0; this is its integral.
   */
  beats(timeS: number): number {
    const { variability } = this.#settings;
    const { beat, breath, wave } = this.#phases;
    const waveS = swing(PRESSURE_WAVE_HZ, timeS, wave);
    const breathS = this.#breathHz === 0 ? 0 : swing(this.#breathHz, timeS, breath);
    return beat + this.#rateHz * (timeS + variability * (waveS + breathS));
  }
}

/** Integral of cos(2 pi (f t + phase)), s. */
function swing(frequencyHz: number, timeS: number, phase: number): number {
  return sinOfCycles(frequencyHz * timeS + phase) / (TWO_PI * frequencyHz);
}
