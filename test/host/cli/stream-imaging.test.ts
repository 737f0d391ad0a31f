import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PictureTruthSummary } from "../../../host/analysis/picture-statistics.ts";
import { readNpy } from "../../support/npy.ts";
import { cqd } from "../support/run-main.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-stream-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const PIXELS = 64 * 48;
const args = ["stream", "--device", "sim:inas-imager-64x48", "--threads", "0", "--seed", "4"];

async function truthOf(frames: number, ...extra: string[]): Promise<PictureTruthSummary> {
  const { code, stdout } = await cqd(...args, "--frames", String(frames), "--truth", "--json", ...extra);
  expect(code).toBe(0);
  const { summary } = JSON.parse(stdout.trim().split("\n").at(-1)!);
  expect(summary).not.toHaveProperty("mixedPixels");
  return summary.truth;
}

describe("stream --truth of an imager", () => {
  test.each([
    ["single", "ReadMode=0"],
    ["cds", "ReadMode=1"],
    ["ramp", "ReadMode=2"],
  ])(
    "%s reads: errors of an ideal sensor with shot and read noise are those that sigma states",
    async (_, mode) => {
      const truth = await truthOf(4, "--effects", "none,shotNoise,readNoise", "--set", mode);
      const n = 4 * PIXELS;
      expect(truth.n).toBe(n);
      // 4 sigma of a standard deviation: 4 / sqrt(2 n) = 2.6 %; of its temporal part 4 / sqrt(2 (n - pixels)) = 3 %.
      expect(Math.abs(truth.rmseOverSigma! - 1)).toBeLessThan(0.026);
      expect(Math.abs(truth.temporalOverSigma! - 1)).toBeLessThan(0.03);
      // Binomial 4 sigma of 95 % is 0.8 %.
      expect(Math.abs(truth.coverage95! - 0.95)).toBeLessThan(0.01);
      // The first read of CDS holds the light of the settle time already: some 2e-4 of the signal.
      expect(Math.abs(truth.biasDn!)).toBeLessThan(
        (4 * truth.rmseDn!) / Math.sqrt(n) + 3e-4 * truth.signalRmsDn!,
      );
    },
  );

  test("a real sensor's fixed pattern adds to the errors, not to their change from frame to frame", async () => {
    const truth = await truthOf(3, "--effects", "all,-flicker,-rts,-lag");
    // The columns' gains. The bend of the response would add 0.15 if it were not undone.
    expect(truth.rmseOverSigma!).toBeGreaterThan(truth.temporalOverSigma! + 0.01);
    expect(truth.rmseOverSigma!).toBeLessThan(1.08);
    expect(Math.abs(truth.temporalOverSigma! - 1)).toBeLessThan(0.03);
  });

  test("one frame has no temporal part; text names both", async () => {
    const { stdout } = await cqd(...args, "--frames", "1", "--truth");
    expect(stdout).toMatch(
      /truth over \d+ pixels: bias -?[\d.]+ DN, rms error [\d.]+ DN = [\d.]+ e- = [\d.]+ x stated sigma \([\d.]+ DN\)/,
    );
    expect(stdout).not.toContain("from frame to frame");
    expect((await cqd(...args, "--frames", "2", "--truth")).stdout).toMatch(
      /from frame to frame [\d.]+ DN = [\d.]+ x stated sigma/,
    );
  });

  test("--save writes the truth of the picture", async () => {
    await cqd(...args, "--frames", "1", "--truth", "--save", folder, "--effects", "none");
    const frame = join(folder, "frame-000000");
    expect(readdirSync(frame)).toEqual(
      expect.arrayContaining(["true_photons_per_s.npy", "true_charge_e.npy", "true_dark_e.npy"]),
    );
    const charge = readNpy(join(frame, "true_charge_e.npy"));
    const intensity = readNpy(join(frame, "intensity_dn.npy"));
    expect(charge.shape).toEqual([48, 64]);
    // Without any noise the picture is the truth, but for the ADC's codes and the first read's light.
    const { gainEPerDn } = JSON.parse(readFileSync(join(frame, "frame.json"), "utf8")).sample;
    const errors = Array.from(intensity.values, (dn, i) => Math.abs(dn - charge.values[i]! / gainEPerDn));
    const worst = Math.max(...errors);
    expect(worst).toBeLessThan(2);
  });
});
