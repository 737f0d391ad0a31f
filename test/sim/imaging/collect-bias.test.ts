import { describe, expect, it } from "vitest";
import { biasDependence } from "../../../sim/detector/bias-dependence.ts";
import { relativeDarkCurrent } from "../../../sim/detector/dark-bias.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";
import { collectorOf, conditionsWith, covariance, moments, scheduleOf, sized } from "./collect-fixture.ts";

const SIZE = 1024;
/** Samples of one exposure; every bound below is 4 sigma of the estimate from n samples. */
const n = SIZE * SIZE;
const profile = sized(SIZE, SIZE);
const collector = collectorOf({ ...profile, roic: { ...profile.roic, maxReads: 4 } });
const FULL_WELL_E = (10e-15 * 1.6) / 1.602176634e-19;
const DARK_E_PER_S = (2e-8 * 20e-4 ** 2 * 0.9) / 1.602176634e-19;
/** From -2 V to -0.4 V: 0.44 to 0.2 + 0.4 x 0.18. */
const EQE_FALL = 1 - 0.272 / 0.44;

/** J(V) of the text book, with the profile's numbers: n = 1.8, 30 % through the shunt, 2 V. */
function textbookDark(reverseV: number): number {
  const thermalV = 1.8 * 8.617333262e-5 * 300;
  const saturation = 0.7 / (1 - Math.exp(-2 / thermalV));
  const shuntOhm = 2 / 0.3;
  return saturation * (1 - Math.exp(-reverseV / thermalV)) + reverseV / shuntOhm;
}

describe("dark current against bias", () => {
  it.each([2, 1, 0.4, 0.05, 0, -0.05])("is J(V) at %d V", (reverseV) => {
    const found = relativeDarkCurrent(imagingProfile.film, 2, reverseV, 300);
    expect(found).toBeCloseTo(textbookDark(reverseV), 10);
  });

  it("falls on a chord from the reset level to full well, as the EQE does", () => {
    const { eqeFall, darkFall } = biasDependence(imagingProfile, 300);
    expect(eqeFall).toBeCloseTo(EQE_FALL, 12);
    expect(darkFall).toBeCloseTo(1 - textbookDark(0.4), 10);
  });
});

/** Means and variances of a linear death process that fills at a - b Q. */
function deathProcess(lightEPerS: number, timeS: number, darkFall = 1 - textbookDark(0.4)) {
  const b = (lightEPerS * EQE_FALL + DARK_E_PER_S * darkFall) / FULL_WELL_E;
  const places = (lightEPerS + DARK_E_PER_S) / b;
  const left = Math.exp(-b * timeS);
  return { mean: places * (1 - left), variance: places * (1 - left) * left, left };
}

function expose(lightEPerS: number, sampleS: readonly number[]): Float32Array[] {
  collector.photonsPerS.fill(lightEPerS / (0.44 * 0.9));
  collector.setLight(conditionsWith(["shotNoise", "darkCurrent", "biasDependence"]));
  collector.collect(scheduleOf(SIZE, sampleS), { seed: 99n, frame: 2 });
  return sampleS.map((_, read) => collector.charge.slice(read * n, (read + 1) * n));
}

describe("charge while the bias falls", () => {
  it.each([
    { fill: "a tenth", lightEPerS: 1e6, timeS: 0.007 },
    { fill: "most", lightEPerS: 1e7, timeS: 0.01 },
    { fill: "far more than the chord is meant for", lightEPerS: 1e8, timeS: 0.01 },
  ])("$fill of the full well in one read: mean, variance and skew", ({ lightEPerS, timeS }) => {
    const [charge] = expose(lightEPerS, [timeS]);
    const { mean, variance, third, fourth } = moments(charge!);
    const expected = deathProcess(lightEPerS, timeS);
    // f32 keeps the mean of 1e5 electrons to some hundredths.
    const meanBound = 4 * Math.sqrt(expected.variance / n) + 1e-6 * expected.mean;
    expect(Math.abs(mean - expected.mean)).toBeLessThan(meanBound);
    const varianceBound = 4 * Math.sqrt((fourth - variance ** 2) / n) + 1e-6 * expected.mean;
    expect(Math.abs(variance - expected.variance)).toBeLessThan(varianceBound);
    const skewed = expected.variance * (2 * expected.left - 1);
    expect(Math.abs(third - skewed)).toBeLessThan(4 * Math.sqrt((6 * expected.variance ** 3) / n) + 50);
  });

  it("in three reads is the same process as in one, and its reads correlate as a death process does", () => {
    const times = [0.001, 0.004, 0.01] as const;
    const planes = expose(1e7, times);
    planes.forEach((charge, read) => {
      const { mean, variance, fourth } = moments(charge);
      const expected = deathProcess(1e7, times[read]!);
      expect(Math.abs(mean - expected.mean)).toBeLessThan(
        4 * Math.sqrt(expected.variance / n) + 1e-6 * expected.mean,
      );
      expect(Math.abs(variance - expected.variance)).toBeLessThan(
        4 * Math.sqrt((fourth - variance ** 2) / n) + 1e-6 * expected.mean,
      );
    });
    const first = deathProcess(1e7, times[1]);
    const last = deathProcess(1e7, times[2]);
    const later = deathProcess(1e7, times[2] - times[1]);
    const bound = 4 * Math.sqrt((2 * first.variance * last.variance) / n) + 0.1;
    const found = covariance(planes[1]!, planes[2]!);
    expect(Math.abs(found - first.variance * later.left)).toBeLessThan(bound);
  });
});
