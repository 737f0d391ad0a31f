import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import type { CameraInfo } from "../../../host/camera/camera-info.ts";
import { FrameAssembler } from "../../../host/packet/frame-assembler.ts";
import { FrameSaver } from "../../../host/save/frame-saver.ts";
import { encodeNpy } from "../../../host/save/npy.ts";
import { writeFileAtomically } from "../../../host/save/write-file.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { pythonWithNumpy } from "../../support/python.ts";
import { SyntheticBoard } from "../support/synthetic-board.ts";
import { frameReports, rangeCode, rawCode, SMALL } from "../support/synthetic-frames.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-save-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe(".npy", () => {
  test("header: magic, version 1.0, dictionary padded to 64 bytes", () => {
    const bytes = encodeNpy(Uint16Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    expect([...bytes.subarray(0, 10)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    const header = new TextDecoder().decode(bytes.subarray(10, 128));
    expect(header.trimEnd()).toBe("{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3), }");
    expect(header.endsWith("\n")).toBe(true);
    expect([...bytes.subarray(128)]).toEqual([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0]);
    expect(new TextDecoder().decode(encodeNpy(Uint8Array.of(1), [1]))).toContain(
      "'|u1', 'fortran_order': False, 'shape': (1,)",
    );
  });

  test("a shape that does not fit is refused", () => {
    expect(() => encodeNpy(new Float32Array(5), [2, 3])).toThrow(/5 elements, expected 6/);
  });
});

describe("a saved frame", () => {
  const profile = loadLidarProfile("inas-lidar-64x48");
  let info: CameraInfo;
  beforeAll(async () => {
    const board = new SyntheticBoard();
    for (let k = 0; k < SMALL.gates; k++) {
      board.words.set(Reg.REG_GATE_DELAY + 4 * k, 1000 * k);
      board.words.set(Reg.REG_GATE_WIDTH + 4 * k, 15_000);
    }
    board.words.set(Reg.REG_SATURATION_LEVEL, 3680);
    info = await (await Camera.open(board)).info();
  });
  const frame = (() => {
    const assembler = new FrameAssembler();
    return frameReports(7, 0).flatMap((report) => assembler.push(report))[0]!;
  })();
  const save = () => new FrameSaver(folder, { info, profile, run: { seed: 7 } }).save(frame, undefined);

  const python = pythonWithNumpy();

  test.skipIf(python === undefined)("numpy reads what the frame holds (needs python3-numpy)", async () => {
    await save();
    const script = [
      "import json, sys, numpy as np",
      "d = sys.argv[1] + '/frame-000007/'",
      "a = {n: np.load(d + n + '.npy') for n in ('range_m', 'sigma_m', 'flags', 'gates_dn')}",
      "print(json.dumps({n: [str(v.dtype), list(v.shape), float(v.flat[20])] for n, v in a.items()}))",
    ].join("\n");
    const found: unknown = JSON.parse(execFileSync(python!, ["-c", script, folder], { encoding: "utf8" }));
    expect(found).toEqual({
      range_m: ["float32", [10, 33], Math.fround(rangeCode(7, 20) * Math.fround(0.0005))],
      sigma_m: ["float32", [10, 33], Math.fround(21 * Math.fround(0.0000625))],
      flags: ["uint8", [10, 33], 0],
      gates_dn: ["uint16", [5, 10, 33], rawCode(7, 0, 20)],
    });
  });

  test("frame.json says what everything is", async () => {
    await save();
    const document: unknown = JSON.parse(readFileSync(join(folder, "frame-000007", "frame.json"), "utf8"));
    expect(document).toMatchObject({
      format: "cqd-frame",
      frame: 7,
      startCycle: "7000",
      run: { seed: 7 },
      arrays: {
        range_m: { unit: "m", shape: [10, 33], file: "range_m.npy" },
        gates_dn: { unit: "DN", shape: [5, 10, 33] },
      },
      gating: { mode: "film-bias", delaysNs: [0, 1, 2, 3, 4], widthsNs: [15, 15, 15, 15, 15] },
      sample: { readNoiseE: profile.pixel.readNoiseE, saturationDn: 3680 },
      pulse: { widthNs: profile.emitter.pulseWidthNs, tauNs: profile.detector.fallTimeNs / Math.log(9) },
      flagBits: { noReturn: 1, missing: 128 },
    });
  });

  test("nothing of an earlier run stays behind, and no temporary file", async () => {
    await save();
    writeFileSync(join(folder, "frame-000007", "true_range_m.npy"), "from before");
    await save();
    expect(readdirSync(join(folder, "frame-000007")).sort()).toEqual(
      ["ambient_e", "amplitude_e", "flags", "gates_dn", "range_m", "sigma_m"]
        .map((name) => `${name}.npy`)
        .concat("frame.json")
        .sort(),
    );
  });
});

test("a file that cannot be written leaves nothing behind", async () => {
  await expect(writeFileAtomically(join(folder, "no", "where"), "x")).rejects.toThrow(/ENOENT/);
  await writeFileAtomically(join(folder, "a"), "old");
  await writeFileAtomically(join(folder, "a"), "new");
  expect(readFileSync(join(folder, "a"), "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["a"]);
});
