import { type Instruction, readInstruction, readLocals } from "./instructions.ts";
import type { ByteRange } from "./module-parts.ts";
import { MalformedModule, ModuleReader } from "./module-reader.ts";

/** Visit every instruction of a function. @returns FEATURE_* of its locals. @throws MalformedModule. */
export function walkBody(
  bytes: Uint8Array,
  { at, end }: ByteRange,
  visit: (instruction: Instruction) => void,
): number {
  const reader = new ModuleReader(bytes, at, end);
  const features = readLocals(reader);
  let last = "";
  while (!reader.isAtEnd) {
    const instruction = readInstruction(reader);
    visit(instruction);
    last = instruction.opcode.name;
  }
  if (last !== "end") throw new MalformedModule(reader.at, "has a function that does not end");
  return features;
}
