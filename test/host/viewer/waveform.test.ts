import { describe, expect, it } from "vitest";
import { gateResponse, type WaveformShape, waveformShape } from "../../../host/viewer/plot/waveform.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";

const STEP_NS = 0.05;

/** The same by brute force: the pulse, convolved with the response, repeated, summed over the gate. */
function bruteForce(shape: WaveformShape, delayNs: number, widthNs: number, t0Ns: number): number {
  const { pulseWidthNs, tauNs, tailFraction, tailTauNs, periodNs, extinction } = shape;
  const response = (t: number) =>
    t < 0
      ? 0
      : ((1 - tailFraction) * Math.exp(-t / tauNs)) / tauNs +
        (tailFraction * Math.exp(-t / tailTauNs)) / tailTauNs;
  let gated = 0;
  for (let t = delayNs + STEP_NS / 2; t < delayNs + widthNs; t += STEP_NS) {
    for (let n = 0; n < 4; n++) {
      for (let u = STEP_NS / 2; u < pulseWidthNs; u += STEP_NS) {
        gated += (response(t - t0Ns - u + n * periodNs) * STEP_NS * STEP_NS) / pulseWidthNs;
      }
    }
  }
  return extinction + (1 - extinction) * gated;
}

describe("waveform of the gate plot", () => {
  it.each([
    ["inas-lidar-320x240", -12.5],
    ["inas-lidar-320x240", 50],
    ["pbs-lidar-320x240", 120],
  ])("%s at %d ns agrees with a numerical convolution", (name, delayNs) => {
    const shape = waveformShape(loadLidarProfile(name));
    const closed = gateResponse(shape, delayNs, 15, 33.3);
    expect(closed).toBeCloseTo(bruteForce(shape, delayNs, 15, 33.3), 3);
  });

  it("collects everything over a whole period", () => {
    const shape = waveformShape(loadLidarProfile("inas-lidar-320x240"));
    expect(gateResponse(shape, 0, shape.periodNs, 40)).toBeCloseTo(1, 6);
  });
});
