// Fewer data segments: each costs six bytes besides its own, so that a short gap is cheaper filled with the zeros that a
// memory has anyway.
import { joined, signed, unsigned } from "./binary.ts";
import { afterInteger, integerAt } from "./instructions.ts";

const ACTIVE = 0;
const I32_CONST = 0x41;
const END = 0x0b;
/** No segment's head is as long. */
const GAP_LARGEST = 16;

interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** Undefined unless all are active, in memory 0, at constant addresses. */
function parse(section: Uint8Array): Segment[] | undefined {
  const segments: Segment[] = [];
  let at = afterInteger(section, 0);
  for (let left = integerAt(section, 0); left > 0; left--) {
    if (section[at] !== ACTIVE || section[at + 1] !== I32_CONST) return undefined;
    const end = afterInteger(section, at + 2);
    const start = afterInteger(section, end + 1);
    // The address as an unsigned number: LEB128's sign bit lies above all that a memory of this size has.
    const address = integerAt(section, at + 2);
    at = start + integerAt(section, end + 1);
    segments.push({ address, bytes: section.subarray(start, at) });
  }
  return segments;
}

function write({ address, bytes }: Segment): Uint8Array {
  return joined([[ACTIVE, I32_CONST], signed(address), [END], unsigned(bytes.length), bytes]);
}

const gapBetween = (first: Segment, second: Segment): number =>
  second.address - first.address - first.bytes.length;

/** Both as one, where that is shorter. */
function merged(first: Segment, second: Segment): Segment | undefined {
  const gap = gapBetween(first, second);
  if (gap > GAP_LARGEST) return undefined;
  const one = {
    address: first.address,
    bytes: joined([first.bytes, new Uint8Array(gap), second.bytes]),
  };
  return write(one).length < write(first).length + write(second).length ? one : undefined;
}

/** A data section's content with segments joined where that is shorter; as it is when they are of another kind or overlap. */
export function compactData(section: Uint8Array): Uint8Array {
  const segments = parse(section);
  if (segments?.some((segment, i) => i > 0 && gapBetween(segments[i - 1]!, segment) < 0) !== false)
    return section;
  const fewer: Segment[] = [];
  for (const segment of segments) {
    const last = fewer.at(-1);
    const one = last && merged(last, segment);
    if (one) fewer[fewer.length - 1] = one;
    else fewer.push(segment);
  }
  return joined([unsigned(fewer.length), ...fewer.map(write)]);
}
