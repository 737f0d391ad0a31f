import { describe, expect, it } from "vitest";
import { decodeLossless, largestLosslessBytes } from "../../host/packet/lossless-stream.ts";
import { READ_RAMP, READ_SINGLE } from "../../hw-profiles/interface/memory-map.ts";
import {
  COMPONENT_RAW,
  KIND_LEADER,
  KIND_RAW,
  KIND_TRAILER,
  LEADER_RAW_BYTES,
  PIXEL_FORMAT_LOSSLESS,
  RAW_LINE_DIFFERENCE,
  RAW_LINE_GRADIENT,
  RAW_LINE_PLAIN,
  TRAILER_RAW_BYTES,
} from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { packLossless } from "../reference/firmware/pack-lossless.ts";
import { PATTERNS, patternRow } from "../support/packed-samples.ts";
import { packedReports, planesOf } from "../support/packed-stream.ts";
import { encodeImagingParameters, SINGLE_PARAMETERS } from "./support/imaging-parameters.ts";
import { Random } from "./support/random.ts";
import { readReport, streamOf } from "./support/report-reader.ts";
import { TestBoard } from "./support/test-board.ts";

const MODULES = ["readout.wasm", "readout-scalar.wasm"];
const WIDTHS = [...Array.from({ length: 40 }, (_, i) => i + 1), 640, 1280];

/** Reports of a frame of raw lines in the lossless format; fresh memory each time, so that nothing helps by chance. */
function packedFrame(file: string, rows: readonly Uint16Array[], width: number): Uint8Array[] {
  const reads = rows[0]!.length / width;
  const board = new TestBoard(file);
  const block = encodeImagingParameters({
    ...SINGLE_PARAMETERS,
    width,
    height: rows.length,
    reads,
    readMode: reads === 1 ? READ_SINGLE : READ_RAMP,
    adcBits: 16,
    saturationDn: 65_535,
    components: COMPONENT_RAW,
    rawFormat: PIXEL_FORMAT_LOSSLESS,
  });
  expect(board.configure(block)).toBe(STATUS_OK);
  const maps = { offset: new Uint16Array(width), dark: new Uint16Array(width), bad: new Uint8Array(width) };
  return board.runFrame({
    frame: 3,
    temperatureMk: 300_000,
    startCycle: 0n,
    endCycle: 1n,
    dropped: 0,
    rows: rows.map((samples) => ({ samples, ...maps })),
  });
}

function wordOf(reports: readonly Uint8Array[], kind: number, field: number): number {
  const { payload } = reports.map(readReport).find((report) => report.kind === kind)!;
  return new DataView(payload.buffer, payload.byteOffset).getUint32(field, true);
}

/** Both builds send the reference's bytes, which give back every code. Returns the length of the stream. */
function expectPacked(rows: readonly Uint16Array[], width: number): number {
  const expected = Buffer.concat(packedReports(rows, width));
  const shape = { width, height: rows.length, gates: rows[0]!.length / width };
  for (const file of MODULES) {
    const reports = packedFrame(file, rows, width);
    const stream = streamOf(reports, KIND_RAW);
    expect(Buffer.from(stream).equals(expected), `${file}, width ${width}`).toBe(true);
    expect(wordOf(reports, KIND_TRAILER, TRAILER_RAW_BYTES)).toBe(stream.length);
    expect(wordOf(reports, KIND_LEADER, LEADER_RAW_BYTES)).toBe(largestLosslessBytes(shape));
  }
  const { codes, error, lost } = decodeLossless(expected, expected.length, [], shape);
  expect(error).toBeUndefined();
  expect(lost).not.toContain(1);
  expect(Buffer.from(codes.buffer).equals(Buffer.from(planesOf(rows, width).buffer))).toBe(true);
  expect(expected.length).toBeLessThanOrEqual(largestLosslessBytes(shape));
  return expected.length;
}

describe.each(Object.entries(PATTERNS))("lossless packing of lines: %s", (_, pattern) => {
  it.each([1, 4])("widths 1 to 40, 640 and 1280, %i planes: SIMD, scalar and reference agree", (gates) => {
    const random = new Random(60 + gates);
    for (const width of WIDTHS)
      expectPacked(
        [1, 2].map(() => patternRow(pattern, random, width, gates)),
        width,
      );
  });

  it("8 to 64 planes", () => {
    const random = new Random(70);
    for (const [width, gates] of [
      [64, 64],
      [61, 33],
      [320, 32],
      [1280, 8],
    ] as const)
      expectPacked([patternRow(pattern, random, width, gates)], width);
  });
});

describe("the size of a packed line", () => {
  it("of noise is one byte more than its samples", () => {
    const random = new Random(80);
    const rows = [1, 2, 3].map(() => patternRow(PATTERNS["random16"]!, random, 333, 5));
    expect(expectPacked(rows, 333)).toBe(largestLosslessBytes({ width: 333, height: 3, gates: 5 }));
  });

  it("of a constant plane is kind, first sample and half a byte a block", () => {
    const flat = new Uint16Array(320).fill(4000);
    expect(packLossless(flat).length).toBe(1 + 2 + 10);
    expect(packLossless(flat, flat).length).toBe(1 + 10);
  });
});

describe("the layout of docs/packing.md, by hand", () => {
  const hex = (line: Uint8Array) => Buffer.from(line).toString("hex");
  const reference = Uint16Array.from({ length: 20 }, (_, x) => 1000 + 10 * x);

  it("differences: width codes, then planes of the sign first", () => {
    // Residuals 0, 1, -1, 0 ... in the first block, all 0 in the second: two bits, none.
    const line = reference.map((code, x) => code + (x === 1 ? 1 : x === 2 ? -1 : 0));
    // Sign plane: sample 2. Last plane: samples 1 and 2.
    expect(hex(packLossless(line, reference))).toBe(`0${RAW_LINE_DIFFERENCE}0204000600`);
  });

  it("gradients: the second block overlaps the first and ends with the line", () => {
    // Differences 0, 3, 6, ...: a slope of 3 takes three bits in both blocks; sample 0 has none to its left.
    const line = reference.map((code, x) => code + 3 * x);
    const first = "0000fefffeff";
    const second = "0000ffffffff";
    expect(hex(packLossless(line, reference))).toBe(`0${RAW_LINE_GRADIENT}33${first}${second}`);
  });

  it("the first line of a row has its own first sample as reference", () => {
    const line = new Uint16Array(16).fill(0x1234);
    expect(hex(packLossless(line))).toBe(`0${RAW_LINE_DIFFERENCE}341200`);
  });

  it("a line of less than a block is plain", () => {
    expect(hex(packLossless(Uint16Array.of(1, 0xabcd)))).toBe(`0${RAW_LINE_PLAIN}0100cdab`);
  });
});
