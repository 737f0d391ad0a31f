// The checker against wasmparser, which reads modules without judging them: whatever the checker can read, wasmparser
// reads too, and finds the same in it; what wasmparser cannot read, the checker refuses.

import { isDeepStrictEqual } from "node:util";
import { expect, it } from "vitest";
import { admit } from "../../../hw-profiles/admission/admit.ts";
import { walkBody } from "../../../hw-profiles/admission/code-walk.ts";
import { readModule } from "../../../hw-profiles/admission/read-module.ts";
import { VECTOR_TARGET } from "../../../hw-profiles/admission/target.ts";
import { Random } from "../../firmware/support/random.ts";
import { moduleBytes } from "../../firmware/support/test-board.ts";
import { everyInstruction } from "./support/every-instruction.ts";
import { mutants, phrasedModules } from "./support/mutants.ts";
import { type ParsedModule, parseModule } from "./support/wasmparser.ts";

const SHIPPED = ["readout", "readout-scalar", "readout-scalar-lidar", "readout-scalar-imaging"];
const UNREADABLE = new Set(["not-a-module", "invalid", "unreadable"]);

type Bytes = Uint8Array<ArrayBuffer>;

function isReadable(bytes: Bytes): boolean {
  return !admit(bytes, VECTOR_TARGET).findings.some(({ code }) => UNREADABLE.has(code));
}

/** What the checker reads, in wasmparser's form. */
function read(bytes: Bytes): ParsedModule {
  const { sections, types, imports, functions, memories, exports, start, bodies } = readModule(bytes);
  return {
    sectionIds: sections.map(({ id }) => id),
    types: types.map(({ parameters, results }) => ({ parameters: [...parameters], results: [...results] })),
    imports: imports.map(({ module, name, kind }) => ({ module, name, kind })),
    functions: [...functions],
    memories: memories.map(({ minimum, maximum }) => ({ minimum, maximum })),
    exports: exports.map(({ name, kind, index }) => ({ name, kind, index })),
    start,
    bodies: bodies.map((body) => {
      const instructions: { at: number; name: string }[] = [];
      walkBody(bytes, body, ({ at, opcode }) =>
        instructions.push({ at, name: opcode.name.replace("_typed", "") }),
      );
      return instructions;
    }),
  };
}

/** @returns how many of the modules the checker can read. */
function expectAgreement(modules: readonly Bytes[]): number {
  let readable = 0;
  for (const [index, bytes] of modules.entries()) {
    if (!isReadable(bytes)) continue;
    readable += 1;
    const [parsed, own] = [parseModule(bytes), read(bytes)];
    // toEqual compares slowly, but says where two differ.
    if (!isDeepStrictEqual(parsed, own)) expect(parsed, `module ${index}`).toEqual(own);
  }
  return readable;
}

it("reads the same in the modules that are shipped", () => {
  expect(expectAgreement(SHIPPED.map((name) => moduleBytes(`${name}.wasm`)))).toBe(SHIPPED.length);
});

it("knows every instruction by the same name and length", () => {
  const bytes = everyInstruction();
  const { bodies } = read(bytes);
  expect(bodies.flat().length).toBeGreaterThan(430);
  expect(parseModule(bytes)).toMatchObject({ bodies });
});

it("reads the same in 600 modules of a few instructions", () => {
  expect(expectAgreement(phrasedModules(600, new Random(31)))).toBeGreaterThan(400);
});

it("agrees on 800 mutants of the modules that are shipped", () => {
  const modules = SHIPPED.flatMap((name, index) =>
    mutants(moduleBytes(`${name}.wasm`), 200, new Random(100 + index)),
  );
  expect(expectAgreement(modules)).toBeGreaterThan(300);
  const unparsed = modules.filter((bytes) => parseModule(bytes) instanceof Error);
  expect(unparsed.length).toBeGreaterThan(50);
  expect(unparsed.filter(isReadable)).toEqual([]);
});
