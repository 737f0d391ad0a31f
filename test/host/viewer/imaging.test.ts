import { describe, expect, it } from "vitest";
import type { ImagingFrame } from "../../../host/camera/frame.ts";
import { profileContent } from "../../../host/viewer/imaging/profile-content.ts";
import { TemporalSeries } from "../../../host/viewer/imaging/temporal-series.ts";
import { ImageModel } from "../../../host/viewer/state/frame-model.ts";
import { PIXEL_BAD, PIXEL_MISSING, PIXEL_REPLACED } from "../../../hw-profiles/interface/pixel-flags.ts";

const WIDTH = 4;
const HEIGHT = 3;

function picture(frameNumber: number, dn: (pixel: number) => number, change: Partial<ImagingFrame> = {}) {
  const pixels = WIDTH * HEIGHT;
  const frame = {
    kind: "image",
    frameNumber,
    width: WIDTH,
    height: HEIGHT,
    offsetX: 0,
    offsetY: 0,
    exposureNs: 1e6,
    gainEPerDn: 3,
    intensityDn: Float32Array.from({ length: pixels }, (_, i) => dn(i)),
    sigmaDn: new Float32Array(pixels).fill(2),
    flags: new Uint8Array(pixels),
    ...change,
  };
  return new ImageModel(frame as ImagingFrame);
}

describe("an image model", () => {
  it("has a value where a defect was replaced, none where it was not or where bytes were lost", () => {
    const flags = new Uint8Array(WIDTH * HEIGHT);
    flags.set([PIXEL_BAD, PIXEL_BAD | PIXEL_REPLACED, PIXEL_BAD | PIXEL_REPLACED | PIXEL_MISSING]);
    const model = picture(0, () => 1, { flags });
    expect([...model.valid.subarray(0, 4)]).toEqual([0, 1, 0, 1]);
    expect(model.validCount).toBe(WIDTH * HEIGHT - 2);
  });
});

describe("noise over time", () => {
  it("gives mean and sample standard deviation over frames, each frame once", () => {
    const series = new TemporalSeries();
    [10, 12, 14, 12].forEach((value, i) => {
      series.add(
        picture(i, (pixel) => (pixel === 5 ? value : 0)),
        5,
      );
      series.add(
        picture(i, () => 999),
        5,
      );
    });
    expect(series.values).toEqual([10, 12, 14, 12]);
    const summary = series.summary();
    expect(summary).toMatchObject({ frames: 4, meanDn: 12, statedSigmaDn: 2 });
    expect(summary.sigmaDn).toBeCloseTo(Math.sqrt(8 / 3), 12);
  });

  it("begins anew with another pixel, exposure or region", () => {
    const series = new TemporalSeries();
    series.add(
      picture(0, () => 1),
      5,
    );
    series.add(
      picture(1, () => 2),
      6,
    );
    expect(series.values).toEqual([2]);
    series.add(
      picture(2, () => 3, { exposureNs: 2e6 }),
      6,
    );
    expect(series.values).toEqual([3]);
    series.add(
      picture(3, () => 4, { exposureNs: 2e6, offsetX: 8 }),
      6,
    );
    expect(series.values).toEqual([4]);
  });
});

describe("profiles", () => {
  it("run along the row and the column of the pixel, with gaps at pixels without value", () => {
    const flags = new Uint8Array(WIDTH * HEIGHT);
    flags[6] = PIXEL_MISSING;
    const model = picture(0, (pixel) => pixel, { flags });
    const { curves } = profileContent(model, model.frame.intensityDn, 5);
    expect(curves[0]?.values).toEqual([4, 5, Number.NaN, 7]);
    expect(curves[1]?.values).toEqual([1, 5, 9]);
    expect(curves.map(({ markX, name }) => [name, markX])).toEqual([
      ["row 1", 1],
      ["column 1", 1],
    ]);
  });
});
