import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildLogic } from "../../host/logic/build-logic.ts";
import { newProject } from "../../host/logic/new-project.ts";
import { openCamera } from "../../host/open-camera.ts";
import { cqd } from "./support/run-main.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-logic-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A project with these files, text by path. */
async function project(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), text);
  }
  return path;
}

async function packageFile(path: string): Promise<string> {
  return await readFile(join(root, path), "utf8");
}

async function depthOf(firmware: string) {
  const simulation = { firmware, scene: "room", seed: 1, threads: 0, truth: true };
  const { camera } = await openCamera("sim:inas-lidar-64x48", { simulation });
  try {
    for await (const frame of camera.depthFrames({ count: 1 })) return frame;
    throw new Error("no frame");
  } finally {
    await camera.close();
  }
}

async function builtFile(
  name: string,
  template: "stage" | "logic",
  target: "simd" | "scalar",
): Promise<string> {
  const path = join(folder, name);
  await newProject(path, root, template);
  const { bytes } = await buildLogic(path, root, { target, mode: "both" });
  const file = join(path, "readout.wasm");
  await writeFile(file, bytes);
  return file;
}

describe("a readout logic of one's own", () => {
  it.each(["simd", "scalar"] as const)(
    "a file that is the package's changes nothing (%s)",
    async (target) => {
      const paths = ["firmware/stages/line.ts", "firmware/stages/correct.ts"];
      const built = await Promise.all(
        paths.map(async (path, i) => {
          const same = await project(`same-${target}-${i}`, { [path]: await packageFile(path) });
          return await buildLogic(same, root, { target, mode: "both" });
        }),
      );
      expect(built.map(({ sources }) => sources)).toEqual(paths.map((path) => [path]));
      expect(built[0]!.sha256).toBe(built[1]!.sha256);
    },
  );

  it("as a stage: a range-gated camera sees its slice only, where the package sees the room", async () => {
    const ours = await depthOf("simd");
    const gated = await depthOf(await builtFile("gated", "stage", "simd"));
    const seen = gated.rangeM.filter((metres) => metres > 0);
    const inSlice = ours.rangeM.filter((metres) => metres > 4 && metres < 6).length;
    const outside = ours.rangeM.filter((metres) => metres > 0 && (metres < 3 || metres > 7)).length;
    expect(outside).toBeGreaterThan(200);
    expect(seen.length).toBeGreaterThan(0.7 * inSlice);
    expect(seen.every((metres) => metres >= 4 && metres <= 6)).toBe(true);
  });

  it("gives the same ranges with and without vectors", async () => {
    const simd = await depthOf(await builtFile("gated-simd", "stage", "simd"));
    const scalar = await depthOf(await builtFile("gated-scalar", "stage", "scalar"));
    expect(scalar.rangeM).toEqual(simd.rangeM);
    expect(scalar.flags).toEqual(simd.flags);
  });

  it("as a whole: the brightest gate follows the true range", async () => {
    const ours = await depthOf("simd");
    const crude = await depthOf(await builtFile("brightest", "logic", "simd"));
    const both = [...crude.rangeM.keys()].filter((i) => crude.rangeM[i]! > 0 && ours.rangeM[i]! > 0);
    expect(both.length).toBeGreaterThan(1000);
    const errors = both.map((i) => Math.abs(crude.rangeM[i]! - ours.rangeM[i]!)).sort((a, b) => a - b);
    expect(errors[errors.length >> 1]).toBeLessThan(1.5);
    expect(crude.rangeM).not.toEqual(ours.rangeM);
  });
});

describe("cqd build", () => {
  it("makes a project, builds it and runs a frame", async () => {
    const path = join(folder, "new");
    expect((await cqd("build", "--new", path)).code).toBe(0);
    const { code, stdout } = await cqd("build", path, "--run", "--json");
    expect(code).toBe(0);
    const summary = JSON.parse(stdout) as { sources: string[]; run: { pixelsWithRange: number } };
    expect(summary.sources).toEqual(["firmware/stages/line.ts"]);
    expect(summary.run.pixelsWithRange).toBeGreaterThan(0);
    const again = await cqd("build", "--new", path);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain("expected an empty folder");
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["an empty folder", {}, /found no firmware\/\*\.ts in it/],
    [
      "source that does not compile",
      { "firmware/stages/line.ts": "export function processPixels(): void { nonsense(); }" },
      /does not compile:\n.*nonsense[\s\S]*firmware\/stages\/line\.ts\(1,/,
    ],
    [
      "a misspelt name",
      { "firmware/stages/lines.ts": "export const a = 1;" },
      /lines\.ts: nothing imports it/,
    ],
    [
      "an import of the host's",
      {
        "firmware/stages/line.ts":
          '@external("env", "log") declare function log(x: u32): void; export function processPixels(): void { log(1); }',
      },
      /found imports of env\.log, expected no imports/,
    ],
    [
      "a start function",
      {
        "firmware/stages/line.ts":
          "function now(): u32 { return load<u32>(0); } let t: u32 = now(); export function processPixels(): void { store<u32>(0, t++); }",
      },
      /a start function/,
    ],
    [
      "a loop without end",
      {
        "firmware/stages/line.ts": "export function processPixels(): void { while (true) store<u32>(0, 1); }",
      },
      /no fuel left in mode lidar from the golden input/,
    ],
    [
      "a logic without its exports",
      { "firmware/index.ts": "export function configure(): u32 { return 0; }" },
      /no export "abi_version"/,
    ],
  ])("refuses %s", async (name, files, message) => {
    const path = await project(name.replaceAll(" ", "-"), files);
    const { code, stderr } = await cqd("build", path);
    expect(stderr).toMatch(message);
    expect(code).toBe(3);
  });

  it("refuses --template without --new", async () => {
    const path = join(folder, "t");
    await cp(join(root, "firmware/examples/range-gated"), path, { recursive: true });
    expect((await cqd("build", path, "--template", "logic")).code).toBe(2);
  });
});
