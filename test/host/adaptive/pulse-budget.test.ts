import { expect, test } from "vitest";
import { mostPulses, pulsesForTarget } from "../../../host/adaptive/pulse-budget.ts";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import { PIXEL_NO_RETURN, PIXEL_SATURATED } from "../../../hw-profiles/interface/pixel-flags.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { frameTiming } from "../../../sim/roic/frame-timing.ts";

const profile = loadLidarProfile("inas-lidar-64x48");
const seen = { pulsesPerGate: 500, widthNs: 15 };
const PIXELS = 1000;

function frame(amplitudeE: number, flags = 0, flagged = 0): DepthFrame {
  return {
    rangeM: new Float32Array(PIXELS).fill(3),
    amplitudeE: new Float32Array(PIXELS).fill(amplitudeE),
    ambientE: new Float32Array(PIXELS).fill(100),
    flags: Uint8Array.from({ length: PIXELS }, (_, i) => (i < flagged ? flags : 0)),
  } as Partial<DepthFrame> as DepthFrame;
}

test("the frame rate is kept to the pulse, by the board's own timing", () => {
  const rateHz = 12;
  const { limit, pulsesPerGate } = mostPulses(profile, frame(1000), seen, 15, { minFrameRateHz: rateHz });
  expect(limit).toBe("frame rate");
  const rate = (pulses: number) => profile.adc.clockHz / frameTiming(profile, pulses).frameCycles;
  expect(rate(pulsesPerGate)).toBeGreaterThanOrEqual(rateHz);
  expect(rate(pulsesPerGate + 1)).toBeLessThan(rateHz);
});

test("saturation: in proportion to the light, less for wider gates, half when pixels saturate already", () => {
  const most = (brightE: number, widthNs = 15) => mostPulses(profile, frame(brightE), seen, widthNs, {});
  expect(most(2e5).limit).toBe("saturation");
  expect(most(2e5).pulsesPerGate / most(4e5).pulsesPerGate).toBeCloseTo(2, 1);
  expect(most(2e5, 39).pulsesPerGate).toBeLessThan(0.6 * most(2e5).pulsesPerGate);
  const over = mostPulses(profile, frame(2e4, PIXEL_SATURATED, 20), seen, 15, {});
  expect(over).toEqual({ pulsesPerGate: 250, limit: "saturation" });
});

test("a few bright pixels and pixels without a range do not decide", () => {
  const few = {
    ...frame(2e4),
    amplitudeE: Float32Array.from({ length: PIXELS }, (_, i) => (i < 5 ? 1e7 : 2e4)),
  };
  expect(mostPulses(profile, few, seen, 15, {})).toEqual(mostPulses(profile, frame(2e4), seen, 15, {}));
  const lost = { ...few, flags: few.flags.map((_, i) => (i < 100 ? PIXEL_NO_RETURN : 0)) };
  const bright = {
    ...lost,
    amplitudeE: Float32Array.from({ length: PIXELS }, (_, i) => (i < 100 ? 1e7 : 2e4)),
  };
  expect(mostPulses(profile, bright, seen, 15, {}).pulsesPerGate).toBeGreaterThan(1000);
});

test("a target takes the fewest pulses that reach it, and all where none do", () => {
  const most = { pulsesPerGate: 1000, limit: "saturation" } as const;
  const sigmaM = (pulses: number) => 0.1 / Math.sqrt(pulses);
  expect(pulsesForTarget(most, 0.005, sigmaM)).toEqual({ pulsesPerGate: 400, limit: "target sigma" });
  expect(pulsesForTarget(most, 0.001, sigmaM)).toEqual(most);
  expect(pulsesForTarget(most, 1, sigmaM).pulsesPerGate).toBe(1);
});
