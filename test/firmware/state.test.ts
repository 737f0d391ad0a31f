import { describe, expect, it } from "vitest";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import {
  STATUS_BAD_MAGIC,
  STATUS_BAD_PARAMETER,
  STATUS_BAD_STATE,
  STATUS_OK,
} from "../../hw-profiles/interface/status.ts";
import { encodeParameters, INAS_PARAMETERS } from "./support/parameter-block.ts";
import { Random } from "./support/random.ts";
import { randomFrame } from "./support/random-frames.ts";
import { TestBoard } from "./support/test-board.ts";

const BLOCK = encodeParameters(INAS_PARAMETERS);
const FRAME = randomFrame(INAS_PARAMETERS, new Random(40));

function configured(): TestBoard {
  const board = new TestBoard("readout.wasm");
  expect(board.configure(BLOCK)).toBe(STATUS_OK);
  return board;
}

function inFrame(): TestBoard {
  const board = configured();
  board.writeFrameBlock(FRAME);
  expect(board.exports.begin_frame()).toBe(STATUS_OK);
  board.writeRow(FRAME.rows[0]!);
  return board;
}

describe("calls out of order are refused and change nothing", () => {
  it("before configure", () => {
    const { exports } = new TestBoard("readout.wasm");
    expect([exports.begin_frame(), exports.process_line(0), exports.end_frame(), exports.resume()]).toEqual(
      Array.from({ length: 4 }, () => STATUS_BAD_STATE),
    );
  });

  it("row before frame, resume with nothing to send", () => {
    const { exports } = configured();
    expect(exports.process_line(0)).toBe(STATUS_BAD_STATE);
    expect(exports.end_frame()).toBe(STATUS_BAD_STATE);
    expect(exports.resume()).toBe(STATUS_BAD_STATE);
  });

  it("frame in frame, wrong row, end before the last row", () => {
    const board = inFrame();
    expect(board.exports.begin_frame()).toBe(STATUS_BAD_STATE);
    expect(board.exports.process_line(1)).toBe(STATUS_BAD_STATE);
    expect(board.exports.process_line(0xffffffff)).toBe(STATUS_BAD_STATE);
    expect(board.exports.end_frame()).toBe(STATUS_BAD_STATE);
    expect(board.status(Blocks.STATUS_REPORT_COUNT)).toBe(0);
    expect(board.exports.process_line(0)).toBe(STATUS_OK);
    expect(board.exports.process_line(0)).toBe(STATUS_BAD_STATE);
  });

  it("more rows than the frame has", () => {
    const board = inFrame();
    for (let row = 0; row < INAS_PARAMETERS.height; row++)
      expect(board.exports.process_line(row)).toBe(STATUS_OK);
    expect(board.exports.process_line(INAS_PARAMETERS.height)).toBe(STATUS_BAD_STATE);
    expect(board.exports.end_frame()).toBe(STATUS_OK);
  });

  it("leave the frame's bytes as they would be", () => {
    const expected = configured().runFrame(FRAME);
    const board = configured();
    board.writeFrameBlock(FRAME);
    const reports = board.drain(board.exports.begin_frame());
    FRAME.rows.forEach((row, y) => {
      board.writeRow(row);
      board.exports.begin_frame();
      reports.push(...board.drain(board.exports.process_line(y)));
      board.exports.process_line(y);
      board.exports.resume();
    });
    reports.push(...board.drain(board.exports.end_frame()));
    expect(Buffer.concat(reports).equals(Buffer.concat(expected))).toBe(true);
  });
});

describe("recovery", () => {
  it("configure drops a frame in progress", () => {
    const board = inFrame();
    expect(board.configure(BLOCK)).toBe(STATUS_OK);
    expect(board.exports.process_line(0)).toBe(STATUS_BAD_STATE);
    expect(board.runFrame(FRAME).length).toBeGreaterThan(2);
  });

  it("a refused parameter block leaves the module unconfigured until a good one", () => {
    const board = configured();
    expect(board.configure(new Uint8Array(Blocks.PARAM_BYTES))).toBe(STATUS_BAD_MAGIC);
    expect(board.exports.begin_frame()).toBe(STATUS_BAD_STATE);
    expect(board.configure(BLOCK)).toBe(STATUS_OK);
    expect(board.runFrame(FRAME).length).toBeGreaterThan(2);
  });

  it.each([0, 49_999, 1_000_001, 0xffffffff])("a temperature of %i mK is refused", (temperatureMk) => {
    const board = configured();
    board.writeFrameBlock({ ...FRAME, temperatureMk });
    expect(board.exports.begin_frame()).toBe(STATUS_BAD_PARAMETER);
    expect(board.status(Blocks.STATUS_DETAIL)).toBe(Blocks.FRAME_TEMPERATURE_MK);
    expect(board.runFrame(FRAME).length).toBeGreaterThan(2);
  });
});

describe("memory", () => {
  it("outside the map stays untouched", () => {
    const board = configured();
    const used = board.layout(Blocks.LAYOUT_USED_BYTES);
    board.bytes.fill(0xa5, used);
    board.bytes.fill(0xa5, 0, Blocks.PARAM_BLOCK);
    board.runFrame(FRAME);
    expect(board.configure(BLOCK)).toBe(STATUS_OK);
    expect(board.bytes.subarray(used).every((byte) => byte === 0xa5)).toBe(true);
    expect(board.bytes.subarray(0, Blocks.PARAM_BLOCK).every((byte) => byte === 0xa5)).toBe(true);
  });

  it("that the board writes is never written by the module", () => {
    const board = inFrame();
    const start = board.layout(Blocks.LAYOUT_SAMPLES);
    const end = board.layout(Blocks.LAYOUT_BAD_MAP) + INAS_PARAMETERS.width;
    const before = board.bytes.slice(start, end);
    const blocks = board.bytes.slice(Blocks.PARAM_BLOCK, Blocks.FRAME_BLOCK + Blocks.FRAME_BYTES);
    board.exports.process_line(0);
    expect(Buffer.from(board.bytes.subarray(start, end)).equals(Buffer.from(before))).toBe(true);
    const after = board.bytes.subarray(Blocks.PARAM_BLOCK, Blocks.FRAME_BLOCK + Blocks.FRAME_BYTES);
    expect(Buffer.from(after).equals(Buffer.from(blocks))).toBe(true);
  });
});
