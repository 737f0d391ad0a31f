import { describe, expect, it } from "vitest";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_BAD, PIXEL_NO_RETURN, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { COMPONENT_FLAGS, COMPONENT_INTENSITY } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import type { ReferenceFrame, ReferenceRow } from "../reference/firmware/frame.ts";
import { CDS_PARAMETERS, encodeImagingParameters, RAMP_PARAMETERS } from "./support/imaging-parameters.ts";
import { encodeParameters, INAS_PARAMETERS } from "./support/parameter-block.ts";
import { Random } from "./support/random.ts";
import { randomFrame } from "./support/random-frames.ts";
import { randomImage, randomImagingParameters } from "./support/random-images.ts";
import { randomParameters } from "./support/random-parameters.ts";
import { linesPayload } from "./support/report-reader.ts";
import { TestBoard } from "./support/test-board.ts";

const CASES = 40;
const HEIGHT = 2;
const CANARY = 0xa5;

/** Parts of the memory that are nobody's: below the blocks, between them, and above what configure() laid out. */
function noMansLand(board: TestBoard): (readonly [start: number, end: number])[] {
  return [
    [0, Blocks.PARAM_BLOCK],
    [Blocks.PARAM_BLOCK + Blocks.PARAM_BYTES, Blocks.FRAME_BLOCK],
    [Blocks.FRAME_BLOCK + Blocks.FRAME_BYTES, Blocks.LAYOUT_BLOCK],
    [Blocks.LAYOUT_BLOCK + Blocks.LAYOUT_BYTES, Blocks.STATUS_BLOCK],
    [Blocks.STATUS_BLOCK + Blocks.STATUS_BLOCK_BYTES, 0x1000],
    [board.layout(Blocks.LAYOUT_USED_BYTES), board.bytes.length],
  ];
}

/** What the board wrote and the module only reads. */
function inputs(board: TestBoard, width: number, planes: number): Uint8Array[] {
  const at = (start: number, bytes: number) => board.bytes.slice(start, start + bytes);
  const time = board.layout(Blocks.LAYOUT_TIME_MAP);
  return [
    at(Blocks.PARAM_BLOCK, Blocks.PARAM_BYTES),
    at(Blocks.FRAME_BLOCK, Blocks.FRAME_BYTES),
    at(board.layout(Blocks.LAYOUT_SAMPLES), 2 * width * planes),
    at(board.layout(Blocks.LAYOUT_OFFSET_MAP), 2 * width),
    at(board.layout(Blocks.LAYOUT_DARK_MAP), 2 * width),
    at(board.layout(Blocks.LAYOUT_BAD_MAP), width),
    ...(time === 0 ? [] : [at(time, 2 * width)]),
  ];
}

/** Runs a frame; after every call the canaries live and the inputs are as they were. */
function runGuarded(board: TestBoard, frame: ReferenceFrame, width: number, planes: number): Uint8Array[] {
  const land = noMansLand(board);
  for (const [start, end] of land) board.bytes.fill(CANARY, start, end);
  board.writeFrameBlock(frame);
  const reports = board.drain(board.exports.begin_frame());
  frame.rows.forEach((row, y) => {
    board.writeRow(row);
    const before = inputs(board, width, planes);
    reports.push(...board.drain(board.exports.process_line(y)));
    expect(inputs(board, width, planes)).toEqual(before);
  });
  reports.push(...board.drain(board.exports.end_frame()));
  for (const [start, end] of land) {
    const changed = board.bytes.subarray(start, end).findIndex((byte) => byte !== CANARY);
    expect(changed === -1 ? undefined : start + changed).toBeUndefined();
  }
  return reports;
}

describe.each(["readout.wasm", "readout-scalar.wasm"])("%s stays on its map", (module) => {
  it(`with ${CASES} random LiDARs`, () => {
    for (let seed = 0; seed < CASES; seed++) {
      const random = new Random(seed);
      const p = randomParameters(random, HEIGHT);
      const board = new TestBoard(module);
      expect(board.configure(encodeParameters(p))).toBe(STATUS_OK);
      runGuarded(board, randomFrame(p, random), p.width, p.gateDelaysNs.length);
    }
  });

  it(`with ${CASES} random imagers`, () => {
    for (let seed = 0; seed < CASES; seed++) {
      const random = new Random(seed);
      const p = randomImagingParameters(random, HEIGHT);
      const board = new TestBoard(module);
      expect(board.configure(encodeImagingParameters(p))).toBe(STATUS_OK);
      runGuarded(board, randomImage(p, random), p.width, p.reads);
    }
  });
});

/** A row with the same code everywhere. */
function flatRow(width: number, planes: number, code: number): ReferenceRow {
  return {
    samples: new Uint16Array(width * planes).fill(code),
    offset: new Uint16Array(width).fill(1536),
    dark: new Uint16Array(width).fill(100),
    bad: new Uint8Array(width),
  };
}

function frameOf(row: ReferenceRow): ReferenceFrame {
  return { frame: 1, temperatureMk: 300_000, startCycle: 0n, endCycle: 1n, dropped: 0, rows: [row] };
}

describe("planes that no scene makes", () => {
  const width = 17;

  it.each<[string, number, number]>([
    ["all zero", 0, PIXEL_NO_RETURN],
    ["all saturated", INAS_PARAMETERS.saturationDn, PIXEL_NO_RETURN | PIXEL_SATURATED],
    ["codes that the converter cannot give", 0xffff, PIXEL_NO_RETURN | PIXEL_SATURATED],
  ])("%s: every pixel of a LiDAR carries its flag and no range", (_, code, flags) => {
    const p = { ...INAS_PARAMETERS, width, height: 1, components: COMPONENT_FLAGS | 0x03 };
    const board = new TestBoard("readout.wasm");
    expect(board.configure(encodeParameters(p))).toBe(STATUS_OK);
    const lines = linesPayload(board.runFrame(frameOf(flatRow(width, p.gateDelaysNs.length, code))));
    expect(Array.from(lines.subarray(0, 4 * width))).toEqual(new Array(4 * width).fill(0));
    expect(Array.from(lines.subarray(4 * width))).toEqual(new Array(width).fill(flags));
  });

  it.each([
    ["CDS", CDS_PARAMETERS],
    ["ramp", RAMP_PARAMETERS],
  ])("all saturated: every pixel of an imager in %s carries its flag", (_, base) => {
    const p = { ...base, width, height: 1, components: COMPONENT_FLAGS | COMPONENT_INTENSITY };
    const board = new TestBoard("readout.wasm");
    expect(board.configure(encodeImagingParameters(p))).toBe(STATUS_OK);
    const lines = linesPayload(board.runFrame(frameOf(flatRow(width, p.reads, p.saturationDn))));
    const flags = Array.from(lines.subarray(2 * width));
    expect(flags.every((flag) => (flag & PIXEL_SATURATED) !== 0 && (flag & PIXEL_BAD) === 0)).toBe(true);
  });
});
