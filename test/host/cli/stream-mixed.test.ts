import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNpy } from "../../support/npy.ts";
import { cqd } from "../support/run-main.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-mixed-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const room = ["stream", "--device", "sim:inas-lidar-64x48", "--threads", "0", "--frames", "1", "--truth"];

describe("stream --mixed", () => {
  test("labels pixels, saves both depths, leaves ranges alone and compares with the truth", async () => {
    const plain = join(folder, "plain");
    const mixed = join(folder, "mixed");
    expect((await cqd(...room, "--save", plain)).code).toBe(0);
    const { code, stdout } = await cqd(...room, "--mixed", "--save", mixed, "--json");
    expect(code).toBe(0);
    const [record, { summary }] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { falselyLabelled, good, labelled, mixed: total, resolved } = summary.mixedLabels;
    expect(total).toBeGreaterThan(300);
    expect(labelled).toBeGreaterThan(0.5 * total);
    expect(resolved).toBeGreaterThan(0.4 * labelled);
    expect(falselyLabelled).toBeLessThan(0.2 * good);
    expect(record.flagCounts.several).toBe(labelled + falselyLabelled);

    const read = (from: string, name: string) => readNpy(join(from, "frame-000000", `${name}.npy`)).values;
    for (const name of ["range_m", "sigma_m", "amplitude_e"])
      expect(read(mixed, name)).toEqual(read(plain, name));
    const flags = read(mixed, "flags");
    const before = read(plain, "flags");
    const near = read(mixed, "mixed_near_m");
    const far = read(mixed, "mixed_far_m");
    for (let i = 0; i < flags.length; i++) {
      const isLabelled = (Number(flags[i]) & 0x40) !== 0;
      expect(Number(flags[i]) & ~0x40).toBe(Number(before[i]));
      if (!isLabelled) expect(near[i]).toBe(0);
      else if (Number(near[i]) > 0) expect(Number(far[i])).toBeGreaterThan(Number(near[i]));
    }
    expect(readdirSync(join(plain, "frame-000000")).some((name) => name.startsWith("mixed"))).toBe(false);
    const document = JSON.parse(readFileSync(join(mixed, "frame-000000", "frame.json"), "utf8"));
    expect(document.arrays.mixed_near_sigma_m.unit).toBe("m");
  });

  test("text tells the same; an imager is refused", async () => {
    const { stdout } = await cqd(...room, "--mixed");
    expect(stdout).toMatch(
      /mixed pixels: \d+ of \d+ labelled \([\d.]+ %\), \d+ of them with both depths within 3 sigma; \d+ of/,
    );
    const refused = await cqd("stream", "--device", "sim:inas-imager-64x48", "--frames", "1", "--mixed");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/--mixed: .* is an imager, expected a LiDAR/);
  });
});
