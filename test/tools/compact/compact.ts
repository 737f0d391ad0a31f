import { joined, unsigned } from "./binary.ts";
import { shorter } from "./constants.ts";
import { compactData } from "./data-segments.ts";
import { afterInstruction, afterInteger, integerAt, namesSegment } from "./instructions.ts";

const CODE_SECTION = 10;
const DATA_SECTION = 11;
const DATA_COUNT_SECTION = 12;

interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

function sectionsOf(module: Uint8Array): Section[] {
  const sections: Section[] = [];
  for (let at = 8; at < module.length; ) {
    const start = afterInteger(module, at + 1);
    const end = start + integerAt(module, at + 1);
    sections.push({ id: module[at]!, content: module.subarray(start, end) });
    at = end;
  }
  return sections;
}

function bodiesOf(code: Uint8Array): Uint8Array[] {
  const bodies: Uint8Array[] = [];
  let at = afterInteger(code, 0);
  for (let left = integerAt(code, 0); left > 0; left--) {
    const start = afterInteger(code, at);
    at = start + integerAt(code, at);
    bodies.push(code.subarray(start, at));
  }
  return bodies;
}

/** A function's declarations of locals, then its instructions one by one. */
function piecesOf(body: Uint8Array): Uint8Array[] {
  let at = afterInteger(body, 0);
  for (let groups = integerAt(body, 0); groups > 0; groups--) at = afterInteger(body, at) + 1;
  const pieces = [body.subarray(0, at)];
  while (at < body.length) {
    const next = afterInstruction(body, at);
    pieces.push(body.subarray(at, next));
    at = next;
  }
  return pieces;
}

function compactBody(body: Uint8Array): Uint8Array {
  const [locals, ...instructions] = piecesOf(body);
  return joined([locals!, ...instructions.map(shorter)]);
}

function compactCode(code: Uint8Array): Uint8Array {
  const bodies = bodiesOf(code).map(compactBody);
  return joined([unsigned(bodies.length), ...bodies.flatMap((body) => [unsigned(body.length), body])]);
}

function namesSegments(code: Uint8Array): boolean {
  return bodiesOf(code).some((body) => piecesOf(body).slice(1).some(namesSegment));
}

/**
 * The same module with shorter constants, and with fewer data segments and without their count where no instruction names
 * one.
 */
export function compact(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = sectionsOf(module);
  const keepsSegments = sections.some(({ content, id }) => id === CODE_SECTION && namesSegments(content));
  const parts: ArrayLike<number>[] = [module.subarray(0, 8)];
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
