import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DepthFrame, ImagingFrame } from "../../../host/camera/frame.ts";
import type { FrameFormat } from "../../../host/capture/capture-format.ts";
import { type CodeScale, toCodes } from "../../../host/capture/code-scale.ts";
import { FrameCapture } from "../../../host/capture/frame-capture.ts";
import { readNpy } from "../../support/npy.ts";
import { readTiff32f } from "../../support/tiff.ts";

const COMMON = {
  frameNumber: 7,
  startCycle: 1000n,
  endCycle: 2000n,
  clockHz: 100_000_000,
  timeNs: 10_000,
  width: 3,
  height: 2,
  temperatureC: 26.85,
  probe: undefined,
  counters: { validPixels: 6, noReturn: 0, lowSignal: 0, saturated: 0, misfit: 0, bad: 0, window: 0 },
  integrity: {
    complete: true,
    lostReports: 0,
    corruptedReports: 0,
    duplicatedReports: 0,
    reorderedReports: 0,
    droppedFrames: 0,
  },
} as const;

const IMAGE: ImagingFrame = {
  ...COMMON,
  kind: "image",
  offsetX: 0,
  offsetY: 0,
  binningX: 1,
  binningY: 1,
  decimationX: 1,
  decimationY: 1,
  reads: 2,
  readMode: "cds",
  exposureNs: 123_456,
  gainEPerDn: 6.2,
  intensityDn: Float32Array.of(-1.5, 0, 0.25, 100, 5000, 1e9),
  sigmaDn: Float32Array.of(0.5, 1, 2, Number.POSITIVE_INFINITY, 3, 4),
  flags: Uint8Array.of(0, 4, 16, 0, 128, 0),
  readsDn: Uint16Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 4095),
};

const DEPTH: DepthFrame = {
  ...COMMON,
  kind: "depth",
  gates: 2,
  pulsesPerGate: 100,
  rangeM: Float32Array.of(0, 1, 2.5004, 3, 4, 70),
  sigmaM: new Float32Array(0),
  amplitudeE: Float32Array.of(0, 1, 2, 3, 4, 5),
  ambientE: Float32Array.of(-3, -2, -1, 0, 1, 2),
  furtherReturns: [],
  spreadM: new Float32Array(0),
  spreadSigmaM: new Float32Array(0),
  flags: new Uint8Array(6),
  gatesDn: undefined,
};

const SCALES = new Map<string, CodeScale>([
  ["intensity_dn", { scale: 0.25, offset: 1024 }],
  ["sigma_dn", { scale: 0.5, offset: 0 }],
  ["range_m", { scale: 0.001, offset: 0 }],
  ["ambient_e", { scale: 0.5, offset: 32_768 }],
]);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-frames-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function capture(
  frame: DepthFrame | ImagingFrame,
  format: FrameFormat,
  arrays?: readonly string[],
): Promise<Record<string, unknown>> {
  const run = new FrameCapture({ folder, format, arrays, scales: SCALES, run: { seed: 7 } });
  await run.begin();
  await run.save(frame);
  return JSON.parse(readFileSync(await run.end(false), "utf8")) as Record<string, unknown>;
}

const png = (name: string) => [...decode(readFileSync(join(folder, name)), { checkCrc: true }).data];

describe("png16", () => {
  test("raw codes of every read as they are, other arrays by the scale that capture.json tells", async () => {
    const index = await capture(IMAGE, "png16");
    const files = [
      "000007-intensity_dn.png",
      "000007-sigma_dn.png",
      "000007-flags.png",
      "000007-reads_dn-00.png",
      "000007-reads_dn-01.png",
    ];
    expect(readdirSync(folder).sort()).toEqual([...files, "capture.json"].sort());
    expect(index).toMatchObject({
      format: "cqd-capture",
      fileFormat: "png16",
      run: { seed: 7 },
      interrupted: false,
      arrays: { intensity_dn: { unit: "DN", scale: 0.25, offset: 1024 }, reads_dn: { scale: 1, offset: 0 } },
      frames: [{ frame: 7, startCycle: "1000", exposureNs: 123_456, readMode: "cds", complete: true, files }],
    });
    expect(png(files[0]!)).toEqual([1018, 1024, 1025, 1424, 21_024, 65_535]);
    expect(png(files[1]!)).toEqual([1, 2, 4, 65_535, 6, 8]);
    expect(png(files[2]!)).toEqual([0, 4, 16, 0, 128, 0]);
    expect(png(files[3]!)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(png(files[4]!)).toEqual([11, 12, 13, 14, 15, 4095]);
  });

  test("ranges in mm, signed values around the offset, only what was asked for", async () => {
    await capture(DEPTH, "png16", ["range_m", "ambient_e"]);
    expect(readdirSync(folder).sort()).toEqual([
      "000007-ambient_e.png",
      "000007-range_m.png",
      "capture.json",
    ]);
    expect(png("000007-range_m.png")).toEqual([0, 1000, 2500, 3000, 4000, 65_535]);
    expect(png("000007-ambient_e.png")).toEqual([32_762, 32_764, 32_766, 32_768, 32_770, 32_772]);
  });

  test("values that no code can tell become the first or the last", () => {
    const codes = toCodes(Float32Array.of(-1, Number.NEGATIVE_INFINITY, 65_536), { scale: 1, offset: 0 });
    expect([...codes]).toEqual([0, 0, 65_535]);
  });
});

describe("tiff32f", () => {
  test("every array as float, bit for bit, with its unit", async () => {
    const index = await capture(IMAGE, "tiff32f");
    const image = readTiff32f(readFileSync(join(folder, "000007-intensity_dn.tiff")));
    expect(image).toMatchObject({ width: 3, height: 2, values: IMAGE.intensityDn });
    expect(image.description).toMatch(/^intensity_dn, DN: /);
    const read = readTiff32f(readFileSync(join(folder, "000007-reads_dn-01.tiff")));
    expect([...read.values]).toEqual([11, 12, 13, 14, 15, 4095]);
    expect(index["arrays"]).not.toHaveProperty("reads_dn.scale");
  });
});

describe("npy", () => {
  test("one file an array, all planes in it", async () => {
    await capture(IMAGE, "npy");
    const reads = readNpy(join(folder, "000007-reads_dn.npy"));
    expect(reads).toEqual({ shape: [2, 2, 3], values: IMAGE.readsDn });
    expect(readNpy(join(folder, "000007-sigma_dn.npy")).values).toEqual(IMAGE.sigmaDn);
  });
});

test("the index comes last: one of an earlier run goes first", async () => {
  writeFileSync(join(folder, "capture.json"), "old");
  const run = new FrameCapture({ folder, format: "npy", arrays: undefined, scales: SCALES, run: {} });
  await run.begin();
  await run.save(IMAGE);
  expect(existsSync(join(folder, "capture.json"))).toBe(false);
  await run.end(true);
  expect(JSON.parse(readFileSync(join(folder, "capture.json"), "utf8"))).toMatchObject({ interrupted: true });
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
