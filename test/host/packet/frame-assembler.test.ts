import { describe, expect, test } from "vitest";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import { FrameAssembler } from "../../../host/packet/frame-assembler.ts";
import { PIXEL_MISSING } from "../../../hw-profiles/interface/pixel-flags.ts";
import {
  COMPONENT_DEPTH,
  COMPONENT_RAW,
  PIXEL_FORMAT_MONO16,
} from "../../../hw-profiles/interface/reports.ts";
import {
  ambientCode,
  depthFrame,
  frameReports,
  rangeCode,
  rawCode,
  SMALL,
  sessionReports,
} from "../support/synthetic-frames.ts";

function assemble(reports: readonly Uint8Array[]): { frames: DepthFrame[]; assembler: FrameAssembler } {
  const assembler = new FrameAssembler();
  const frames = reports.flatMap((report) => assembler.push(report));
  return { frames: [...frames, ...assembler.flush()].map(depthFrame), assembler };
}

function expectWhole(frame: DepthFrame | undefined, number: number): void {
  expect(frame?.frameNumber).toBe(number);
  expect(frame?.integrity).toMatchObject({ complete: true, lostReports: 0, corruptedReports: 0 });
  expect(Array.from(frame?.flags ?? []).some((flags) => flags & PIXEL_MISSING)).toBe(false);
  expect(frame?.rangeM[17]).toBeCloseTo(rangeCode(number, 17) * 0.0005, 6);
}

describe("a clean session", () => {
  test.each([
    ["all components, 12 bit packed", SMALL],
    ["16 bit", { ...SMALL, rawFormat: PIXEL_FORMAT_MONO16, width: 40 }],
    ["no raw", { ...SMALL, components: COMPONENT_DEPTH }],
  ])("%s: every value arrives", (_, options) => {
    const { frames, assembler } = assemble(sessionReports(3, options).flat());
    expect(frames.map((frame) => frame.frameNumber)).toEqual([0, 1, 2]);
    const frame = frames[2]!;
    expectWhole(frame, 2);
    for (let pixel = 0; pixel < options.width * options.height; pixel++) {
      expect(frame.rangeM[pixel]).toBe(Math.fround(rangeCode(2, pixel) * leaderScale(0.0005)));
      expect(frame.ambientE[pixel]).toBe(ambientCode(pixel) * 8);
      expect(frame.amplitudeE[pixel]).toBe(pixel * 32);
      expect(frame.flags[pixel]).toBe(pixel % 11 === 0 ? 2 : 0);
      expect(frame.gatesDn?.[4 * options.width * options.height + pixel]).toBe(
        options.components & COMPONENT_RAW ? rawCode(2, 4, pixel) : undefined,
      );
    }
    expect(frame.sigmaM[3]).toBe(Infinity);
    expect(frame.sigmaM[4]).toBeCloseTo(5 / 16_000, 8);
    expect(frame).toMatchObject({ startCycle: 2000n, endCycle: 3000n, timeNs: 5000, temperatureC: 25 });
    expect(frame.probe).toMatchObject({ x: 2, y: 1, offsetDn: 96.5, darkDn: 3 });
    expect(assembler.statistics()).toMatchObject({
      lostReports: 0,
      corruptedReports: 0,
      duplicatedReports: 0,
    });
  });

  test("sequence numbers may wrap", () => {
    const { frames, assembler } = assemble(sessionReports(3, SMALL, 0xffff_fffa).flat());
    expect(frames).toHaveLength(3);
    frames.forEach(expectWhole);
    expect(assembler.statistics().lostReports).toBe(0);
  });

  test("a component that is not sent has no values, and flags still tell returns", () => {
    const { frames } = assemble(frameReports(0, 0, { ...SMALL, components: 0x01 }));
    expect(frames[0]?.sigmaM).toHaveLength(0);
    expect(frames[0]?.flags.every((flags) => flags === 0)).toBe(true);
  });
});

const leaderScale = Math.fround;

test("a frame with holes has nothing of the frame before it in them", () => {
  const [before, present] = sessionReports(2);
  for (let lost = 1; lost < present!.length - 1; lost++) {
    const rest = present!.filter((_, at) => at !== lost);
    const alone = assemble(rest).frames[0]!;
    const after = assemble([...before!, ...rest]).frames[1]!;
    expect(after.flags).toEqual(alone.flags);
    expect(after.rangeM).toEqual(alone.rangeM);
    expect(after.integrity.complete).toBe(false);
  }
});

describe("every single fault at every report of the middle frame", () => {
  const session = sessionReports(4);
  const middle = session[1]!;
  const positions = middle.map((_, at) => [at] as const);
  const withMiddle = (reports: Uint8Array[]) => [...session[0]!, ...reports, ...session[2]!, ...session[3]!];

  test.each(positions)("drop report %i: counted, marked, next frame good", (at) => {
    const { frames, assembler } = assemble(withMiddle(middle.toSpliced(at, 1)));
    expect(frames.map((frame) => frame.frameNumber)).toEqual([0, 1, 2, 3]);
    expect(frames[1]?.integrity).toMatchObject({ complete: false, lostReports: 1, corruptedReports: 0 });
    expect(frames[1]).toMatchObject({ startCycle: 1000n, endCycle: 2000n });
    expect(assembler.statistics()).toMatchObject({ lostReports: 1, corruptedReports: 0 });
    const isPicture = at > 0 && at < middle.length - 2;
    const missing = [...(frames[1]?.flags.keys() ?? [])].filter((i) => frames[1]!.flags[i]! & PIXEL_MISSING);
    expect(missing.length > 0).toBe(isPicture);
    for (const i of missing) expect(frames[1]!.rangeM[i]).toBe(0);
    expectWhole(frames[2], 2);
    expectWhole(frames[3], 3);
  });

  test.each(positions)("corrupt report %i: counted as corrupted, not as lost", (at) => {
    const bad = middle[at]!.slice();
    bad[40]! ^= 0x10;
    const { frames, assembler } = assemble(withMiddle(middle.toSpliced(at, 1, bad)));
    expect(frames[1]?.integrity).toMatchObject({ complete: false, lostReports: 0, corruptedReports: 1 });
    expect(assembler.statistics()).toMatchObject({ lostReports: 0, corruptedReports: 1 });
    expectWhole(frames[2], 2);
  });

  test.each(positions)("truncate report %i: counted as corrupted", (at) => {
    const { frames, assembler } = assemble(withMiddle(middle.toSpliced(at, 1, middle[at]!.subarray(0, 30))));
    expect(frames[1]?.integrity.corruptedReports).toBe(1);
    expect(assembler.statistics()).toMatchObject({ lostReports: 0, corruptedReports: 1 });
    expectWhole(frames[2], 2);
  });

  test.each(positions)("duplicate report %i: counted, frame whole", (at) => {
    const { frames, assembler } = assemble(withMiddle(middle.toSpliced(at, 0, middle[at]!)));
    expectWhole(frames[1], 1);
    expectWhole(frames[2], 2);
    expect(frames[1]?.integrity.duplicatedReports).toBe(at === middle.length - 1 ? 0 : 1);
    expect(assembler.statistics().duplicatedReports).toBe(1);
  });

  test.each(positions.slice(0, -1))("swap reports %i and the next: counted, frame whole", (at) => {
    const swapped = middle.toSpliced(at, 2, middle[at + 1]!, middle[at]!);
    const { frames, assembler } = assemble(withMiddle(swapped));
    expect(frames.map((frame) => frame.frameNumber)).toEqual([0, 1, 2, 3]);
    expectWhole(frames[1], 1);
    expect(frames[1]?.integrity.reorderedReports).toBe(1);
    expect(assembler.statistics()).toMatchObject({ lostReports: 0, reorderedReports: 1 });
  });
});

describe("the first frame", () => {
  test("without leader it cannot be read, is counted, and the next is good", () => {
    const [first, second] = sessionReports(2);
    const { frames, assembler } = assemble([...first!.slice(1), ...second!]);
    expect(frames.map((frame) => frame.frameNumber)).toEqual([1]);
    expectWhole(frames[0], 1);
    expect(assembler.statistics().undecodableFrames).toBe(1);
  });

  test("with its first two reports swapped it is whole", () => {
    const reports = frameReports(0, 0);
    const { frames } = assemble([reports[1]!, reports[0]!, ...reports.slice(2)]);
    expectWhole(frames[0], 0);
  });
});

test("a whole lost frame and a report that comes far too late", () => {
  const session = sessionReports(4);
  const straggler = session[1]![4]!;
  const { frames, assembler } = assemble([...session[0]!, ...session[2]!, straggler, ...session[3]!]);
  expect(frames.map((frame) => frame.frameNumber)).toEqual([0, 2, 3]);
  expect(assembler.statistics()).toMatchObject({ lostReports: session[1]!.length - 1, lateReports: 1 });
});

describe("a frame that lost its trailer still counts what it lost", () => {
  const session = sessionReports(3);
  const last = session[1]!.length - 1;
  test.each([
    ["a line report", [3, last], 2],
    ["three line reports", [2, 3, 4, last], 4],
    ["its leader", [0, last], 2],
  ])("and %s", (_, lost, expected) => {
    const middle = session[1]!.filter((_report, at) => !lost.includes(at));
    const { frames, assembler } = assemble([...session[0]!, ...middle, ...session[2]!]);
    expect(frames[1]?.integrity).toMatchObject({ complete: false, lostReports: expected });
    expect(assembler.statistics().lostReports).toBe(expected);
    expectWhole(frames[2], 2);
  });
});

test("a frame with holes is handed out as soon as the next one is under way, without a flush", () => {
  const session = sessionReports(3);
  const holed = session[1]!.toSpliced(3, 1);
  const assembler = new FrameAssembler();
  const numbers = (reports: readonly Uint8Array[]) =>
    reports.flatMap((report) => assembler.push(report)).map((frame) => frame.frameNumber);
  expect(numbers([...session[0]!, ...holed])).toEqual([0]);
  expect(numbers(session[2]!)).toEqual([1, 2]);
});
