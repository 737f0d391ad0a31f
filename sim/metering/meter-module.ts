// Fuel: a module is rewritten so that it traps after a number of turns, as a watchdog would end it. Every function and
// every loop counts one turn; all else in WebAssembly ends by itself.
import { readInstruction, readLocals } from "../../hw-profiles/admission/instructions.ts";
import type { ByteRange, SectionEntry } from "../../hw-profiles/admission/module-parts.ts";
import { ModuleReader } from "../../hw-profiles/admission/module-reader.ts";
import { readModule, readSections } from "../../hw-profiles/admission/read-module.ts";
import { ByteList, u32Bytes } from "./module-writer.ts";

/** Export of the global that holds the turns that are left. */
export const FUEL_EXPORT = "cqd:fuel";

const SECTION_GLOBAL = 6;
const SECTION_EXPORT = 7;
const SECTION_CODE = 10;
const HEAD_BYTES = 8;
const GLOBAL_KIND = 3;
/** (mut i32) (i32.const 0) */
const FUEL_GLOBAL = [0x7f, 0x01, 0x41, 0x00, 0x0b];

/**
 * The same module with fuel. Its results are the same as long as the fuel lasts.
 * @param bytes a module that the checker admits. @throws MalformedModule for one that it cannot read.
 */
export function meterModule(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = readSections(bytes);
  const globals = countGlobals(bytes, sections);
  const turn = countTurn(globals);
  const out = new ByteList().add(bytes.subarray(0, HEAD_BYTES));
  let hasGlobals = false;
  for (const section of sections) {
    const content = bytes.subarray(section.at, section.at + section.bytes);
    if (section.id >= SECTION_GLOBAL && !hasGlobals) {
      hasGlobals = true;
      const others = section.id === SECTION_GLOBAL ? afterCount(content) : new Uint8Array(0);
      addSection(
        out,
        SECTION_GLOBAL,
        new ByteList()
          .add(u32Bytes(globals + 1))
          .add(others)
          .add(FUEL_GLOBAL),
      );
    }
    if (section.id === SECTION_GLOBAL) continue;
    if (section.id === SECTION_EXPORT) addSection(out, section.id, withFuelExport(content, globals));
    else if (section.id === SECTION_CODE) addSection(out, section.id, meteredCode(bytes, turn));
    else addSection(out, section.id, new ByteList().add(content));
  }
  return out.joined();
}

function addSection(out: ByteList, id: number, content: ByteList): void {
  out.add([id]).addSized(content);
}

function countGlobals(bytes: Uint8Array, sections: readonly SectionEntry[]): number {
  const section = sections.find(({ id }) => id === SECTION_GLOBAL);
  return section === undefined ? 0 : new ModuleReader(bytes, section.at).u32();
}

/** A section's entries without their count. */
function afterCount(content: Uint8Array): Uint8Array {
  const reader = new ModuleReader(content);
  reader.u32();
  return content.subarray(reader.at);
}

function withFuelExport(content: Uint8Array, global: number): ByteList {
  const count = new ModuleReader(content).u32();
  const name = new TextEncoder().encode(FUEL_EXPORT);
  const entry = [...u32Bytes(name.length), ...name, GLOBAL_KIND, ...u32Bytes(global)];
  return new ByteList()
    .add(u32Bytes(count + 1))
    .add(afterCount(content))
    .add(entry);
}

/** if (fuel == 0) unreachable; fuel = fuel - 1 */
function countTurn(global: number): readonly number[] {
  const index = u32Bytes(global);
  const trapWhenEmpty = [0x23, ...index, 0x45, 0x04, 0x40, 0x00, 0x0b];
  return [...trapWhenEmpty, 0x23, ...index, 0x41, 1, 0x6b, 0x24, ...index];
}

function meteredCode(bytes: Uint8Array, turn: readonly number[]): ByteList {
  const { bodies } = readModule(bytes);
  const code = new ByteList().add(u32Bytes(bodies.length));
  for (const body of bodies) code.addSized(meteredBody(bytes, body, turn));
  return code;
}

function meteredBody(bytes: Uint8Array, { at, end }: ByteRange, turn: readonly number[]): ByteList {
  const reader = new ModuleReader(bytes, at, end);
  readLocals(reader);
  const body = new ByteList().add(bytes.subarray(at, reader.at)).add(turn);
  let copied = reader.at;
  while (!reader.isAtEnd) {
    if (readInstruction(reader).opcode.name !== "loop") continue;
    body.add(bytes.subarray(copied, reader.at)).add(turn);
    copied = reader.at;
  }
  return body.add(bytes.subarray(copied, end));
}
