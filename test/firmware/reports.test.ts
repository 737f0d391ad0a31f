import { describe, expect, it } from "vitest";
import * as Blocks from "../../hw-profiles/interface/memory-map.ts";
import {
  DATA_PAYLOAD_MAX,
  KIND_LEADER,
  KIND_LINES,
  KIND_PROBE,
  KIND_RAW,
  KIND_TRAILER,
  REPORT_BYTES,
  REPORT_ID_DATA,
  TRAILER_REPORTS,
} from "../../hw-profiles/interface/reports.ts";
import { STATUS_MORE, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { crc32c } from "../reference/firmware/crc32c.ts";
import { pack12 } from "../reference/firmware/pack.ts";
import { encodeParameters, INAS_PARAMETERS, type Parameters } from "./support/parameter-block.ts";
import { Random } from "./support/random.ts";
import { randomFrame } from "./support/random-frames.ts";
import { readReport, streamOf } from "./support/report-reader.ts";
import { TestBoard } from "./support/test-board.ts";

const PARAMETERS: Parameters = {
  ...INAS_PARAMETERS,
  width: 61,
  height: 6,
  components: 0x3f,
  probeX: 9,
  probeY: 2,
};
const LINE_BYTES = 61 * 9;
const GATE_LINE_BYTES = Math.ceil((61 * 12) / 8);

function configured(parameters = PARAMETERS): TestBoard {
  const board = new TestBoard("readout.wasm");
  expect(board.configure(encodeParameters(parameters))).toBe(STATUS_OK);
  return board;
}

describe("CRC-32C", () => {
  it("of the reference meets the published check value", () => {
    expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa); // RFC 3720 B.4
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  });
});

describe("the reports of a frame", () => {
  const frame = randomFrame(PARAMETERS, new Random(30));
  const reports = configured().runFrame(frame);
  const read = reports.map(readReport);

  it("have whole headers, good CRCs, zero padding and running sequence numbers", () => {
    read.forEach((report, i) => {
      expect(reports[i]!.length).toBe(REPORT_BYTES);
      expect(report.id).toBe(REPORT_ID_DATA);
      expect(report.crcGood).toBe(true);
      expect(report.sequence).toBe(i);
      expect(report.frame).toBe(frame.frame);
      expect(report.padding.every((byte) => byte === 0)).toBe(true);
    });
  });

  it("start with the leader, end with the trailer, and hold one probe", () => {
    expect(read[0]!.kind).toBe(KIND_LEADER);
    expect(read.at(-1)!.kind).toBe(KIND_TRAILER);
    expect(read.filter((report) => report.kind === KIND_PROBE).length).toBe(1);
  });

  it.each([
    ["lines", KIND_LINES, LINE_BYTES * 6],
    ["raw", KIND_RAW, GATE_LINE_BYTES * 32 * 6],
  ])("carry %s without gap or overlap, full but for the last", (_, kind, length) => {
    const parts = read.filter((report) => report.kind === kind);
    let at = 0;
    parts.forEach((part, i) => {
      expect(part.offset).toBe(at);
      if (i + 1 < parts.length) expect(part.payload.length).toBe(DATA_PAYLOAD_MAX);
      at += part.payload.length;
    });
    expect(at).toBe(length);
  });

  it("give back the raw samples", () => {
    const expected = frame.rows.flatMap((row) =>
      PARAMETERS.gateDelaysNs.map((_, k) => pack12(row.samples.subarray(k * 61, (k + 1) * 61))),
    );
    expect(Buffer.concat(expected).equals(Buffer.from(streamOf(reports, KIND_RAW)))).toBe(true);
  });

  it("are counted in the trailer", () => {
    const payload = read.at(-1)!.payload;
    expect(new DataView(payload.buffer, payload.byteOffset).getUint32(TRAILER_REPORTS, true)).toBe(
      reports.length,
    );
  });
});

describe("the sequence number", () => {
  it("runs on through frames and configurations", () => {
    const board = configured();
    const frame = randomFrame(PARAMETERS, new Random(31));
    const first = board.runFrame(frame).length;
    expect(board.configure(encodeParameters({ ...PARAMETERS, components: 1 }))).toBe(STATUS_OK);
    const second = board.runFrame(frame).map((report) => readReport(report).sequence);
    expect(second).toEqual(second.map((_, i) => first + i));
    expect(board.status(Blocks.STATUS_SEQUENCE)).toBe(first + second.length);
  });
});

describe("STATUS_MORE", () => {
  it("asks the board to take no more than the capacity at a time", () => {
    const board = configured({ ...PARAMETERS, width: 320, height: 1 });
    const frame = randomFrame({ ...PARAMETERS, width: 320, height: 1 }, new Random(32));
    const capacity = board.layout(Blocks.LAYOUT_REPORT_CAPACITY);
    board.writeFrameBlock(frame);
    board.drain(board.exports.begin_frame());
    board.writeRow(frame.rows[0]!);
    let status = board.exports.process_line(0);
    let calls = 1;
    for (; status === STATUS_MORE; calls++) {
      expect(board.status(Blocks.STATUS_REPORT_COUNT)).toBe(capacity);
      status = board.exports.resume();
    }
    expect(status).toBe(STATUS_OK);
    const full = Math.floor((320 * 9) / DATA_PAYLOAD_MAX) + Math.floor((320 * 1.5 * 32) / DATA_PAYLOAD_MAX);
    expect(calls).toBe(Math.ceil(full / capacity));
  });
});
