import { expect, test } from "vitest";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { Band } from "../../../sim/pool/band.ts";
import type { ExposureJob } from "../../../sim/pool/exposure-job.ts";
import { RayClusters } from "../../../sim/pool/ray-clusters.ts";
import { splitRows } from "../../../sim/pool/split-rows.ts";
import { TruthMaker } from "../../../sim/pool/truth-maker.ts";

const profile = loadLidarProfile("inas-lidar-64x48");
const setup = { profile, scene: "room", seed: 3n, raysPerSide: 2 };
const settings = { pulsesPerGate: 500, ambientSun: 0.02, temperatureMk: 308_150 };

test("bands cover all rows once, whatever their number", () => {
  for (const bands of [1, 2, 3, 7, 48, 100]) {
    const split = splitRows(48, bands);
    expect(split.length).toBe(Math.min(bands, 48));
    let next = 0;
    for (const band of split) {
      expect(band.firstRow).toBe(next);
      expect(band.rows).toBeGreaterThan(0);
      next += band.rows;
    }
    expect(next).toBe(48);
  }
});

async function codes(bands: number, frames: readonly number[]): Promise<Uint16Array> {
  const planes = new Uint16Array(32 * 48 * 64);
  for (const rows of splitRows(48, bands)) {
    const band = await Band.open(setup, rows);
    for (const frame of frames) band.expose({ frame, startNs: frame * 36e6, settings });
    band.copyCodes(planes);
  }
  return planes;
}

function same(a: Uint16Array, b: Uint16Array): boolean {
  return a.length === b.length && a.every((code, i) => code === b[i]);
}

test("codes do not depend on the split into bands, nor on frames exposed before", async () => {
  const whole = await codes(1, [5]);
  expect(same(await codes(3, [5]), whole)).toBe(true);
  expect(same(await codes(7, [0, 9, 5]), whole)).toBe(true);
  expect(same(await codes(1, [6]), whole)).toBe(false);
});

async function freshCodes(job: ExposureJob): Promise<Uint16Array> {
  const band = await Band.open(setup, { firstRow: 0, rows: 48 });
  band.expose(job);
  return band.kernels.codes;
}

test.each([{ pulsesPerGate: 100 }, { ambientSun: 1 }, { temperatureMk: 320_000 }])(
  "a band that changes to %o exposes like a new one, and back",
  async (change) => {
    const band = await Band.open(setup, { firstRow: 0, rows: 48 });
    const job = { frame: 4, startNs: 1e8, settings };
    band.expose(job);
    const before = band.kernels.codes.slice();
    const changed = { ...job, settings: { ...settings, ...change } };
    band.expose(changed);
    expect(same(band.kernels.codes, before)).toBe(false);
    expect(same(band.kernels.codes, await freshCodes(changed))).toBe(true);
    band.expose(job);
    expect(same(band.kernels.codes, before)).toBe(true);
  },
);

function clusters(rangesM: number[], rho = rangesM.map(() => 0.5), extinctionPerM = 0): RayClusters {
  const hits = {
    rangeM: Float32Array.from(rangesM),
    signalRho: Float32Array.from(rho),
    ambientRho: Float32Array.from(rho),
  };
  return new RayClusters(hits, rangesM.length, extinctionPerM);
}

test("rays more than 0.10 m apart are different surfaces; the stronger one comes first", () => {
  const found = clusters([4, 2, 4.05, 2.02]).returns(0);
  expect(found.rangeM).toBeCloseTo((2 / 4 + 2.02 / 2.02 ** 2) / (1 / 4 + 1 / 2.02 ** 2), 5);
  expect(found.secondRangeM).toBeCloseTo((4 / 16 + 4.05 / 4.05 ** 2) / (1 / 16 + 1 / 4.05 ** 2), 5);
  const far = 1 / 16 + 1 / 4.05 ** 2;
  expect(found.secondFraction).toBeCloseTo(far / (far + 1 / 4 + 1 / 2.02 ** 2), 5);
});

test("a slope of small steps is one surface; nothing hit is none", () => {
  expect(clusters([3, 3.09, 3.18, 3.27]).returns(0).secondRangeM).toBe(0);
  expect(clusters([3, 3.09, 3.18, 3.27]).returns(0).secondFraction).toBe(0);
  expect(clusters([0, 0, 0, 0]).returns(0)).toEqual({ rangeM: 0, secondRangeM: 0, secondFraction: 0 });
  expect(clusters([0, 5, 0, 0]).returns(0).rangeM).toBe(5);
});

test("haze weakens the far surface", () => {
  const clear = clusters([2, 8], [0.1, 0.9]).returns(0).secondFraction;
  const haze = clusters([2, 8], [0.1, 0.9], 0.1).returns(0).secondFraction;
  expect(haze / (1 - haze)).toBeCloseTo((clear / (1 - clear)) * Math.exp(-1.2), 6);
});

test("truth is that of the exposure, and a still scene is split into surfaces once", async () => {
  const maker = await TruthMaker.open(setup, true);
  const job = { frame: 2, startNs: 72e6, settings };
  const truth = maker.truth(job);
  const band = await Band.open(setup, { firstRow: 0, rows: 48 });
  band.illuminate(job);
  expect(truth.signalE).toEqual(band.kernels.signalE);
  expect(truth.ambientE).toEqual(band.kernels.ambientE);
  expect(truth.darkE).toEqual(band.kernels.maps.darkE);
  const pixel = 1500;
  const gate = 9;
  const expected = Math.fround(band.kernels.meanE[pixel * 32 + gate]! + band.kernels.ambientE[pixel]!);
  expect(truth.electrons[gate * 3072 + pixel]).toBe(expected);
  maker.truth({ ...job, frame: 30, startNs: 30 * 36e6 });
  expect(maker.truth(job)).toEqual(truth);
});
