import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommand } from "../../../host/packet/command-report.ts";
import { buildDataReport, parseDataReport } from "../../../host/packet/data-report.ts";
import { parseEvent } from "../../../host/packet/event.ts";
import { FrameAssembler } from "../../../host/packet/frame-assembler.ts";
import { IntervalSet } from "../../../host/packet/interval-set.ts";
import { buildLeader, parseLeader } from "../../../host/packet/leader.ts";
import { PacketError } from "../../../host/packet/packet-error.ts";
import { parseProbe } from "../../../host/packet/probe.ts";
import { parseRegisterReport } from "../../../host/packet/register-report.ts";
import { SequenceTracker } from "../../../host/packet/sequence-tracker.ts";
import { parseTrailer } from "../../../host/packet/trailer.ts";
import { PIXEL_MISSING } from "../../../hw-profiles/interface/pixel-flags.ts";
import { depthFrame, leaderOf, rangeCode, SMALL, sessionReports } from "../support/synthetic-frames.ts";

const SEED = 20_261_121;
const bytes = fc.uint8Array({ maxLength: 1100 });

test.each([
  ["data report", parseDataReport],
  ["leader", parseLeader],
  ["trailer", parseTrailer],
  ["probe", parseProbe],
  ["event", parseEvent],
  ["command", parseCommand],
  ["register report", parseRegisterReport],
])("any bytes: %s is read or refused with a PacketError", (_, parse) => {
  fc.assert(
    fc.property(bytes, (input) => {
      try {
        parse(input);
      } catch (error) {
        expect(error).toBeInstanceOf(PacketError);
      }
    }),
    { seed: SEED, numRuns: 2000 },
  );
});

/** Reports with a correct CRC and a content that somebody made up. */
const hostile = fc
  .record({
    kind: fc.integer({ min: 1, max: 6 }),
    sequence: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 0xffff_ffff })),
    frameNumber: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffff_ffff })),
    offset: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 0xffff_ffff })),
    payload: fc.oneof(
      fc.uint8Array({ maxLength: 1004 }),
      fc.integer({ min: 0, max: 3 }).map((frame) => buildLeader(leaderOf(frame, SMALL))),
    ),
  })
  .map(buildDataReport);

test("made-up reports: no throw, no more frames than reports, every pixel of theirs is accounted for", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 9, arbitrary: hostile }, { weight: 1, arbitrary: bytes }), {
        maxLength: 60,
      }),
      (reports) => {
        const assembler = new FrameAssembler();
        const frames = [...reports.flatMap((report) => assembler.push(report)), ...assembler.flush()];
        expect(frames.length).toBeLessThanOrEqual(reports.length);
        for (const frame of frames) expect(frame.flags).toHaveLength(frame.width * frame.height);
        const { reports: good, corruptedReports } = assembler.statistics();
        expect(good).toBeLessThanOrEqual(reports.length);
        expect(corruptedReports).toBeLessThanOrEqual(reports.length);
      },
    ),
    { seed: SEED, numRuns: 1500 },
  );
});

describe("a cable that drops, repeats, swaps and damages at random", () => {
  const fault = fc.record({
    kind: fc.constantFrom("drop", "duplicate", "swap", "corrupt", "truncate"),
    at: fc.integer({ min: 0, max: 1_000 }),
  });

  test("whatever arrives is right or marked, and an untouched frame is whole", () => {
    const session = sessionReports(5);
    const touched = session.slice(0, 4).flat();
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 12 }), (faults) => {
        const reports = touched.slice();
        for (const { kind, at } of faults) apply(reports, kind, at % reports.length);
        const assembler = new FrameAssembler();
        const all = [...reports, ...session[4]!];
        const frames = [...all.flatMap((report) => assembler.push(report)), ...assembler.flush()].map(
          depthFrame,
        );
        for (const frame of frames)
          frame.flags.forEach((flags, pixel) => {
            const expected =
              flags & PIXEL_MISSING
                ? 0
                : Math.fround(rangeCode(frame.frameNumber, pixel) * Math.fround(0.0005));
            if (frame.rangeM[pixel] !== expected)
              throw new Error(`pixel ${pixel} is neither right nor marked`);
            if (frame.integrity.complete && flags & PIXEL_MISSING)
              throw new Error("complete with a missing pixel");
          });
        const numbers = frames.map((frame) => frame.frameNumber);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        expect(frames.at(-1)?.frameNumber).toBe(4);
        expect(frames.at(-1)?.integrity.complete).toBe(true);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });
});

function apply(reports: Uint8Array[], kind: string, at: number): void {
  const report = reports[at]!;
  if (kind === "drop" && reports.length > 1) reports.splice(at, 1);
  if (kind === "duplicate") reports.splice(at, 0, report);
  if (kind === "swap" && at + 1 < reports.length) reports.splice(at, 2, reports[at + 1]!, report);
  if (kind === "truncate") reports[at] = report.subarray(0, 25);
  if (kind === "corrupt") {
    const damaged = report.slice();
    damaged[17]! ^= 0x80;
    reports[at] = damaged;
  }
}

test("interval set: agrees with a plain set of bytes, and stays within its limit", () => {
  const span = fc.record({ start: fc.nat(200), length: fc.integer({ min: 1, max: 20 }) });
  fc.assert(
    fc.property(fc.array(span, { maxLength: 60 }), (spans) => {
      const set = new IntervalSet(8);
      const plain = new Set<number>();
      for (const { start, length } of spans) {
        const range = Array.from({ length }, (_, i) => start + i);
        if (set.add(start, start + length)) for (const at of range) plain.add(at);
      }
      expect(set.covered).toBe(plain.size);
      const open = set
        .gaps(300)
        .flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
      expect(open).toEqual(Array.from({ length: 300 }, (_, i) => i).filter((at) => !plain.has(at)));
      expect(set.gaps(1000).length).toBeLessThanOrEqual(9);
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

test("sequence tracker: over any numbers, nothing is counted twice", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffff_ffff }),
      fc.array(fc.nat(60), { minLength: 1, maxLength: 80 }),
      (base, steps) => {
        const tracker = new SequenceTracker();
        tracker.accept(base);
        const seen = new Set([0]);
        for (const step of steps) {
          const { order } = tracker.accept((base + step) >>> 0);
          expect(order === "duplicate").toBe(seen.has(step));
          seen.add(step);
        }
        expect(tracker.seen).toBe(Math.max(...seen) + 1);
        expect(tracker.missing).toBe(Math.max(...seen) + 1 - seen.size);
      },
    ),
    { seed: SEED, numRuns: 1000 },
  );
});
