import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cqd, cqdJson } from "../support/cqd.ts";

interface Cell {
  readonly label: string;
  readonly judged: string;
  readonly ok: boolean;
  readonly ratio: number | null;
  readonly standardError: number;
  readonly prediction: { readonly regime: string; readonly detectedShare: number; readonly rangeM: number };
  readonly measurement: { readonly pixels: number; readonly detected: number };
}
interface Output {
  readonly designs: readonly {
    readonly label: string;
    readonly frameRateHz: number;
    readonly power: { readonly totalW: number; readonly laserW: number };
    readonly points: readonly { readonly sigmaM: number | null }[];
  }[];
  readonly verification: { readonly cells: readonly Cell[] };
}

async function design(...args: string[]): Promise<Output> {
  const [output] = await cqdJson(["design", ...args, "--threads", "0"]);
  return output as unknown as Output;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-design-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("predictions against the simulated sensor", () => {
  // 5 ranges x 3 reflectances x 3 ambients x 2 films, 4 frames of 3067 good pixels: the error of a spread is 0.64 %.
  it("sigma within 5 % from 0.5 to 30 m, reflectance 0.05 to 0.9, dark to 100 klx, InAs and PbS", async () => {
    const grid = ["--range", "0.5,2,7,18,30", "--reflectance", "0.05,0.4,0.9", "--ambient", "0,10klx,100klx"];
    const films = [
      "--sensor",
      "inas-lidar-64x48",
      "--set",
      "detector=inas-me,pbs-reference",
      "--set",
      "reach=30",
    ];
    const { verification } = await design(...films, ...grid, "--verify", "4");
    expect(verification.cells).toHaveLength(90);
    expect(verification.cells.filter(({ ok }) => !ok)).toEqual([]);
    const bySigma = verification.cells.filter(({ judged }) => judged === "sigma");
    expect(bySigma.length).toBeGreaterThan(50);
    for (const { ratio, standardError } of bySigma) {
      expect(standardError).toBeLessThan(0.0065);
      expect(Math.abs(ratio! - 1)).toBeLessThan(0.05);
    }
    const regimes = new Set(verification.cells.map(({ prediction }) => prediction.regime));
    expect(regimes).toContain("clipped");
    expect(regimes).toContain("threshold");
  });

  it("follows when the hardware is another: slower film, more noise, more pulses, hard reset", async () => {
    const other = [
      "detector.fallTime=130",
      "pixel.readNoise=60",
      "gates.pulsesPerGate=900",
      "pixel.reset=hard",
    ];
    const { verification } = await design(
      ...["--sensor", "inas-lidar-64x48", "--range", "1.5,6", "--reflectance", "0.5", "--verify", "4"],
      ...other.flatMap((setting) => ["--set", setting]),
    );
    expect(verification.cells).toHaveLength(6);
    expect(verification.cells.filter(({ judged, ok }) => judged !== "sigma" || !ok)).toEqual([]);
  });
});

describe("output", () => {
  const quick = ["design", "--sensor", "inas-lidar-64x48", "--range", "1:10:5", "--reflectance", "0.5"];
  const two = [...quick, "--set", "bias=-1,0"];

  it("is a table for people, without colours in a pipe", async () => {
    const { code, stdout, stderr } = await cqd(two);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/bias=-1\n.*EQE 36 %.*\n.*frames\/s; .* W: laser/);
    expect(stdout).toMatch(/maximum, 100 klx\nbias=-1 .*\nbias=0 /);
    expect(stdout).not.toContain("\u001b");
  });

  it("is the same JSON every time", async () => {
    const [first, second] = await Promise.all([cqdJson(two.slice()), cqdJson(two.slice())]);
    expect(first).toEqual(second);
    const { designs } = first[0] as unknown as Output;
    expect(designs.map(({ label }) => label)).toEqual(["bias=-1", "bias=0"]);
    expect(designs[0]!.points).toHaveLength(15);
    expect(designs[0]!.power.totalW).toBeGreaterThan(designs[0]!.power.laserW);
  });

  it("is a plot or a table in a file", async () => {
    const write = async (name: string) => {
      const file = join(folder, name);
      expect((await cqd([...two, "--out", file])).code).toBe(0);
      return readFileSync(file, "utf8");
    };
    const svg = await write("sigma.svg");
    expect(svg).toMatch(/^<svg /);
    expect(svg.match(/<polyline/g)).toHaveLength(6);
    expect(svg).toContain("bias=0, ambient 100 klx");
    expect(await write("sigma.html")).toMatch(/<h2>bias=-1<\/h2>[\s\S]*limited by/);
    const lines = (await write("sigma.csv")).trim().split("\r\n");
    expect(lines).toHaveLength(1 + 30);
    expect(lines[0]).toMatch(/^design,rangeM,reflectance,ambientSun,regime,sigmaM/);
  });
});

describe("bad input is told in one line", () => {
  const sensor = ["--sensor", "inas-lidar-64x48"];
  it.each([
    [["--sensor", "inas-lidar-64x4"], 3, /did you mean inas-lidar-64x48\?/],
    [["--sensor", "imec-3t-768x512"], 3, /an imaging sensor; expected a LiDAR/],
    [[...sensor, "--set", "pixel.readNoiseE=3"], 3, /did you mean pixel.readNoise\?/],
    [[...sensor, "--set", "wavelength=1550"], 3, /inas-me cannot see; expected 380 to/],
    [[...sensor, "--range", "5:1"], 3, /expected FROM:TO/],
    [[...sensor, "--ambient", "bright"], 3, /expected sunlight such as/],
    [[...sensor, "--out", "sigma.pdf"], 3, /expected a name that ends with .svg, .html, .csv/],
    [[...sensor, "--verify", "0"], 2, /expected a whole number from 1/],
    [[], 2, /required option '--sensor <name>' not specified/],
  ] as const)("%j", async (args, code, message) => {
    const result = await cqd(["design", ...args]);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(message);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});
