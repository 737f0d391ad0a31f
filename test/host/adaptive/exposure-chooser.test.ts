import { expect, test } from "vitest";
import {
  type Exposure,
  type ExposureChoice,
  ExposureChooser,
} from "../../../host/adaptive/exposure-chooser.ts";
import type { ImagingFrame } from "../../../host/camera/frame.ts";
import { PIXEL_BAD, PIXEL_SATURATED } from "../../../hw-profiles/interface/pixel-flags.ts";

const PIXELS = 1000;
const SATURATION_DN = 4000;
const limits = { minNs: 1e4, maxNs: 1e7, maxGain: 8, saturationDn: SATURATION_DN };

/** A sensor that gives so many DN a ms of light, and takes up so many of dark current, which nobody sees. */
function picture({ exposureNs, gain }: Exposure, lightDn: number, darkDn = 0): ImagingFrame {
  const unit = (exposureNs / 1e6) * gain;
  const isSaturated = (lightDn + darkDn) * unit > SATURATION_DN;
  return {
    intensityDn: new Float32Array(PIXELS).fill(lightDn * unit),
    flags: new Uint8Array(PIXELS).fill(isSaturated ? PIXEL_SATURATED : 0),
  } as Partial<ImagingFrame> as ImagingFrame;
}

function follow(lightDn: readonly number[], darkDn = 0): ExposureChoice[] {
  const chooser = new ExposureChooser(limits);
  let present: Exposure = { exposureNs: 1e6, gain: 1 };
  return lightDn.map((light) => {
    const next = chooser.next(picture(present, light, darkDn), present);
    present = next;
    return next;
  });
}

const steady = (light: number, pictures = 12) => new Array<number>(pictures).fill(light);

test("finds 80 % of the saturation level, from above and from below, and stays there", () => {
  for (const light of [350, 3000, 1e5]) {
    const choices = follow(steady(light));
    const last = choices.at(-1)!;
    expect(last.level).toBeGreaterThan(0.8 / 1.1);
    expect(last.level).toBeLessThan(0.8 * 1.1);
    expect(last.limit).toBe("level");
    expect(choices.at(-2)).toMatchObject({ exposureNs: last.exposureNs, gain: last.gain });
  }
});

test("takes gain only where the exposure is at its end, and says when both are", () => {
  expect(follow(steady(350)).at(-1)).toMatchObject({ gain: 1 });
  const dim = follow(steady(100)).at(-1)!;
  expect(dim.exposureNs).toBe(1e7);
  expect(dim.gain).toBeGreaterThan(2.5);
  expect(follow(steady(10)).at(-1)).toMatchObject({ exposureNs: 1e7, gain: 8, limit: "frame rate and gain" });
});

test("says when the light is too much for the shortest exposure", () => {
  expect(follow(steady(1e8)).at(-1)).toMatchObject({ exposureNs: 1e4, gain: 1, limit: "shortest exposure" });
});

test("dark current that fills the well is stayed below, though it is not seen", () => {
  const levels = follow(steady(50, 40), 2000).map(({ level }) => level);
  expect(levels.slice(10).filter((level) => level >= 1).length).toBeLessThanOrEqual(4);
  expect(Math.max(...levels.slice(10).filter((level) => level < 1))).toBeGreaterThan(0.015);
});

test("follows light that falls to a hundredth and comes back", () => {
  const choices = follow([...steady(3000), ...steady(30), ...steady(3000)]);
  expect(choices[23]!.exposureNs * choices[23]!.gain).toBeGreaterThan(30 * choices[11]!.exposureNs);
  expect(choices.at(-1)!.level).toBeCloseTo(choices[11]!.level, 0);
});

test("bad pixels and a few bright ones do not decide", () => {
  const chooser = new ExposureChooser(limits);
  const frame = picture({ exposureNs: 1e6, gain: 1 }, 3200);
  const flags = frame.flags.map((_, i) =>
    i < 300 ? PIXEL_BAD | PIXEL_SATURATED : i < 303 ? PIXEL_SATURATED : 0,
  );
  expect(chooser.next({ ...frame, flags }, { exposureNs: 1e6, gain: 1 }).level).toBeCloseTo(0.8, 6);
});
