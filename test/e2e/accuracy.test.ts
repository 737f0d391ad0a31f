import { describe, expect, it } from "vitest";
import { cqdJson, sharedScan } from "../support/cqd.ts";

interface Truth {
  readonly n: number;
  readonly biasMm: number;
  readonly rmseOverCrlb: number;
  readonly zStd: number;
  readonly coverage95: number;
}

interface Summary {
  readonly sha256: string;
  readonly truth: Truth;
}

async function streamSummary(args: readonly string[]): Promise<Summary> {
  const last = (await cqdJson(["stream", ...args])).at(-1) as { summary: Summary };
  return last.summary;
}

async function truthOf(args: readonly string[]): Promise<Truth> {
  return (await streamSummary([...args, "--truth"])).truth;
}

/** n pixels: the error of zStd is 1/sqrt(2n), of coverage sqrt(0.05 * 0.95 / n); both far inside the limits here. */
function expectHonest(truth: Truth, smallestCount: number): void {
  expect(truth.n).toBeGreaterThan(smallestCount);
  expect(truth.rmseOverCrlb).toBeGreaterThanOrEqual(0.97);
  expect(truth.rmseOverCrlb).toBeLessThanOrEqual(1.1);
  expect(truth.zStd).toBeGreaterThanOrEqual(0.95);
  expect(truth.zStd).toBeLessThanOrEqual(1.05);
  expect(truth.coverage95).toBeGreaterThanOrEqual(0.94);
  expect(truth.coverage95).toBeLessThanOrEqual(0.96);
}

describe("range against the Cramer-Rao bound, through the whole chain", () => {
  const office = sharedScan("office1.pcd");
  it.skipIf(office === undefined)("holds on a real scan (needs ../shared/data/office1.pcd)", async () => {
    const args = ["--device", "sim:inas-lidar-320x240", "--scene", office!, "--frames", "5", "--seed", "7"];
    const truth = await truthOf(args);
    expectHonest(truth, 100_000);
    expect(Math.abs(truth.biasMm)).toBeLessThanOrEqual(2);
  });

  for (const profile of ["inas-lidar-320x240", "pbs-lidar-320x240"]) {
    for (const electrons of [3e3, 1e4, 1e5, 1e6]) {
      for (const ambient of [0, 1]) {
        it(`${profile}: flat wall, N = ${electrons} e-, ambient ${ambient} x N`, async () => {
          const scene = `wall:range=2,to=9,electrons=${electrons},ambient=${ambient}`;
          const truth = await truthOf([
            "--device",
            `sim:${profile}`,
            "--scene",
            scene,
            "--frames",
            "4",
            "--seed",
            "3",
          ]);
          expectHonest(truth, 200_000);
          // 4 frames of 76 800 pixels: the mean's own error is at most 250 mm / sqrt(3e5) = 0.5 mm at N = 1e4.
          if (electrons >= 1e4) expect(Math.abs(truth.biasMm)).toBeLessThanOrEqual(2);
        });
      }
    }
  }
});

describe("the same bytes", () => {
  const base = ["--device", "sim:inas-lidar-64x48", "--scene", "room", "--frames", "4", "--seed", "11"];
  const shaOf = async (extra: readonly string[]): Promise<string> =>
    (await streamSummary([...base, ...extra])).sha256;

  it("come out of two runs, any number of threads, and both builds of the readout logic", async () => {
    const first = await shaOf([]);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    const others = [[], ["--threads", "1"], ["--threads", "2"], ["--threads", "3"], ["--firmware", "scalar"]];
    for (const extra of others) expect(await shaOf(extra)).toBe(first);
    expect(await shaOf(["--pulses", "400"])).not.toBe(first);
  });
});
