import { readInstruction, readLocals } from "../../../hw-profiles/admission/instructions.ts";
import { ModuleReader } from "../../../hw-profiles/admission/module-reader.ts";
import { readSections } from "../../../hw-profiles/admission/read-module.ts";
import { joined, unsigned } from "./binary.ts";
import { shorter } from "./constants.ts";
import { compactData } from "./data-segments.ts";

const HEAD_BYTES = 8;
const CODE_SECTION = 10;
const DATA_SECTION = 11;
const DATA_COUNT_SECTION = 12;
const NAMES_SEGMENT: ReadonlySet<string> = new Set(["memory.init", "data.drop"]);

/** A function's declarations of locals, then its instructions one by one. */
interface Body {
  readonly locals: Uint8Array;
  readonly instructions: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

function bodyOf(reader: ModuleReader): Body {
  const since = (start: number) => reader.bytes.subarray(start, reader.at);
  const start = reader.at;
  readLocals(reader);
  const locals = since(start);
  const instructions = [];
  while (!reader.isAtEnd) {
    const { at, opcode } = readInstruction(reader);
    instructions.push({ name: opcode.name, bytes: since(at) });
  }
  return { locals, instructions };
}

function bodiesOf(code: Uint8Array): Body[] {
  const reader = new ModuleReader(code);
  return reader.vector(() => bodyOf(reader.part(reader.u32())));
}

function compactBody({ locals, instructions }: Body): Uint8Array {
  return joined([locals, ...instructions.map(({ bytes }) => shorter(bytes))]);
}

function compactCode(code: Uint8Array): Uint8Array {
  const bodies = bodiesOf(code).map(compactBody);
  return joined([unsigned(bodies.length), ...bodies.flatMap((body) => [unsigned(body.length), body])]);
}

function namesSegments(code: Uint8Array): boolean {
  return bodiesOf(code).some(({ instructions }) => instructions.some(({ name }) => NAMES_SEGMENT.has(name)));
}

/**
 * The same module with shorter constants, and with fewer data segments and without their count where no instruction names
 * one.
 */
export function compact(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = readSections(module).map(({ id, at, bytes }) => ({
    id,
    content: module.subarray(at, at + bytes),
  }));
  const keepsSegments = sections.some(({ content, id }) => id === CODE_SECTION && namesSegments(content));
  const parts: ArrayLike<number>[] = [module.subarray(0, HEAD_BYTES)];
  for (const { content, id } of sections) {
    if (id === DATA_COUNT_SECTION && !keepsSegments) continue;
    const shorterContent =
      id === CODE_SECTION
        ? compactCode(content)
        : id === DATA_SECTION && !keepsSegments
          ? compactData(content)
          : content;
    parts.push([id], unsigned(shorterContent.length), shorterContent);
  }
  return joined(parts);
}
