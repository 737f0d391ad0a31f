import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeLossless, type LosslessPlanes } from "../../../host/packet/lossless-stream.ts";
import { DATA_PAYLOAD_MAX, RAW_HEAD_LINE, RAW_LINE_PLAIN } from "../../../hw-profiles/interface/reports.ts";
import { Random } from "../../firmware/support/random.ts";
import { PATTERNS, patternRow } from "../../support/packed-samples.ts";
import { packedLines, packedReports, planesOf } from "../../support/packed-stream.ts";

const SEED = 20_261_121;
const SHAPE = { width: 40, height: 12, gates: 8 };

/** A frame over several reports, with plain lines among packed ones. */
function frameRows(): Uint16Array[] {
  const random = new Random(90);
  return Array.from({ length: SHAPE.height }, () =>
    patternRow(
      (r, gate, x) => (gate === 5 ? PATTERNS["random16"]! : PATTERNS["noisy"]!)(r, gate, x),
      random,
      SHAPE.width,
      SHAPE.gates,
    ),
  );
}

const rows = frameRows();
const reports = packedReports(rows, SHAPE.width);
const stream = Buffer.concat(reports);
const planes = planesOf(rows, SHAPE.width);

/** Every line is either exact or lost and zero. */
function expectHonest({ codes, lost }: LosslessPlanes): void {
  const { gates, height, width } = SHAPE;
  lost.forEach((isLost, line) => {
    const start = ((line % gates) * height + Math.floor(line / gates)) * width;
    const expected = isLost ? new Uint16Array(width) : planes.subarray(start, start + width);
    expect(codes.subarray(start, start + width), `line ${line}`).toEqual(expected);
  });
}

/** Lines, in order: bytes of the stream without heads that they take, and whether they stand alone. */
function linesOfStream() {
  let at = 0;
  return rows.flatMap((row) =>
    packedLines(row, SHAPE.width).map((line, gate) => {
      const start = at;
      at += line.length;
      return { start, end: at, isAlone: gate === 0 || line[0] === RAW_LINE_PLAIN };
    }),
  );
}

describe("a report that is lost", () => {
  const body = DATA_PAYLOAD_MAX - 4;

  test.each(reports.map((_, i) => i))("number %i: its lines are lost, and those told by them", (gone) => {
    const gap = [gone * DATA_PAYLOAD_MAX, gone * DATA_PAYLOAD_MAX + reports[gone]!.length] as const;
    const damaged = Uint8Array.from(stream);
    damaged.fill(0xee, ...gap);
    const read = decodeLossless(damaged, stream.length, [gap], SHAPE);
    expect(read.error).toBeUndefined();
    expectHonest(read);
    let before = false;
    const expected = linesOfStream().map(({ end, isAlone, start }) => {
      const isHurt = start < (gone + 1) * body && end > gone * body;
      before = isHurt || (before && !isAlone);
      return Number(before);
    });
    expect([...read.lost]).toEqual(expected);
  });
});

test("the stream takes more than three reports, and has plain and packed lines", () => {
  expect(reports.length).toBeGreaterThan(3);
  expect(new Set(linesOfStream().map(({ isAlone }) => isAlone)).size).toBe(2);
});

test("cut at any length: what is whole is read, the rest is lost and said", () => {
  for (let length = 0; length < stream.length; length++) {
    const read = decodeLossless(stream.subarray(0, length), length, [], SHAPE);
    expect(read.error?.message).toMatch(/found .*, expected/);
    if (length % 97 === 0) expectHonest(read);
  }
});

test("bytes after the last line are said, and the lines that no head confirmed are lost", () => {
  const longer = Buffer.concat([stream, Uint8Array.of(0)]);
  const read = decodeLossless(longer, longer.length, [], SHAPE);
  expect(read.error?.message).toMatch(/end of the last line/);
  expectHonest(read);
  const last = reports.at(-1)!;
  const named = last[RAW_HEAD_LINE]! | (last[RAW_HEAD_LINE + 1]! << 8);
  expect([...read.lost]).toEqual([...read.lost].map((_, line) => Number(line >= named)));
});

test("a head that contradicts the lines before it: said, those are lost, and reading goes on", () => {
  const wrong = Uint8Array.from(stream);
  wrong[DATA_PAYLOAD_MAX + 2]! ^= 1;
  const read = decodeLossless(wrong, wrong.length, [], SHAPE);
  expect(read.error?.message).toMatch(/head of raw report 1/);
  expect(read.lost[0]).toBe(1);
  expect(read.lost).toContain(0);
});

test("a line whose length is wrong: said, no false line is handed out, and the next head brings the lines back", () => {
  const wrong = Uint8Array.from(stream);
  // Width codes of row 0's first line: behind the head, the kind and the first sample.
  wrong[4 + 3]! ^= 0x11;
  const read = decodeLossless(wrong, wrong.length, [], SHAPE);
  expect(read.error).toBeDefined();
  expectHonest(read);
  const { gates, height, width } = SHAPE;
  for (let gate = 0; gate < gates; gate++) {
    const start = (gate * height + height - 1) * width;
    expect(read.codes.subarray(start, start + width)).toEqual(planes.subarray(start, start + width));
  }
});

describe("fuzzed", () => {
  const shape = fc.record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 5 }),
    gates: fc.integer({ min: 1, max: 9 }),
  });

  function expectSane(read: LosslessPlanes, { gates, height, width }: typeof SHAPE): void {
    expect(read.codes.length).toBe(gates * height * width);
    expect(read.lost.length).toBe(gates * height);
    if (read.lost.includes(1)) expect(read.error).toBeDefined();
  }

  test("any bytes give planes and an error that says what is wrong, never a throw", () => {
    const word = fc.uint8Array({ maxLength: 6000 });
    fc.assert(
      fc.property(word, shape, (bytes, size) =>
        expectSane(decodeLossless(bytes, bytes.length, [], size), size),
      ),
      { seed: SEED, numRuns: 3000 },
    );
  });

  test("a good stream with some bytes changed", () => {
    const change = fc.tuple(fc.integer({ min: 0, max: stream.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const damaged = Uint8Array.from(stream);
        for (const [at, value] of changes) damaged[at] = value;
        expectSane(decodeLossless(damaged, damaged.length, [], SHAPE), SHAPE);
      }),
      { seed: SEED, numRuns: 1500 },
    );
  });

  test("any rows of any size come back", () => {
    const code = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 2000, max: 2040 }));
    fc.assert(
      fc.property(shape, fc.infiniteStream(code), ({ gates, height, width }, codes) => {
        const next = () => codes.next().value as number;
        const made = Array.from({ length: height }, () => Uint16Array.from({ length: gates * width }, next));
        const bytes = Buffer.concat(packedReports(made, width));
        const read = decodeLossless(bytes, bytes.length, [], { gates, height, width });
        expect(read.error).toBeUndefined();
        expect(read.codes).toEqual(planesOf(made, width));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
