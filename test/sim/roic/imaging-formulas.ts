import { expect } from "vitest";
import {
  darkCycles,
  frameStartCycle,
  imagingTiming,
  lightCycles,
  releaseCycle,
  sampleCycle,
  transferStartCycle,
} from "../../../sim/roic/imaging-timing.ts";
import { firstSensorRow } from "../../../sim/roic/sequencer/imaging-registers.ts";
import type { Edge } from "../../../sim/roic/sequencer/outputs.ts";
import * as S from "../../../sim/roic/sequencer/signals.ts";
import type { RandomImaging } from "./random-imaging.ts";

/** High times of a one-bit signal. */
function spans(edges: readonly Edge[], signal: number): { rise: number; fall: number }[] {
  const found: { rise: number; fall: number }[] = [];
  for (const edge of edges) {
    if (edge.signal !== signal) continue;
    if (edge.value === 1) found.push({ rise: edge.cycle, fall: Infinity });
    else found.at(-1)!.fall = edge.cycle;
  }
  return found;
}

/** The closed formulas against what the machine did, frame by frame, line by line, read by read. */
export function checkFormulas(
  { frames, registers: r, triggers }: RandomImaging,
  edges: readonly Edge[],
): void {
  const t = imagingTiming(r);
  const starts = frameStarts();
  if (triggers === undefined) {
    expect(starts).toEqual(Array.from({ length: frames }, (_, frame) => frameStartCycle(t, frame)));
  }
  expect(edges.filter(({ signal }) => signal !== S.TRIGGER_IN).at(-1)!.cycle).toBe(
    starts.at(-1)! + t.activeCycles,
  );
  const film = spans(edges, S.FILM_GATE);
  const transfers = edges.filter(({ signal }) => signal === S.LINE_VALID);
  for (let line = 0; line < r.height; line++) checkLine(line);
  starts.forEach((start) => {
    for (let read = 0; read < r.reads; read++) {
      for (let group = 0; group < t.groups; group++) {
        const cycle = start + transferStartCycle(t, group, read);
        const before = transfers.filter((edge) => edge.cycle <= cycle).at(-1);
        expect(before?.value).toBe(1);
      }
    }
  });

  function frameStarts(): number[] {
    if (r.shutter !== "rolling") return spans(edges, S.RESET).map(({ rise }) => rise);
    return spans(edges, S.rowReset(r.sensorRows) + firstSensorRow(r, 0)).map(({ rise }) => rise);
  }

  function checkLine(line: number): void {
    const row = firstSensorRow(r, line);
    const reset = r.shutter === "rolling" ? S.rowReset(r.sensorRows) + row : S.RESET;
    const releases = spans(edges, reset).map(({ fall }) => fall);
    expect(releases).toEqual(starts.map((start) => start + releaseCycle(t, line)));
    const selects = spans(edges, S.ROW_SELECT + row).map(({ rise }) => rise);
    const samples = starts.flatMap((start) =>
      Array.from({ length: r.reads }, (_, read) => start + sampleCycle(t, line, read)),
    );
    expect(selects.map((rise) => rise + r.settleCycles)).toEqual(samples.sort((a, b) => a - b));
    for (let read = 0; read < r.reads; read++) checkTimes(line, read);
  }

  /** Dark and light times of a read: the film's high time between release and sample. */
  function checkTimes(line: number, read: number): void {
    for (const start of starts) {
      const release = start + releaseCycle(t, line);
      const sample = start + sampleCycle(t, line, read);
      expect(darkCycles(t, line, read)).toBe(sample - release);
      const open = film.reduce(
        (sum, { rise, fall }) => sum + Math.max(0, Math.min(fall, sample) - Math.max(rise, release)),
        0,
      );
      expect(lightCycles(t, line, read)).toBe(open);
    }
  }
}
