import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXIT_USAGE } from "../../../host/cli/exit-codes.ts";
import { PIXEL_SEVERAL } from "../../../hw-profiles/interface/pixel-flags.ts";
import { readNpy } from "../../support/npy.ts";
import { cqd } from "../support/run-main.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-returns-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const args = ["stream", "--device", "sim:inas-lidar-64x48", "--threads", "0", "--seed", "4", "--frames", "1"];

/** Arrays of the first frame of a run with these options. */
async function framesOf(...extra: string[]): Promise<(name: string) => ArrayLike<number>> {
  const run = await cqd(...args, "--json", "--save", folder, ...extra);
  expect(run.code, run.stderr).toBe(0);
  return (name) => readNpy(join(folder, "frame-000000", `${name}.npy`)).values;
}

describe("stream --returns", () => {
  test("saves second and third return; the order holds in every pixel that has them", async () => {
    const array = await framesOf("--returns", "3", "--return-order", "first");
    const [flags, range, second, third] = ["flags", "range_m", "second_range_m", "third_range_m"].map(array);
    const [amplitude2, amplitude3] = ["second_amplitude_e", "third_amplitude_e"].map(array);
    const sigma = array("second_sigma_m");
    let several = 0;
    for (let i = 0; i < flags!.length; i++) {
      const hasSecond = amplitude2![i]! > 0;
      expect((flags![i]! & PIXEL_SEVERAL) !== 0).toBe(hasSecond);
      if (!hasSecond) expect([second![i], sigma[i], amplitude3![i]]).toEqual([0, 0, 0]);
      else several++;
      if (hasSecond) expect(second![i]!).toBeGreaterThan(range![i]!);
      if (amplitude3![i]! > 0) expect(third![i]!).toBeGreaterThan(range![i]!);
    }
    // The room's edges: some of 3072 pixels.
    expect(several).toBeGreaterThan(20);
    expect(several).toBeLessThan(600);
  });

  test("two returns come without the third; strongest first", async () => {
    rmSync(join(folder, "frame-000000"), { recursive: true });
    const array = await framesOf("--returns", "2");
    const [amplitude, second] = ["amplitude_e", "second_amplitude_e"].map(array);
    expect(() => array("third_range_m")).toThrow();
    for (let i = 0; i < second!.length; i++) expect(second![i]!).toBeLessThanOrEqual(amplitude![i]!);
  });

  test("with the truth, second returns are counted and their errors measured", async () => {
    const scene = ["--scene", "room", "--pulses", "5000"];
    const { code, stderr, stdout } = await cqd(...args, ...scene, "--returns", "2", "--truth");
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/further returns: a second one in \d+ of \d+ pixels that see several surfaces/);
    expect(stdout).toMatch(/second returns: bias -?[\d.]+ mm, rms error \d+ mm, error\/sigma [\d.]+/);
  });

  test.each([
    [["--returns", "4"], 'found "4", expected a whole number from 1 to 3'],
    [["--return-order", "nearest"], "Allowed choices are strongest, first, last"],
    [["--returns", "2", "--device", "sim:inas-imager-64x48"], "is an imager, expected a LiDAR"],
  ])("%j is refused", async (extra, message) => {
    const { code, stderr } = await cqd(...args, ...extra);
    expect(code).toBe(EXIT_USAGE);
    expect(stderr).toContain(message);
  });
});
