// A row as it is sent: the enabled components one after the other, then the raw gate lines.
import { COMPONENT_FLAGS, COMPONENT_RAW, PIXEL_FORMAT_MONO12P } from "../hw-profiles/interface/reports.ts";
import { setup } from "./setup.ts";
import { pack12, packed12Bytes } from "./stages/pack.ts";
import { parameters } from "./views.ts";

/** Range, sigma, amplitude, ambient, flags: component n is bit n of ComponentEnable. */
export const LINE_SEGMENTS: u32 = 5;

function enabled(component: u32): bool {
  return (parameters.components & component) !== 0;
}

/** Bytes that component segment `index` of a row takes; 0 if the component is off. */
export function lineSegmentBytes(index: u32): u32 {
  const component: u32 = 1 << index;
  if (!enabled(component)) return 0;
  return component === COMPONENT_FLAGS ? setup.width : setup.width << 1;
}

export function lineSegmentAddress(index: u32): usize {
  if (index === 0) return setup.rangeLine;
  if (index === 1) return setup.sigmaLine;
  if (index === 2) return setup.amplitudeLine;
  if (index === 3) return setup.ambientLine;
  return setup.flagsLine;
}

function rawLineBytes(): u32 {
  return parameters.rawFormat === PIXEL_FORMAT_MONO12P ? packed12Bytes(setup.width) : setup.width << 1;
}

/** Raw gate lines of a row: K, or none if the component is off. */
export function rawSegments(): u32 {
  return enabled(COMPONENT_RAW) ? setup.gates : 0;
}

export function rawSegmentBytes(): u32 {
  return rawLineBytes();
}

/** Address of a gate's line as it travels; a packed line is made when it is asked for. */
export function rawSegmentAddress(gate: u32): usize {
  const line = setup.samples + gate * (setup.width << 1);
  if (parameters.rawFormat !== PIXEL_FORMAT_MONO12P) return line;
  pack12(line, setup.packedLine, setup.width);
  return setup.packedLine;
}

export function linesBytesPerRow(): u32 {
  let bytes: u32 = 0;
  for (let index: u32 = 0; index < LINE_SEGMENTS; index++) bytes += lineSegmentBytes(index);
  return bytes;
}

export function rawBytesPerRow(): u32 {
  return rawSegments() * rawLineBytes();
}
