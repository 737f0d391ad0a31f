import { type Bandwidth, bandwidth3dB } from "../analysis/bandwidth.ts";
import { lockIn } from "../analysis/lock-in.ts";
import { logSpace } from "../analysis/sampling.ts";
import type { DeviceBench } from "../laboratory.ts";
import type { TransientSetting } from "./transient.ts";

const POWER_W = 1e-4;
const DEPTH = 0.5;
/** Decades around the expected bandwidth, and points. */
const BELOW = 1 / 60;
const ABOVE = 6;
const POINTS = 25;
const SAMPLES_PER_PERIOD = 8;
const SAMPLES = 1 << 12;

export interface BandwidthSweep extends Bandwidth {
  readonly frequenciesHz: readonly number[];
  readonly amplitudesA: readonly number[];
}

/** 3 dB bandwidth by a lock-in at many frequencies of modulated light, around `expectedHz`. */
export function sweepFrequency(
  device: DeviceBench,
  setting: TransientSetting,
  expectedHz: number,
): BandwidthSweep {
  const { wavelengthNm, seed, thorough, ...electrical } = setting;
  const frequenciesHz = logSpace(BELOW * expectedHz, ABOVE * expectedHz, POINTS);
  const amplitudesA = frequenciesHz.map((frequencyHz) => {
    const sampleRateHz = SAMPLES_PER_PERIOD * frequencyHz;
    const samples = device.modulated({
      ...electrical,
      light: { wavelengthNm, powerW: POWER_W },
      depth: DEPTH,
      frequencyHz,
      sampleRateHz,
      samples: thorough ? 4 * SAMPLES : SAMPLES,
      seed,
    });
    return lockIn(samples, sampleRateHz, frequencyHz).amplitude;
  });
  return { ...bandwidth3dB(frequenciesHz, amplitudesA), frequenciesHz, amplitudesA };
}
