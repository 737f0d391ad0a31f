import { expect, it } from "vitest";
import { Camera } from "../../../../host/camera/camera.ts";
import { withFaults } from "../../../../host/transport/faults/with-faults.ts";
import { openSession } from "../../../../host/transport/session/open-session.ts";
import { openSimTransport } from "../../../../host/transport/sim/sim-transport.ts";
import type { Transport } from "../../../../host/transport/transport.ts";
import { REG_SESSION_TOKEN } from "../../../../hw-profiles/interface/registers.ts";
import {
  OPERATION_WRITE,
  REGISTER_CHECK,
  REGISTER_REPORT_BYTES,
  REPORT_ID_REGISTER,
} from "../../../../hw-profiles/interface/reports.ts";
import { STATUS_BAD_CHECK } from "../../../../hw-profiles/interface/status.ts";
import { SMALL } from "../sim-run.ts";

it("a value that arrives damaged twice is asked for a third time, and is right", async () => {
  const link = withFaults(await openSimTransport(SMALL), "get.corrupt@1x2=16,set.corrupt@4x2=2");
  const camera = await Camera.open(await openSession(link));
  expect(await camera.registers.readNumber("SensorWidth")).toBe(64);
  expect(link.injector.log.counts()).toEqual({ "get.corrupt": 2, "set.corrupt": 2 });
  await camera.close();
});

it.each([
  ["get.corrupt@1x99=16", /found a reply that was damaged on the way \(wrong CRC-32C\)/],
  ["set.corrupt@1x99=2", /found a request that was damaged on the way \(wrong CRC-32C\)/],
])("%s: a named error after twelve tries", async (faults, message) => {
  const link = withFaults(await openSimTransport(SMALL), faults);
  const opening = openSession(link).then((session) => Camera.open(session));
  const error = await opening.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "TransportError", code: "damaged" });
  expect(String(error)).toMatch(message);
  expect(link.injector.log.total).toBeGreaterThanOrEqual(12);
});

it("a board from before the check: its replies are refused with what to do", async () => {
  const board = await openSimTransport(SMALL);
  const earlier: Transport = {
    name: board.name,
    onReport: (listener) => board.onReport(listener),
    onClosed: (listener) => board.onClosed(listener),
    sendReport: (report) => board.sendReport(report),
    sendFeatureReport: (report) => board.sendFeatureReport(report),
    getFeatureReport: async (id, length) =>
      (await board.getFeatureReport(id, length)).slice().fill(0, REGISTER_CHECK, REGISTER_CHECK + 4),
    close: () => board.close(),
  };
  await expect(openSession(earlier)).rejects.toThrow(
    /host and device are of different versions: update both/,
  );
});

it("a host from before the check finds BAD_CHECK where it looks for the status of its own request", async () => {
  const board = await openSimTransport(SMALL);
  // Version 1: u16 length, u32 address, u16 status, u16 tag, u32 session.
  const request = new Uint8Array(REGISTER_REPORT_BYTES);
  const view = new DataView(request.buffer);
  request.set([REPORT_ID_REGISTER, OPERATION_WRITE, 4, 0]);
  view.setUint32(4, REG_SESSION_TOKEN, true);
  view.setUint16(10, 1, true);
  view.setUint32(12, 77, true);
  view.setUint32(16, 77, true);
  await board.sendFeatureReport(request);
  const reply = await board.getFeatureReport(REPORT_ID_REGISTER, REGISTER_REPORT_BYTES);
  view.setUint16(8, STATUS_BAD_CHECK, true);
  expect(reply).toEqual(request);
  await board.close();
});
