import { describe, expect, it } from "vitest";
import { admit } from "../../../hw-profiles/admission/admit.ts";
import { findingText } from "../../../hw-profiles/admission/finding.ts";
import {
  HARDWARE_TARGETS,
  hardwareTarget,
  INTEGER_TARGET,
  SCALAR_TARGET,
  VECTOR_TARGET,
} from "../../../hw-profiles/admission/target.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import { Random } from "../../firmware/support/random.ts";
import { moduleBytes } from "../../firmware/support/test-board.ts";
import { type TinyModule, tinyModule } from "../../sim/board/tiny-module.ts";

const I32_CONST_0 = [0x41, 0];
const DROP = 0x1a;
const [I64, F32, F64, V128, FUNCREF] = [0x7e, 0x7d, 0x7c, 0x7b, 0x70];
const GROW = [...I32_CONST_0, 0x40, 0, DROP];
const FLOAT32 = [0x43, 0, 0, 0x80, 0x3f, DROP];
const FLOAT64 = [0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, DROP];
const VECTOR = [0xfd, 12, ...Array<number>(16).fill(1), DROP];

function findings(options: TinyModule, target = VECTOR_TARGET): string[] {
  return admit(tinyModule(options), target).findings.map(
    (finding) => `${finding.code}: ${findingText(finding)}`,
  );
}

function features(code: readonly number[], locals: TinyModule["locals"] = []): number {
  const admission = admit(tinyModule({ code, locals }), VECTOR_TARGET);
  expect(admission.findings).toEqual([]);
  return admission.features;
}

it.each([
  ["readout.wasm", [true, false, false]],
  ["readout-scalar.wasm", [true, true, false]],
  ["readout-scalar-lidar.wasm", [true, true, false]],
  ["readout-scalar-imaging.wasm", [true, true, false]],
])("%s is admitted where its instructions are there", (name, expected) => {
  const verdicts = HARDWARE_TARGETS.map((target) => admit(moduleBytes(name), target));
  expect(verdicts.map((verdict) => verdict.findings.length === 0)).toEqual(expected);
  expect(new Set(verdicts.map((verdict) => verdict.features)).size).toBe(1);
});

it("a module without a float runs anywhere", () => {
  for (const target of HARDWARE_TARGETS) expect(findings({}, target)).toEqual([]);
  expect(hardwareTarget(Image.HARDWARE_SCALAR)).toBe(SCALAR_TARGET);
  expect(hardwareTarget(77)).toBeUndefined();
});

describe("refuses by name", () => {
  it.each<[string, TinyModule, RegExp]>([
    ["an import", { withImport: true }, /^import: found imports of env\.abort, expected no imports/],
    ["a missing function", { missing: "resume" }, /^export: found no export "resume"/],
    [
      "a memory for a function",
      { memoryInstead: "resume" },
      /^export: .*of kind memory, expected a function/,
    ],
    [
      "a function of another type",
      { takesRow: "begin_frame" },
      /^export: found a function "begin_frame" of type \(i32\) -> i32, expected \(\) -> i32;/,
    ],
    ["a memory that may grow", { maxPages: 4 }, /^memory: found a memory of 3 to 4 pages/],
    ["a shared memory", { memoryFlags: 2 }, /^memory: found a shared memory of 3 to 3 pages/],
    ["a start function", { withStart: true }, /^start: found a start function/],
    ["memory.grow", { code: GROW }, /^instruction: found memory\.grow in function 1 at byte \d+/],
    ["a table of functions", { withTable: true }, /^table: found a table of functions/],
  ])("%s", (_, options, message) => {
    const found = findings(options);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it("all that is wrong, not the first thing alone", () => {
    const options = { withImport: true, missing: "resume", maxPages: 9, withStart: true, code: GROW };
    const codes = admit(tinyModule(options), VECTOR_TARGET).findings.map((finding) => finding.code);
    expect(codes).toEqual(["import", "export", "memory", "start", "instruction"]);
  });

  it("what is no module, too large or not valid", () => {
    const admitted = (bytes: Uint8Array<ArrayBuffer>) => admit(bytes, VECTOR_TARGET).findings[0];
    expect(admitted(new Uint8Array())).toMatchObject({ code: "not-a-module", found: "an empty file" });
    expect(admitted(Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0))).toMatchObject({ code: "not-a-module" });
    const large = [0, ...Array<number>(Image.IMAGE_PAYLOAD_MAX).fill(0)];
    expect(admitted(tinyModule({ sections: [[0, large]] }))).toMatchObject({ code: "too-large" });
    const invalid = admitted(tinyModule({ code: [DROP] }));
    expect(invalid?.code).toBe("invalid");
    expect(invalid?.found).toMatch(/does not validate \(.*not enough arguments/);
  });

  it("what the engine takes and no board does", () => {
    expect(findings({ locals: [[1, FUNCREF]] })[0]).toMatch(/^unreadable: .*a value of type 0x70/);
    expect(findings({ withTag: true })[0]).toMatch(/^unreadable: .*a section of kind 13/);
    const atomicFence = [0xfe, 3, 0];
    expect(findings({ code: atomicFence })[0]).toMatch(/^unreadable: .*instruction 0xfe/);
  });
});

describe("features", () => {
  it.each<[string, readonly number[], number]>([
    ["a 32-bit float", FLOAT32, Image.FEATURE_FLOAT32],
    ["a 64-bit float", FLOAT64, Image.FEATURE_FLOAT64],
    ["a vector", VECTOR, Image.FEATURE_SIMD],
    ["sign extension", [...I32_CONST_0, 0xc0, DROP], Image.FEATURE_SIGN_EXTENSION],
    ["memory.fill", [...I32_CONST_0, ...I32_CONST_0, ...I32_CONST_0, 0xfc, 11, 0], Image.FEATURE_BULK_MEMORY],
    [
      "a conversion that saturates",
      [...FLOAT32.slice(0, -1), 0xfc, 0, DROP],
      Image.FEATURE_SATURATING_CONVERSION | Image.FEATURE_FLOAT32,
    ],
    ["a block with a parameter", [...I32_CONST_0, 0x02, 1, 0x0b, DROP], Image.FEATURE_MULTI_VALUE],
    ["a block of a float", [0x02, F32, ...FLOAT32.slice(0, -1), 0x0b, DROP], Image.FEATURE_FLOAT32],
    ["nothing", [0x01], 0],
  ])("of %s", (_, code, expected) => {
    expect(features(code)).toBe(expected);
  });

  it.each([
    [[1, I64], 0],
    [[3, F32], Image.FEATURE_FLOAT32],
    [[2, F64], Image.FEATURE_FLOAT64],
    [[1, V128], Image.FEATURE_SIMD],
  ])("of a local variable alone: %j", (group, expected) => {
    expect(features([], [group])).toBe(expected);
  });

  it("that the hardware lacks are found, with the first place", () => {
    expect(findings({ code: [...VECTOR, ...VECTOR] }, SCALAR_TARGET)).toEqual([
      expect.stringMatching(
        /^feature: found 128-bit vectors \(v128\.const in function 1 at byte \d+\), expected none/,
      ),
    ]);
    expect(findings({ code: [...FLOAT64, ...FLOAT32] }, INTEGER_TARGET)).toHaveLength(2);
    expect(findings({ locals: [[1, V128]] }, SCALAR_TARGET)[0]).toMatch(
      /in the types of functions or globals/,
    );
  });
});

it("never throws: 20 000 modules with random bytes changed", () => {
  const random = new Random(77);
  const bases = [tinyModule({}), tinyModule({ code: [...GROW, ...VECTOR, ...FLOAT64] })];
  for (let trial = 0; trial < 20_000; trial++) {
    const bytes = Uint8Array.from(bases[trial % bases.length]!);
    for (let change = random.below(4); change >= 0; change--) {
      bytes[8 + random.below(bytes.length - 8)] = random.below(256);
    }
    const { findings: found } = admit(bytes, SCALAR_TARGET);
    if (found.length === 0) expect(WebAssembly.validate(bytes)).toBe(true);
  }
});
