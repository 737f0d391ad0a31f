import { expect, test } from "vitest";
import { openSimTransport } from "../../../host/transport/sim/sim-transport.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { collectFrames, creditCommand, SMALL, viewOf, write, writeRequest } from "./sim-run.ts";

/** Until `holds`, and then a few more turns of the event loop in which too much would happen. */
async function quiet(holds: () => boolean): Promise<void> {
  for (let extra = 0; extra < 20; extra += holds() ? 1 : 0)
    await new Promise((resolve) => setImmediate(resolve));
}

test("virtual time stands still without credit, so nothing is dropped", async () => {
  const transport = await openSimTransport(SMALL);
  const reports: Uint8Array[] = [];
  transport.onReport((report) => reports.push(report));
  await write(transport, Reg.REG_ACQUISITION_START, 1);
  await transport.sendReport(creditCommand(10));
  await quiet(() => reports.length === 10);
  expect(reports.length).toBe(10);
  await transport.sendReport(creditCommand(51));
  await quiet(() => reports.length === 61);
  expect(reports.length).toBe(61);
  const leaders = reports.filter((report) => report[Reports.DATA_PAYLOAD_KIND] === Reports.KIND_LEADER);
  expect(leaders.map((leader) => viewOf(leader).getUint32(Reports.DATA_FRAME, true))).toEqual([0, 1, 2]);
  await transport.close();
});

test("frames are dropped when time is told to pass", async () => {
  const transport = await openSimTransport(SMALL);
  const frames: number[] = [];
  transport.onReport((report) => {
    if (report[Reports.DATA_PAYLOAD_KIND] === Reports.KIND_LEADER) {
      frames.push(viewOf(report).getUint32(Reports.DATA_FRAME, true));
    }
  });
  await write(transport, Reg.REG_ACQUISITION_START, 1);
  await transport.advance(4);
  expect(frames).toEqual([]);
  await transport.sendReport(creditCommand(40));
  await transport.advance(1);
  expect(frames.slice(0, 2)).toEqual([0, 4]);
  await transport.close();
});

test("output and feature reports that are none of the contract's are refused", async () => {
  const transport = await openSimTransport(SMALL);
  const wrongKind = creditCommand(1);
  wrongKind[Reports.COMMAND_KIND] = 9;
  await expect(transport.sendReport(wrongKind)).rejects.toThrow(
    /found id 2, kind 9, 16 bytes; expected id 2, kind 1/,
  );
  await expect(transport.sendReport(creditCommand(1).subarray(0, 4))).rejects.toThrow(/4 bytes/);
  await expect(transport.sendReport(new Uint8Array(0))).rejects.toThrow(/found id undefined/);
  await expect(transport.sendFeatureReport(Uint8Array.of(9, 1))).rejects.toThrow(/found id 9, expected 3/);
  await expect(transport.getFeatureReport(1, 60)).rejects.toThrow(/found id 1, expected 3/);
  await transport.close();
});

test("a closed transport says so, tells its listeners once, and may be closed again", async () => {
  const transport = await openSimTransport(SMALL);
  const reasons: unknown[] = [];
  transport.onClosed((reason) => reasons.push(reason));
  await transport.close();
  await transport.close();
  expect(reasons).toEqual([undefined]);
  await expect(transport.sendReport(creditCommand(1))).rejects.toThrow(/sim:inas-lidar-64x48 is closed/);
  await expect(transport.sendFeatureReport(writeRequest(0, 1))).rejects.toThrow(/is closed/);
});

test("closing in the middle of a stream of worker threads ends cleanly", async () => {
  const transport = await openSimTransport({ ...SMALL, threads: 2 });
  await write(transport, Reg.REG_ACQUISITION_START, 1);
  await transport.sendReport(creditCommand(1_000_000));
  await new Promise((resolve) => setTimeout(resolve, 30));
  await transport.close();
});

test("truth is there when asked for, for the last frames only", async () => {
  const transport = await openSimTransport({ ...SMALL, truth: "electrons" });
  await collectFrames(transport, 20);
  expect(await transport.truth(2)).toBeUndefined();
  expect(await transport.truth(20)).toBeUndefined();
  const truth = await transport.truth(19);
  expect(truth?.frameNumber).toBe(19);
  expect(truth?.electrons.length).toBe(32 * 48 * 64);
  expect(truth?.rangeM[24 * 64 + 32]).toBeCloseTo(3, 2);
  await transport.close();
  const without = await openSimTransport(SMALL);
  await collectFrames(without, 1);
  expect(await without.truth(0)).toBeUndefined();
  await without.close();
});

const refused: [string, Parameters<typeof openSimTransport>[0], RegExp][] = [
  ["profile", { profile: "inas-lidar-64x84" }, /inas-lidar-64x48/],
  ["scene", { ...SMALL, scene: "nowhere" }, /nowhere/],
  ["scene with threads", { ...SMALL, scene: "nowhere", threads: 2 }, /nowhere/],
  ["seed", { ...SMALL, seed: -1 }, /seed: found -1, expected an integer/],
  ["fractional seed", { ...SMALL, seed: 1.5 }, /seed: found 1.5/],
  ["threads", { ...SMALL, threads: 1.5 }, /threads: found 1.5, expected an integer from 0 to 64/],
  ["rays", { ...SMALL, raysPerSide: 9 }, /found 9, expected an even number from 2 to 8/],
  ["odd rays", { ...SMALL, raysPerSide: 3 }, /found 3, expected an even number from 2 to 8/],
  [
    "firmware file",
    { ...SMALL, firmware: "/nonexistent/x.wasm" },
    /found nothing to read.*expected a \.wasm file/,
  ],
  ["firmware content", { ...SMALL, firmware: "package.json" }, /expected a WebAssembly module/],
];

test.each(refused)("a wrong %s is refused in words", async (_, options, message) => {
  await expect(openSimTransport(options)).rejects.toThrow(message);
});
