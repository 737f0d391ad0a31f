// Fewer data segments: each costs six bytes besides its own, so that a short gap is cheaper filled with the zeros that a
// memory has anyway.
import { ModuleReader, SIGNED_32_BYTES } from "../../../hw-profiles/admission/module-reader.ts";
import { joined, signed, unsigned } from "./binary.ts";

const ACTIVE = 0;
const I32_CONST = 0x41;
const END = 0x0b;
/** No segment's head is as long. */
const GAP_LARGEST = 16;

interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** Undefined unless it is active, in memory 0, at a constant address. */
function parseSegment(reader: ModuleReader): Segment | undefined {
  if (reader.u8() !== ACTIVE || reader.u8() !== I32_CONST) return undefined;
  const address = reader.signed(SIGNED_32_BYTES);
  reader.skip(1); // the expression's end
  const { at, end } = reader.part(reader.u32());
  return { address, bytes: reader.bytes.subarray(at, end) };
}

/** Undefined unless all can be read. */
function parse(section: Uint8Array): Segment[] | undefined {
  const reader = new ModuleReader(section);
  const segments: Segment[] = [];
  for (let left = reader.u32(); left > 0; left--) {
    const segment = parseSegment(reader);
    if (segment === undefined) return undefined;
    segments.push(segment);
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
