import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import { COMPONENT_IMAGING, KIND_LINES, KIND_RAW } from "../../hw-profiles/interface/reports.ts";
import { STATUS_BAD_STATE, STATUS_MORE, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { ReferenceImaging } from "../reference/firmware/imaging/image-readout.ts";
import {
  CDS_PARAMETERS,
  encodeImagingParameters,
  type ImagingParameters,
  RAMP_PARAMETERS,
} from "./support/imaging-parameters.ts";
import { encodeParameters, INAS_PARAMETERS } from "./support/parameter-block.ts";
import { Random } from "./support/random.ts";
import { randomFrame } from "./support/random-frames.ts";
import { randomImage } from "./support/random-images.ts";
import { readReport } from "./support/report-reader.ts";
import { TestBoard } from "./support/test-board.ts";

const P: ImagingParameters = { ...RAMP_PARAMETERS, width: 1280, height: 4, components: COMPONENT_IMAGING };
const BLOCK = encodeImagingParameters(P);
const FRAME = randomImage(P, new Random(41));
const EXPECTED = Buffer.concat(new ReferenceImaging(BLOCK).frame(FRAME));

function configured(): TestBoard {
  const board = new TestBoard("readout.wasm");
  expect(board.configure(BLOCK)).toBe(STATUS_OK);
  return board;
}

function started(): TestBoard {
  const board = configured();
  board.writeFrameBlock(FRAME);
  expect(board.exports.begin_frame()).toBe(STATUS_OK);
  return board;
}

describe("the order of calls in imaging mode", () => {
  it("sends no line with the first row, the line before with every other, the last one in end_frame", () => {
    const board = started();
    const kinds = (reports: readonly Uint8Array[]): Set<number> =>
      new Set(reports.map((report) => readReport(report).kind));
    const sent = FRAME.rows.map((row, y) => {
      board.writeRow(row);
      return kinds(board.drain(board.exports.process_line(y)));
    });
    expect(sent.map((set) => set.has(KIND_LINES))).toEqual([false, true, true, true]);
    expect(sent.every((set) => set.has(KIND_RAW))).toBe(true);
    expect(kinds(board.drain(board.exports.end_frame())).has(KIND_LINES)).toBe(true);
  });

  it("asks to be resumed in rows and at the end, and refuses everything else until it was", () => {
    const board = started();
    const reports: Uint8Array[] = [];
    let pauses = 0;
    const finish = (first: number): void => {
      let status = first;
      reports.push(...board.takeReports());
      while (status === STATUS_MORE) {
        pauses++;
        const { begin_frame, process_line, end_frame } = board.exports;
        expect([begin_frame(), process_line(0), end_frame()]).toEqual([
          STATUS_BAD_STATE,
          STATUS_BAD_STATE,
          STATUS_BAD_STATE,
        ]);
        status = board.exports.resume();
        reports.push(...board.takeReports());
      }
      expect(status).toBe(STATUS_OK);
    };
    FRAME.rows.forEach((row, y) => {
      board.writeRow(row);
      finish(board.exports.process_line(y));
    });
    const inRows = pauses;
    expect(inRows).toBeGreaterThan(FRAME.rows.length);
    finish(board.exports.end_frame());
    expect(pauses).toBeGreaterThan(inRows);
    expect(board.exports.resume()).toBe(STATUS_BAD_STATE);
    expect(Buffer.concat(reports).equals(EXPECTED.subarray(EXPECTED.length - reports.length * 1024))).toBe(
      true,
    );
  });

  it("refuses rows out of order, twice, too many, and an end that is too early", () => {
    const board = started();
    board.writeRow(FRAME.rows[0]!);
    expect(board.exports.process_line(1)).toBe(STATUS_BAD_STATE);
    expect(board.exports.end_frame()).toBe(STATUS_BAD_STATE);
    board.drain(board.exports.process_line(0));
    expect(board.exports.process_line(0)).toBe(STATUS_BAD_STATE);
    for (let y = 1; y < P.height; y++) board.drain(board.exports.process_line(y));
    expect(board.exports.process_line(P.height)).toBe(STATUS_BAD_STATE);
  });

  it("any calls in between change no byte of the frame", () => {
    const intruders = fc.array(fc.constantFrom("begin_frame", "resume", "end_frame", "process_line"), {
      minLength: P.height,
      maxLength: 12,
    });
    fc.assert(
      fc.property(intruders, (calls) => {
        const board = configured();
        board.writeFrameBlock(FRAME);
        const reports = board.drain(board.exports.begin_frame());
        FRAME.rows.forEach((row, y) => {
          for (const call of calls.filter((_, i) => i % P.height === y)) {
            if (call === "process_line") expect(board.exports.process_line(y + 1)).toBe(STATUS_BAD_STATE);
            else expect(board.exports[call]()).toBe(STATUS_BAD_STATE);
          }
          board.writeRow(row);
          reports.push(...board.drain(board.exports.process_line(y)));
        });
        reports.push(...board.drain(board.exports.end_frame()));
        expect(Buffer.concat(reports).equals(EXPECTED)).toBe(true);
      }),
      { numRuns: 20, seed: 3 },
    );
  });
});

describe("modes and frames do not touch each other", () => {
  it("a second frame owes nothing to the first; a frame that was dropped leaves nothing", () => {
    const board = configured();
    board.runFrame(randomImage(P, new Random(42)));
    board.writeFrameBlock(FRAME);
    board.exports.begin_frame();
    board.writeRow(FRAME.rows[0]!);
    board.exports.process_line(0);
    const fresh = configured();
    for (const each of [board, fresh]) {
      each.configure(BLOCK);
      new DataView(each.exports.memory.buffer).setUint32(
        Blocks.STATUS_BLOCK + Blocks.STATUS_SEQUENCE,
        0,
        true,
      );
    }
    expect(Buffer.concat(board.runFrame(FRAME)).equals(EXPECTED)).toBe(true);
    expect(Buffer.concat(fresh.runFrame(FRAME)).equals(EXPECTED)).toBe(true);
  });

  it("one module goes from LiDAR to imaging and back", () => {
    const lidar = randomFrame(INAS_PARAMETERS, new Random(43));
    const block = encodeParameters(INAS_PARAMETERS);
    const board = new TestBoard("readout.wasm");
    const payloads = (reports: readonly Uint8Array[]): string =>
      reports.map((report) => Buffer.from(readReport(report).payload).toString("hex")).join();
    board.configure(block);
    const before = payloads(board.runFrame(lidar));
    for (const p of [P, CDS_PARAMETERS]) {
      expect(board.configure(encodeImagingParameters(p))).toBe(STATUS_OK);
      board.runFrame(randomImage(p, new Random(44)));
    }
    board.configure(block);
    expect(payloads(board.runFrame(lidar))).toBe(before);
  });

  it("memory above the layout and all that the board writes stay untouched", () => {
    const board = configured();
    const used = board.layout(Blocks.LAYOUT_USED_BYTES);
    board.bytes.fill(0xa5, used);
    board.bytes.fill(0xa5, 0, Blocks.PARAM_BLOCK);
    board.runFrame(FRAME);
    expect(board.bytes.subarray(used).every((byte) => byte === 0xa5)).toBe(true);
    expect(board.bytes.subarray(0, Blocks.PARAM_BLOCK).every((byte) => byte === 0xa5)).toBe(true);
    const last = FRAME.rows.at(-1)!;
    const samples = board.layout(Blocks.LAYOUT_SAMPLES);
    const left = board.bytes.slice(samples, samples + last.samples.byteLength);
    expect(Buffer.from(left).equals(Buffer.from(last.samples.buffer))).toBe(true);
  });
});
