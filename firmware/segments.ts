// A row as it is sent: the enabled components one after the other, and the raw lines of its gates or reads.
import {
  COMPONENT_FLAGS,
  COMPONENT_INTENSITY,
  COMPONENT_RAW,
  COMPONENT_SECOND,
  COMPONENT_SPREAD,
  COMPONENT_THIRD,
  DATA_PAYLOAD_MAX,
  PIXEL_FORMAT_LOSSLESS,
  PIXEL_FORMAT_MONO12P,
  RAW_HEAD_BYTES,
} from "../hw-profiles/interface/reports.ts";
import { componentLine, setup } from "./setup.ts";
import { pack12, packed12Bytes } from "./stages/pack.ts";
import { losslessLineBytes, packLossless } from "./stages/pack-lossless.ts";
import { parameters } from "./views.ts";

/** Range, sigma, amplitude, ambient, intensity, second, third, spread, flags: as Setup has their lines. */
export const LINE_SEGMENTS: u32 = 9;
const SEGMENT_INTENSITY: u32 = 4;

/** Whether one of these components is on. */
export function enabled(components: u32): bool {
  return (parameters.components & components) !== 0;
}

/** The bits of ComponentEnable are in order, but for those of flags and raw lines between ambient and intensity. */
function componentOf(index: u32): u32 {
  if (index === LINE_SEGMENTS - 1) return COMPONENT_FLAGS;
  return index < SEGMENT_INTENSITY ? 1 << index : COMPONENT_INTENSITY << (index - SEGMENT_INTENSITY);
}

/** Bytes that component segment `index` of a row takes; 0 if the component is off. */
export function lineSegmentBytes(index: u32): u32 {
  const component = componentOf(index);
  if (!enabled(component)) return 0;
  if (component === COMPONENT_FLAGS) return setup.width;
  if (component === COMPONENT_SPREAD) return setup.width << 2;
  return setup.width * ((component & (COMPONENT_SECOND | COMPONENT_THIRD)) !== 0 ? 6 : 2);
}

export function lineSegmentAddress(index: u32): usize {
  return componentLine(index);
}

/** Bytes of the raw line that rawSegment() made last. */
let rawBytes: u32 = 0;

/** Bytes of a raw line, of a lossless one at most. */
function rawLineBytes(): u32 {
  if (parameters.rawFormat === PIXEL_FORMAT_LOSSLESS) return losslessLineBytes(setup.width);
  return parameters.rawFormat === PIXEL_FORMAT_MONO12P ? packed12Bytes(setup.width) : setup.width << 1;
}

/** What every report of the raw stream begins with. */
export function rawHeadBytes(): u32 {
  return parameters.rawFormat === PIXEL_FORMAT_LOSSLESS ? RAW_HEAD_BYTES : 0;
}

/** Raw lines of a row: K gates or N reads, or none if the component is off. */
export function rawSegments(): u32 {
  return enabled(COMPONENT_RAW) ? setup.gates : 0;
}

/** Of the line that rawSegment() gave last. */
export function rawSegmentBytes(): u32 {
  return rawBytes;
}

/** Address of the line of a gate or read as it travels; a packed line is made when it is asked for, always the same. */
export function rawSegment(gate: u32): usize {
  const line = setup.samples + gate * (setup.width << 1);
  rawBytes = rawLineBytes();
  if (parameters.rawFormat === PIXEL_FORMAT_LOSSLESS) {
    rawBytes = packLossless(line, setup.packedLine, setup.width, gate === 0);
  } else if (parameters.rawFormat === PIXEL_FORMAT_MONO12P) {
    pack12(line, setup.packedLine, setup.width);
  } else return line;
  return setup.packedLine;
}

export function linesBytesPerRow(): u32 {
  let bytes: u32 = 0;
  for (let index: u32 = 0; index < LINE_SEGMENTS; index++) bytes += lineSegmentBytes(index);
  return bytes;
}

/** Bytes of a frame's raw stream; lossless: at most. */
export function rawBytesOfFrame(): u32 {
  const bytes = rawSegments() * rawLineBytes() * setup.height;
  const head = rawHeadBytes();
  const room = u32(DATA_PAYLOAD_MAX) - head;
  return bytes + ((bytes + room - 1) / room) * head;
}
