import { describe, expect, it } from "vitest";
import {
  addModulatedResponse,
  addPulseResponse,
  modulationTransfer,
} from "../../../sim/detector/response-poles.ts";
import { bandwidth3dB } from "../lab/bandwidth.ts";

const poles = [
  { share: 0.7, riseTauS: 20e-9, fallTauS: 30e-9 },
  { share: 0.3, riseTauS: 400e-9, fallTauS: 900e-9 },
];
const train = { widthS: 39e-9, periodS: 1e-6 };

/** Explicit steps of a thousandth of the shortest time constant, over enough periods to forget the start. */
function stepped(sampleS: number, samples: number): number[] {
  const stepsPerSample = 100;
  const dt = sampleS / stepsPerSample;
  const stepsPerPeriod = Math.round(train.periodS / dt);
  const levels = poles.map(() => 0);
  const wave: number[] = [];
  for (let period = 0; period < 12; period++) {
    for (let step = 0; step < stepsPerPeriod; step++) {
      if (period === 11 && step % stepsPerSample === 0 && wave.length < samples) {
        wave.push(poles.reduce((sum, { share }, i) => sum + share * levels[i]!, 0));
      }
      const light = (step + 0.5) * dt < train.widthS ? 1 : 0;
      poles.forEach(({ riseTauS, fallTauS }, i) => {
        const decay = Math.exp(-dt / (light === 1 ? riseTauS : fallTauS));
        levels[i] = light + (levels[i]! - light) * decay;
      });
    }
  }
  return wave;
}

describe("pulse response", () => {
  it("equals pole by pole stepping through twelve periods, tails included", () => {
    const series = new Float64Array(500);
    addPulseResponse(series, poles, train, 2, 1 / 1e-9);
    const reference = stepped(1e-9, 500);
    reference.forEach((level, i) => {
      expect(series[i]).toBeCloseTo(2 * level, 5);
    });
    expect(series[0]).toBeGreaterThan(0.02);
  });

  it("repeats with the period and adds to what is there", () => {
    const series = new Float64Array(1500).fill(1);
    addPulseResponse(series, poles, train, 1, 1e9);
    expect(series[1230]).toBeCloseTo(series[230]!, 9);
  });

  it("tends to the light in long pulses", () => {
    const series = new Float64Array(100);
    addPulseResponse(series, poles, { widthS: 1e-4, periodS: 1e-3 }, 1, 1.01e6);
    expect(series.at(-1)).toBeCloseTo(1, 6);
  });

  it("refuses a pulse that fills its period", () => {
    expect(() => addPulseResponse(new Float64Array(1), poles, { widthS: 2, periodS: 1 }, 1, 1)).toThrow(
      /width above 0 and below the period/,
    );
  });
});

describe("modulated light", () => {
  const one = [{ share: 1, riseTauS: 30e-9, fallTauS: 30e-9 }];

  it("a pole has its 3 dB point at 1 / (2 pi tau), 0.35 / rise time", () => {
    const hz = bandwidth3dB((frequency) => {
      const { re, im } = modulationTransfer(one, frequency);
      return Math.hypot(re, im);
    });
    expect(hz * 2 * Math.PI * 30e-9).toBeCloseTo(1, 6);
    expect((hz * 30e-9 * Math.log(9)) / 0.35).toBeCloseTo(1, 2);
  });

  it("has the amplitude and delay of the pole around the mean", () => {
    const series = new Float64Array(1000);
    const frequencyHz = 5e6;
    addModulatedResponse(series, one, { frequencyHz, depth: 0.5 }, 3, 1e9);
    const lag = Math.atan(2 * Math.PI * frequencyHz * 30e-9);
    series.forEach((value, i) => {
      const phase = (2 * Math.PI * frequencyHz * i) / 1e9 - lag;
      expect(value).toBeCloseTo(3 * (1 + 0.5 * Math.cos(lag) * Math.cos(phase)), 9);
    });
  });
});
