import { expect, test } from "vitest";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import * as Status from "../../../hw-profiles/interface/status.ts";
import { crc32c } from "../../../sim/board/crc32c.ts";
import {
  ALL_CREDIT,
  type BoardUnderTest,
  frameOf,
  kindOf,
  openBoard,
  payloadWord,
  sequenceOf,
  testProfile,
  viewOf,
} from "./board-fixture.ts";
import { tinyModule } from "./tiny-module.ts";

async function started(frames: number, device?: BoardUnderTest): Promise<BoardUnderTest> {
  const open = device ?? (await openBoard());
  expect(open.write(Reg.REG_ACQUISITION_FRAME_COUNT, frames)).toBe(Status.STATUS_OK);
  expect(open.write(Reg.REG_ACQUISITION_START, 1)).toBe(Status.STATUS_OK);
  return open;
}

function expectContinuous(reports: readonly Uint8Array[]): void {
  expect(reports.map(sequenceOf)).toEqual(reports.map((_, i) => i));
}

test("CRC-32C of the check string", () => {
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
  expect(crc32c(Buffer.from("1234"), Buffer.from("56789"))).toBe(0xe3069283);
});

test("frames run from leader to trailer, with continuous sequence numbers and cycles", async () => {
  const { board, reports } = await started(3);
  board.grantCredit(ALL_CREDIT);
  const results = [
    await board.advance(),
    await board.advance(),
    await board.advance(),
    await board.advance(),
  ];
  expect(results).toEqual(["frame", "frame", "frame", "idle"]);
  expectContinuous(reports);
  const leaders = reports.filter((report) => kindOf(report) === Reports.KIND_LEADER);
  const trailers = reports.filter((report) => kindOf(report) === Reports.KIND_TRAILER);
  expect(leaders.map(frameOf)).toEqual([0, 1, 2]);
  const frameCycles = 32 * (800 + 200_000 + 12 * (80 + 4096) + 800);
  leaders.forEach((leader, i) => {
    const start = viewOf(leader).getBigUint64(Reports.DATA_HEADER_BYTES + Reports.LEADER_START_CYCLE, true);
    const end = viewOf(trailers[i]!).getBigUint64(
      Reports.DATA_HEADER_BYTES + Reports.TRAILER_END_CYCLE,
      true,
    );
    expect(start).toBe(BigInt(i * frameCycles));
    expect(end).toBe(BigInt((i + 1) * frameCycles));
  });
});

test("no more reports leave than the host has granted", async () => {
  const { board, reports, read } = await started(1);
  board.grantCredit(5);
  await board.advance();
  expect(reports.length).toBe(5);
  expect(read(Reg.REG_ACQUISITION_STATUS).value).toBe(Reg.ACQUISITION_FIFO_WAITING);
  board.grantCredit(7);
  expect(reports.length).toBe(12);
  expect(read(Reg.REG_REPORTS_SENT).value).toBe(12);
  board.grantCredit(ALL_CREDIT);
  expect(read(Reg.REG_ACQUISITION_STATUS).value).toBe(0);
  expectContinuous(reports);
});

test("credit granted by the listener while it is called is used, without recursion", async () => {
  const seen: number[] = [];
  const device: BoardUnderTest = await openBoard({
    onReport: (report) => {
      seen.push(sequenceOf(report));
      device.board.grantCredit(1);
    },
  });
  await started(1, device);
  device.board.grantCredit(1);
  await device.board.advance();
  expect(seen.length).toBeGreaterThan(20);
  expect(seen).toEqual(seen.map((_, i) => i));
});

test("a frame that would start while reports wait is dropped whole and counted", async () => {
  const { board, reports, read } = await started(3);
  board.grantCredit(1);
  expect(await board.advance()).toBe("frame");
  expect(board.ready).toBe(false);
  expect([await board.advance(), await board.advance()]).toEqual(["dropped", "dropped"]);
  expect(read(Reg.REG_DROPPED_FRAMES).value).toBe(2);
  board.grantCredit(ALL_CREDIT);
  expect(await board.advance()).toBe("frame");
  const leaders = reports.filter((report) => kindOf(report) === Reports.KIND_LEADER);
  expect(leaders.map(frameOf)).toEqual([0, 3]);
  expect(leaders.map((leader) => payloadWord(leader, Reports.LEADER_DROPPED_FRAMES))).toEqual([0, 2]);
  expectContinuous(reports);
  expect(await board.advance()).toBe("frame");
  expect(await board.advance()).toBe("idle");
});

test("start while acquiring is busy; stop ends it; sequence and frame numbers go on", async () => {
  const { board, reports, write, read } = await started(0);
  board.grantCredit(ALL_CREDIT);
  expect(read(Reg.REG_ACQUISITION_STATUS).value).toBe(Reg.ACQUISITION_ACTIVE);
  expect(write(Reg.REG_ACQUISITION_START, 1)).toBe(Status.STATUS_BUSY);
  await board.advance();
  expect(write(Reg.REG_ACQUISITION_STOP, 1)).toBe(Status.STATUS_OK);
  expect(await board.advance()).toBe("idle");
  expect(write(Reg.REG_ACQUISITION_STOP, 1)).toBe(Status.STATUS_OK);
  expect(write(Reg.REG_ACQUISITION_START, 1)).toBe(Status.STATUS_OK);
  expect(read(Reg.REG_REPORTS_SENT).value).toBe(0);
  await board.advance();
  expectContinuous(reports);
  expect(frameOf(reports.at(-1)!)).toBe(1);
});

test("settings take effect at the next frame's start", async () => {
  const { board, reports, write } = await started(0);
  board.grantCredit(ALL_CREDIT);
  const advancing = board.advance();
  write(Reg.REG_PULSES_PER_GATE, 100);
  write(Reg.REG_SIM_TEMPERATURE, 50_000);
  await advancing;
  await board.advance();
  const leaders = reports.filter((report) => kindOf(report) === Reports.KIND_LEADER);
  expect(leaders.map((leader) => payloadWord(leader, Reports.LEADER_PULSES_PER_GATE))).toEqual([500, 100]);
  expect(leaders.map((leader) => payloadWord(leader, Reports.LEADER_TEMPERATURE_MK))).toEqual([
    308_150, 323_150,
  ]);
  expectContinuous(reports);
});

test("the probe pixel's gates are sent, equal to the raw stream's codes", async () => {
  const device = await openBoard();
  device.write(Reg.REG_PROBE_X, 33);
  device.write(Reg.REG_PROBE_Y, 21);
  device.write(Reg.REG_PIXEL_FORMAT, Reports.PIXEL_FORMAT_MONO16);
  device.write(Reg.REG_COMPONENT_ENABLE, Reports.COMPONENT_LIDAR);
  await started(1, device);
  device.board.grantCredit(ALL_CREDIT);
  await device.board.advance();
  const probe = device.reports.filter((report) => kindOf(report) === Reports.KIND_PROBE);
  expect(probe.length).toBe(1);
  expect(payloadWord(probe[0]!, Reports.PROBE_X)).toBe((21 << 16) | 33);
  const raw = Buffer.concat(
    device.reports
      .filter((report) => kindOf(report) === Reports.KIND_RAW)
      .map((report) =>
        report.subarray(
          Reports.DATA_HEADER_BYTES,
          Reports.DATA_HEADER_BYTES + viewOf(report).getUint16(Reports.DATA_PAYLOAD_LENGTH, true),
        ),
      ),
  );
  expect(raw.length).toBe(48 * 32 * 64 * 2);
  for (let gate = 0; gate < 32; gate++) {
    const sample = viewOf(probe[0]!).getUint16(
      Reports.DATA_HEADER_BYTES + Reports.PROBE_SAMPLES + 2 * gate,
      true,
    );
    expect(sample).toBe(raw.readUInt16LE(2 * ((21 * 32 + gate) * 64 + 33)));
  }
});

test("a module that traps ends the acquisition with an event; the next start works again", async () => {
  const firmware = { bytes: tinyModule({ traps: "end_frame" }), name: "traps.wasm" };
  const device = await started(0, await openBoard({ firmware }));
  device.board.grantCredit(ALL_CREDIT);
  expect(await device.board.advance()).toBe("failed");
  const event = device.reports.at(-1)!;
  expect(kindOf(event)).toBe(Reports.KIND_EVENT);
  expect(payloadWord(event, Reports.EVENT_STATUS)).toBe(Status.STATUS_TRAP);
  const head = event.subarray(0, Reports.DATA_CRC);
  const payload = event.subarray(Reports.DATA_HEADER_BYTES, Reports.DATA_HEADER_BYTES + Reports.EVENT_BYTES);
  expect(viewOf(event).getUint32(Reports.DATA_CRC, true)).toBe(crc32c(head, payload));
  expect(device.read(Reg.REG_ACQUISITION_STATUS).value).toBe(0);
  expect(device.write(Reg.REG_ACQUISITION_START, 1)).toBe(Status.STATUS_OK);
  expect(await device.board.advance()).toBe("failed");
  expect(device.reports.map(sequenceOf)).toEqual([0, 1]);
  expect(device.reports.map(frameOf)).toEqual([0, 1]);
});

test("parameters that the module refuses are the reply to AcquisitionStart", async () => {
  const profile = { ...testProfile, detector: { ...testProfile.detector, fallTimeNs: 0.001 } };
  const device = await openBoard({ profile });
  expect(device.write(Reg.REG_ACQUISITION_START, 1)).toBe(Status.STATUS_BAD_PARAMETER);
  expect(device.read(Reg.REG_ACQUISITION_STATUS).value).toBe(0);
});
