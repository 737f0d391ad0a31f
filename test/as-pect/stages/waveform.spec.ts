import { gateShare, gateSlope, responseArea, responseValue } from "../../../firmware/stages/waveform.ts";
import { parameters } from "../../../firmware/views.ts";
import { GATING_FILM_BIAS, GATING_SWEPT_RESET } from "../../../hw-profiles/interface/memory-map.ts";

function prepare(tauNs: f32): void {
  parameters.gating = GATING_FILM_BIAS;
  parameters.pulseWidthNs = 39;
  parameters.pulsePeriodNs = 1000;
  parameters.responseTauNs = tauNs;
  parameters.tailFraction = 0.1;
  parameters.tailTauNs = 400;
  parameters.extinction = 0;
}

describe("the response", () => {
  it("has unit area over a period, wherever it starts", () => {
    prepare(113.8);
    for (let t: f64 = -500; t < 500; t += 41) {
      expect<f64>(responseArea(t + 1000) - responseArea(t)).toBeCloseTo(1, 12);
    }
  });

  it("is the derivative of its area", () => {
    prepare(29.6);
    for (let t: f64 = 1; t < 900; t += 13.7) {
      const numeric = (responseArea(t + 1e-4) - responseArea(t - 1e-4)) / 2e-4;
      expect<f64>(numeric).toBeCloseTo(responseValue(t), 8);
    }
  });

  it("carries the tail of earlier pulses over: 9e-4 of a PbS pulse and more with a slow tail", () => {
    prepare(113.8);
    parameters.tailFraction = 0;
    expect<f64>(responseValue(0) * 113.8).toBeCloseTo(1.84e-4, 5);
  });
});

describe("a single pulse, with swept reset", () => {
  it("has nothing before it and its whole area after it", () => {
    prepare(113.8);
    parameters.gating = GATING_SWEPT_RESET;
    parameters.tailFraction = 0;
    expect<f64>(responseValue(-1)).toBe(0);
    expect<f64>(responseArea(-1)).toBe(0);
    expect<f64>(responseValue(0)).toBe(0);
    expect<f64>(responseArea(990)).toBeCloseTo(1.0 - Math.exp(-990.0 / 113.8) * 1.195, 5);
  });
});

describe("a gate", () => {
  it("collects what its neighbours leave", () => {
    prepare(29.6);
    let sum: f64 = 0;
    for (let gate = 0; gate < 100; gate++) sum += gateShare(f64(gate) * 10.0, 10, 77.7);
    expect<f64>(sum).toBeCloseTo(1, 12);
  });

  it("has the slope of its share, in both gating modes", () => {
    prepare(29.6);
    for (let mode: u32 = GATING_FILM_BIAS; mode <= u32(GATING_SWEPT_RESET); mode++) {
      parameters.gating = mode;
      parameters.extinction = 0.2;
      const numeric = (gateShare(60, 15, 40.0001) - gateShare(60, 15, 39.9999)) / 2e-4;
      expect<f64>(numeric).toBeCloseTo(gateSlope(60, 15, 40), 8);
    }
  });

  it("leaks the extinction when it is closed", () => {
    prepare(2);
    parameters.tailFraction = 0;
    parameters.extinction = 0.25;
    expect<f64>(gateShare(-50, 15, 100)).toBeCloseTo(0.25, 9);
  });
});
