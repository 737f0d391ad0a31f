import { expect, it } from "vitest";
import { flickerVarianceS2 } from "../../../sim/detector/flicker.ts";
import { lagStep } from "../../../sim/detector/lag.ts";
import { chargePatterns } from "../../../sim/pixel/charge-patterns.ts";
import { imagingProfile } from "../../support/imaging-profile.ts";
import { collectorOf, scheduleOf, sized } from "./collect-fixture.ts";

const SIZE = 1024;
const n = SIZE * SIZE;
const PAIRS = 4;
const TIME_S = 0.005;
const LIGHT = 1.5e7;
const FULL_WELL_E = (10e-15 * 1.6) / 1.602176634e-19;
const DARK_E_PER_S = (2e-8 * 20e-4 ** 2 * 0.9) / 1.602176634e-19;
const profile = sized(SIZE, SIZE);
const { effects } = imagingProfile;

/** J(V) from 2 V to 0.4 V: n = 1.8, 30 % through the shunt. */
function darkFall(): number {
  const thermalV = 1.8 * 8.617333262e-5 * 300;
  const diode = (1 - Math.exp(-0.4 / thermalV)) / (1 - Math.exp(-2 / thermalV));
  return 1 - (0.7 * diode + 0.3 * 0.2);
}

/** Variance of a pixel's charge over frames: death process and flicker through the traps, and reset noise. */
function expectedVariance(response: number, dark: number, onNode: number): number {
  const light = LIGHT * 0.44 * 0.9 * response;
  const darkRate = DARK_E_PER_S * dark;
  const b = (light * (1 - 0.272 / 0.44) + darkRate * darkFall()) / FULL_WELL_E;
  const left = Math.exp(-b * TIME_S);
  const shot = b > 0 ? ((light + darkRate) / b) * (1 - left) * left : 0;
  const flicker = 2 * darkRate * 10 * flickerVarianceS2(TIME_S, 0.01);
  const reset = (1.380649e-23 * 300 * 10e-15) / 1.602176634e-19 ** 2;
  return (shot + flicker) * onNode ** 2 + reset;
}

/** 2^20 pixels x 4 pairs: 0.07 % of the variance is one sigma. */
it("the variance of all effects together is the sum of their parts, within 0.5 %", () => {
  const collector = collectorOf({ ...profile, roic: { ...profile.roic, maxReads: 1 } });
  collector.photonsPerS.fill(LIGHT);
  collector.setLight({ temperatureK: 300, analogGain: 1, effects });
  let before = new Float32Array(n);
  let squares = 0;
  for (let frame = 0; frame < 2 * PAIRS; frame++) {
    // First frames: all begin with the same, empty traps.
    collector.collect(scheduleOf(SIZE, [TIME_S], 0), { seed: 31n, frame });
    const charge = collector.charge.slice(0, n);
    if (frame % 2 === 1)
      charge.forEach((value, at) => {
        squares += (value - before[at]!) ** 2;
      });
    before = charge;
  }
  const found = squares / (2 * PAIRS * n);
  const step = lagStep(effects.lag.traps, TIME_S);
  const onNode = 1 - step[1]! - step[5]!;
  const patterns = chargePatterns(profile, effects, collector.band);
  let expected = 0;
  patterns.response.forEach((response, at) => {
    expected += expectedVariance(response, patterns.dark[at]!, onNode) / n;
  });
  expect(Math.abs(found / expected - 1)).toBeLessThan(0.005);
});
