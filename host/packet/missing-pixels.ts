import { PIXEL_FORMAT_MONO12P } from "../../hw-profiles/interface/reports.ts";
import type { Leader } from "./leader.ts";
import { type LineLayout, lineLayout, rawLineBytes } from "./line-layout.ts";

type Gaps = readonly (readonly [start: number, end: number])[];

/** [start of the component's bytes in the record, bytes a pixel] */
function componentSpans(layout: LineLayout, width: number): [start: number, bytes: number][] {
  const spans: [number, number][] = [
    [layout.rangeOffset, 2],
    [layout.sigmaOffset, 2],
    [layout.amplitudeOffset, 2],
    [layout.ambientOffset, 2],
    [layout.intensityOffset, 2],
    [layout.flagsOffset, 1],
  ];
  for (const start of [layout.secondOffset, layout.thirdOffset])
    for (let line = 0; line < 3 && start >= 0; line++) spans.push([start + 2 * width * line, 2]);
  if (layout.spreadOffset >= 0) spans.push([layout.spreadOffset, 2], [layout.spreadOffset + 2 * width, 2]);
  return spans.filter(([start]) => start >= 0);
}

/** Calls `visit(record, from, to)` with the part of every gap that lies in each record of `recordBytes`. */
function eachRecord(
  gaps: Gaps,
  recordBytes: number,
  visit: (record: number, from: number, to: number) => void,
): void {
  for (const [start, end] of gaps)
    for (let at = start; at < end; ) {
      const record = Math.floor(at / recordBytes);
      const stop = Math.min(end, (record + 1) * recordBytes);
      visit(record, at - record * recordBytes, stop - record * recordBytes);
      at = stop;
    }
}

/** Mark the pixels (1 in `missing`, width x height) of which a byte of the KIND_LINES stream is in a gap. */
export function markMissingLines(missing: Uint8Array, leader: Leader, gaps: Gaps): void {
  const { width } = leader;
  const layout = lineLayout(leader.components, width);
  const spans = componentSpans(layout, width);
  eachRecord(gaps, layout.recordBytes, (row, from, to) => {
    for (const [start, bytes] of spans) {
      const first = Math.max(0, Math.floor((from - start) / bytes));
      const last = Math.min(width, Math.ceil((to - start) / bytes));
      if (last > first) missing.fill(1, row * width + first, row * width + last);
    }
  });
}

/** The same for the KIND_RAW stream: a pixel of which one gate sample is lost counts as missing. */
export function markMissingRaw(missing: Uint8Array, leader: Leader, gaps: Gaps): void {
  const { gates, width } = leader;
  eachLostRun(leader, gaps, (line, first, last) => {
    const row = Math.floor(line / gates);
    missing.fill(1, row * width + first, row * width + last);
  });
}

/** Zeros in `codes` (K x H x W) for every sample of which a byte of the KIND_RAW stream is in a gap: half of one is none. */
export function clearMissingRaw(codes: Uint16Array, leader: Leader, gaps: Gaps): void {
  const { gates, height, width } = leader;
  eachLostRun(leader, gaps, (line, first, last) => {
    const start = ((line % gates) * height + Math.floor(line / gates)) * width;
    codes.fill(0, start + first, start + last);
  });
}

/** Calls `visit(line, first, last)` with the columns of every raw line of which a byte is in a gap. */
function eachLostRun(
  { rawFormat, width }: Leader,
  gaps: Gaps,
  visit: (line: number, first: number, last: number) => void,
): void {
  const bytesPerPixel = rawFormat === PIXEL_FORMAT_MONO12P ? 1.5 : 2;
  eachRecord(gaps, rawLineBytes(rawFormat, width), (line, from, to) => {
    visit(line, Math.floor(from / bytesPerPixel), Math.min(width, Math.ceil(to / bytesPerPixel)));
  });
}
