import { describe, expect, test } from "vitest";
import { buildCommand, buildCreditCommand, parseCommand } from "../../../host/packet/command-report.ts";
import { crc32c } from "../../../host/packet/crc32c.ts";
import { buildDataReport, parseDataReport } from "../../../host/packet/data-report.ts";
import { buildEvent, parseEvent } from "../../../host/packet/event.ts";
import { buildLeader, parseLeader } from "../../../host/packet/leader.ts";
import { PacketError } from "../../../host/packet/packet-error.ts";
import { unpackMono12p, unpackMono16 } from "../../../host/packet/pixel-format.ts";
import { buildProbe, parseProbe } from "../../../host/packet/probe.ts";
import {
  buildRegisterRead,
  buildRegisterReply,
  buildRegisterWrite,
  parseRegisterReply,
  parseRegisterReport,
} from "../../../host/packet/register-report.ts";
import { buildTrailer, parseTrailer } from "../../../host/packet/trailer.ts";
import * as R from "../../../hw-profiles/interface/reports.ts";
import { sealed } from "../../reference/report-check.ts";
import { leaderOf, SMALL } from "../support/synthetic-frames.ts";

describe("CRC-32C", () => {
  const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);
  test.each([
    ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
    ["32 zeros (RFC 3720 B.4)", new Uint8Array(32), 0x8a9136aa],
    ["32 ones (RFC 3720 B.4)", new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ["ascending (RFC 3720 B.4)", ascending, 0x46dd794e],
    ["descending (RFC 3720 B.4)", ascending.slice().reverse(), 0x113fdb5c],
  ])("%s", (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  test("in pieces of any length it is the same", () => {
    for (let cut = 0; cut <= 32; cut++)
      expect(crc32c(ascending, cut, 32, crc32c(ascending, 0, cut))).toBe(0x46dd794e);
  });
});

describe("data report", () => {
  const fields = {
    kind: R.KIND_LINES,
    sequence: 0x01020304,
    frameNumber: 5,
    offset: 1004,
    payload: Uint8Array.of(7, 8, 9),
  };
  const bytes = buildDataReport(fields);

  test("bytes as the contract lays them out", () => {
    expect(bytes).toHaveLength(1024);
    expect([...bytes.subarray(0, 16)]).toEqual([1, 2, 3, 0, 4, 3, 2, 1, 5, 0, 0, 0, 0xec, 3, 0, 0]);
    expect([...bytes.subarray(20, 24)]).toEqual([7, 8, 9, 0]);
    const covered = Uint8Array.of(...bytes.subarray(0, 16), 7, 8, 9);
    expect(new DataView(bytes.buffer).getUint32(16, true)).toBe(crc32c(covered));
    expect(parseDataReport(bytes)).toEqual(fields);
  });

  test("padding may be left out, the payload may not", () => {
    expect(parseDataReport(bytes.subarray(0, 23)).payload).toEqual(fields.payload);
    expect(() => parseDataReport(bytes.subarray(0, 22))).toThrow(
      /found payload of 3 bytes, expected at most 2/,
    );
    expect(() => parseDataReport(bytes.subarray(0, 19))).toThrow(/found 19 bytes, expected at least 20/);
  });

  test.each([0, 1, 2, 5, 9, 13, 17, 20, 22])("a flipped bit in byte %i is found", (at) => {
    const damaged = bytes.slice();
    damaged[at]! ^= 0x01;
    expect(() => parseDataReport(damaged)).toThrow(PacketError);
  });

  test("a payload that is too long, and a kind that does not exist", () => {
    expect(() => buildDataReport({ ...fields, payload: new Uint8Array(1005) })).toThrow(/at most 1004/);
    expect(() => parseDataReport(buildDataReport({ ...fields, kind: 9 }))).toThrow(/found 9, expected 1..6/);
  });
});

describe("payloads come back as they were", () => {
  test("leader", () => {
    const leader = leaderOf(7, SMALL);
    const back = parseLeader(buildLeader(leader));
    expect(back).toEqual({
      ...leader,
      rangeScaleM: Math.fround(leader.rangeScaleM),
      sigmaScale: Math.fround(leader.sigmaScale),
    });
  });

  test("trailer", () => {
    const trailer = {
      frameNumber: 1,
      status: 0,
      endCycle: 2n ** 60n,
      validPixels: 3,
      noReturn: 4,
      lowSignal: 5,
      saturated: 6,
      misfit: 7,
      bad: 8,
      window: 9,
      reports: 10,
      rawBytes: 11,
    };
    expect(parseTrailer(buildTrailer(trailer))).toEqual(trailer);
    expect(() => parseTrailer(new Uint8Array(51))).toThrow(/found 51 bytes, expected at least 52/);
  });

  test("probe", () => {
    const probe = {
      x: 1,
      y: 2,
      samplesDn: Uint16Array.of(96, 4095),
      offsetDn: 96.0625,
      referenceDarkDn: 0.5,
      darkScale: 2,
    };
    expect(parseProbe(buildProbe(probe))).toEqual(probe);
    const lying = buildProbe(probe);
    lying[R.PROBE_GATES] = 3;
    expect(() => parseProbe(lying)).toThrow(/found 20 bytes, expected at least 22/);
    lying[R.PROBE_GATES] = 200;
    expect(() => parseProbe(lying)).toThrow(/found 200, expected 1..64/);
  });

  test("event", () => {
    const event = { frameNumber: 3, status: 5, detail: 0x44 };
    expect(parseEvent(buildEvent(event))).toEqual(event);
  });

  test("command", () => {
    expect([...buildCreditCommand(258)]).toEqual([2, 1, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 122, 60, 137, 36]);
    expect(parseCommand(buildCreditCommand(258))).toEqual({ kind: R.COMMAND_CREDIT, value: 258, session: 0 });
    expect(() => parseCommand(buildCommand({ kind: 4, value: 1, session: 0 }))).toThrow(
      /found 4, expected 1/,
    );
  });
});

describe("a leader that lies is refused before anything is allocated", () => {
  const set = (offset: number, value: number) => {
    const payload = buildLeader(leaderOf(0, SMALL));
    new DataView(payload.buffer).setUint16(offset, value, true);
    return () => parseLeader(payload);
  };
  test.each([
    ["width", R.LEADER_WIDTH, 0, /found 0, expected 1..1280/],
    ["width", R.LEADER_WIDTH, 65535, /found 65535, expected 1..1280/],
    ["height", R.LEADER_HEIGHT, 2000, /found 2000, expected 1..1024/],
    ["gates", R.LEADER_GATES, 65, /found 65, expected 1..64/],
    ["raw format", R.LEADER_RAW_FORMAT, 4, /found 4, expected 1..3/],
    ["line bytes", R.LEADER_LINES_BYTES, 1, /line bytes of a leader: found 1, expected 2970/],
    ["raw bytes", R.LEADER_RAW_BYTES, 1, /raw bytes of a leader: found 1, expected 2500/],
    ["scale", R.LEADER_RANGE_SCALE + 2, 0x7f80, /found Infinity|found NaN/],
  ])("%s %i = %i", (_, offset, value, message) => {
    expect(set(offset, value)).toThrow(message);
  });
});

describe("register reports", () => {
  test("request and reply", () => {
    expect([...buildRegisterRead(0x0304, 4).subarray(0, 10)]).toEqual([3, 1, 4, 3, 144, 225, 8, 192, 0, 4]);
    const write = buildRegisterWrite(0x0304, Uint8Array.of(1, 2, 3, 4));
    expect([...write.subarray(0, 12)]).toEqual([3, 2, 4, 3, 247, 34, 111, 97, 0, 4, 0, 0]);
    expect([...write.subarray(12, 20)]).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
    const request = parseRegisterReport(write);
    const reply = buildRegisterReply({ ...request, status: 19 });
    expect(parseRegisterReply(reply, request).status).toBe(19);
  });

  test("the answer to another question is refused", () => {
    const request = parseRegisterReport(buildRegisterRead(0x0304, 4));
    const other = buildRegisterReply({ ...request, address: 0x0300 });
    expect(() => parseRegisterReply(other, request)).toThrow(/found 0x0300, expected 0x0304/);
    const write = buildRegisterReply({ ...request, operation: R.OPERATION_WRITE });
    expect(() => parseRegisterReply(write, request)).toThrow(/found 2, expected 1/);
  });

  test("a write that arrived damaged is seen in its reply; one that was refused has nothing to show", () => {
    const request = parseRegisterReport(buildRegisterWrite(0x0304, Uint8Array.of(1, 2, 3, 4)));
    const written = { ...request, data: Uint8Array.of(1, 2, 67, 4) };
    expect(() => parseRegisterReply(buildRegisterReply(written), request)).toThrow(
      /bytes that were written: found 1,2,67,4, expected 1,2,3,4/,
    );
    const shorter = buildRegisterReply({ ...request, length: 2, data: Uint8Array.of(1, 2) });
    expect(() => parseRegisterReply(shorter, request)).toThrow(/found 1,2, expected 1,2,3,4/);
    expect(parseRegisterReply(buildRegisterReply({ ...written, status: 19 }), request).status).toBe(19);
  });

  test("addresses beyond the report's field are refused", () => {
    expect(() => buildRegisterRead(0x10000, 4)).toThrow(/found 0x00010000, expected at most 0xffff/);
  });

  test("lengths beyond the report are refused", () => {
    expect(() => buildRegisterRead(0, 49)).toThrow(/found 49 bytes, expected 1..48/);
    const reply = buildRegisterRead(0, 4);
    reply[R.REGISTER_LENGTH] = 49;
    expect(() => parseRegisterReport(sealed(reply))).toThrow(/found 49 bytes, expected at most 48/);
  });
});

test("12-bit packing: two pixels in three bytes, least significant bits first; the odd one out in two", () => {
  const codes = new Uint16Array(3);
  unpackMono12p(Uint8Array.of(0xbc, 0x3a, 0x12, 0xff, 0x0f), 0, codes, 0, 3);
  expect([...codes]).toEqual([0xabc, 0x123, 0xfff]);
  unpackMono16(Uint8Array.of(0, 0x34, 0x12), 1, codes, 2, 1);
  expect(codes[2]).toBe(0x1234);
});
