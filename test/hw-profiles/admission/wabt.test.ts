// The checker against wabt, which shares nothing with it: the same modules are valid, with the same sections, imports,
// exports and instructions.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { admit } from "../../../hw-profiles/admission/admit.ts";
import { walkBody } from "../../../hw-profiles/admission/code-walk.ts";
import { readModule } from "../../../hw-profiles/admission/read-module.ts";
import { VECTOR_TARGET } from "../../../hw-profiles/admission/target.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import { Random } from "../../firmware/support/random.ts";
import { moduleBytes } from "../../firmware/support/test-board.ts";
import { everyInstruction } from "./support/every-instruction.ts";
import { mutants, phrasedModules } from "./support/mutants.ts";
import {
  type DumpedInstruction,
  disassembleFiles,
  dumpFiles,
  hasWabt,
  validateFiles,
} from "./support/wabt.ts";

const SHIPPED = ["readout", "readout-scalar", "readout-scalar-lidar", "readout-scalar-imaging"];
const UNREADABLE = new Set(["not-a-module", "invalid", "unreadable"]);

const folder = mkdtempSync(join(tmpdir(), "cqd-wabt-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeModules(name: string, modules: readonly Uint8Array[]): string[] {
  return modules.map((bytes, index) => {
    const file = join(folder, `${name}-${index}.wasm`);
    writeFileSync(file, bytes);
    return file;
  });
}

/** wabt 1.0.32 takes a function whose last "end" closes a block for one that ends; the specification does not. */
const WABT_FAULT = /function body must end with "end" opcode/;

/** Whether the checker could read it, whatever else it has against it. */
function isReadable(bytes: Uint8Array<ArrayBuffer>): boolean {
  return !admit(bytes, VECTOR_TARGET).findings.some(({ code }) => UNREADABLE.has(code));
}

function isWabtFault(bytes: Uint8Array<ArrayBuffer>): boolean {
  return admit(bytes, VECTOR_TARGET).findings.some(({ found }) => WABT_FAULT.test(found));
}

function instructionsOf(bytes: Uint8Array): DumpedInstruction[] {
  const found: DumpedInstruction[] = [];
  for (const body of readModule(bytes).bodies) {
    walkBody(bytes, body, ({ at, opcode }) => found.push({ at, name: opcode.name.replace("_typed", "") }));
  }
  return found;
}

const WABT_KINDS: ReadonlyMap<string, string> = new Map([["function", "func"]]);

function dumpOf(bytes: Uint8Array) {
  const { exports, imports, sections } = readModule(bytes);
  return {
    sections,
    exports: exports.map(({ kind, name }) => `${WABT_KINDS.get(kind) ?? kind} ${name}`),
    imports: imports.map(({ module, name }) => `${module}.${name}`),
  };
}

describe.skipIf(!hasWabt())("wabt", () => {
  it("reads the same instructions in the modules that are shipped", () => {
    const modules = SHIPPED.map((name) => moduleBytes(`${name}.wasm`));
    const expected = disassembleFiles(writeModules("shipped", modules));
    modules.forEach((module, index) => {
      const found = instructionsOf(module);
      expect(found.length).toBeGreaterThan(3000);
      expect(found).toEqual(expected[index]);
    });
  });

  it("knows every instruction by the same name and length", () => {
    const module = everyInstruction();
    const found = instructionsOf(module);
    expect(found.length).toBeGreaterThan(430);
    expect(found).toEqual(disassembleFiles(writeModules("every", [module]))[0]);
  });

  it("reads the same in 600 modules of a few instructions", () => {
    const modules = phrasedModules(600, new Random(31));
    const files = writeModules("phrased", modules);
    const verdicts = validateFiles(files);
    expect(modules.map(isReadable)).toEqual(verdicts);
    const valid = modules.filter((_, index) => verdicts[index]);
    const validFiles = files.filter((_, index) => verdicts[index]);
    expect(valid.length).toBeGreaterThan(400);
    expect(valid.map(dumpOf)).toEqual(dumpFiles(validFiles));
    expect(valid.map(instructionsOf)).toEqual(disassembleFiles(validFiles));
  });

  it.each([
    [Image.FEATURE_SIMD, "--disable-simd"],
    [Image.FEATURE_SIGN_EXTENSION, "--disable-sign-extension"],
    [Image.FEATURE_SATURATING_CONVERSION, "--disable-saturating-float-to-int"],
    [Image.FEATURE_MULTI_VALUE, "--disable-multi-value"],
    [Image.FEATURE_BULK_MEMORY, "--disable-bulk-memory --disable-reference-types"],
  ])("feature %i is what wasm-validate %s refuses", (feature, options) => {
    const modules = [
      ...SHIPPED.map((name) => moduleBytes(`${name}.wasm`)),
      ...phrasedModules(160, new Random(feature)).filter(isReadable),
    ];
    const found = modules.map((bytes) => (admit(bytes, VECTOR_TARGET).features & feature) === 0);
    expect(new Set(found).size).toBe(2);
    expect(found).toEqual(validateFiles(writeModules(`feature-${feature}`, modules), options));
  });

  it("agrees on 800 mutants of the modules that are shipped", () => {
    const modules = SHIPPED.flatMap((name, index) =>
      mutants(moduleBytes(`${name}.wasm`), 200, new Random(100 + index)),
    ).filter((module) => !isWabtFault(module));
    expect(modules.length).toBeGreaterThan(790);
    const files = writeModules("mutant", modules);
    const verdicts = validateFiles(files);
    const found = modules.map(isReadable);
    const different = files.filter((_, index) => found[index] !== verdicts[index]);
    expect(different).toEqual([]);
    const valid = modules.filter((_, index) => verdicts[index]);
    expect(valid.length).toBeGreaterThan(300);
    expect(valid.map(dumpOf)).toEqual(dumpFiles(files.filter((_, index) => verdicts[index])));
  });
});
