import { expect, it } from "vitest";
import { Camera } from "../../../../host/camera/camera.ts";
import { RegisterJournal } from "../../../../host/camera/resume/register-journal.ts";
import { buildRegisterReply, buildRegisterWrite } from "../../../../host/packet/register-report.ts";
import { openSimTransport, type SimTransport } from "../../../../host/transport/sim/sim-transport.ts";
import type { Transport } from "../../../../host/transport/transport.ts";
import { TransportError } from "../../../../host/transport/transport-error.ts";

import {
  REG_ACQUISITION_START,
  REG_ACQUISITION_STOP,
  REG_PROBE_X,
} from "../../../../hw-profiles/interface/registers.ts";
import { OPERATION_WRITE } from "../../../../hw-profiles/interface/reports.ts";
import { STATUS_OK, STATUS_OUT_OF_RANGE } from "../../../../hw-profiles/interface/status.ts";

/** Boards that lose their power with their cable: each opening finds one with the settings of power-on. */
class FreshBoards {
  readonly #profile: string;
  #last: SimTransport | undefined;
  #end: ((reason: Error) => void)[] = [];

  constructor(profile: string) {
    this.#profile = profile;
  }

  readonly open = async (): Promise<Transport> => {
    const board = await openSimTransport({ profile: this.#profile, threads: 0, raysPerSide: 2 });
    this.#last = board;
    return {
      name: board.name,
      onReport: (listener) => board.onReport(listener),
      onClosed: (listener) => this.#end.push(listener),
      sendReport: (report) => board.sendReport(report),
      sendFeatureReport: (report) => board.sendFeatureReport(report),
      getFeatureReport: (id, length) => board.getFeatureReport(id, length),
      close: () => board.close(),
    };
  };

  async unplug(): Promise<void> {
    const listeners = this.#end;
    this.#end = [];
    await this.#last?.close();
    for (const listener of listeners) listener(new TransportError("unplugged", "the power went"));
  }
}

async function openOn(profile: string): Promise<{ camera: Camera; boards: FreshBoards }> {
  const boards = new FreshBoards(profile);
  const resume = { timeoutMs: 60_000, reopen: boards.open, nextLook: async () => undefined };
  return { boards, camera: await Camera.open(await boards.open(), { resume }) };
}

it("a LiDAR that lost its power gets gates, calibration and the rest again", async () => {
  const { boards, camera } = await openOn("inas-lidar-64x48");
  const { registers } = camera;
  const delays = await registers.read("GateDelay");
  if (typeof delays !== "object") throw new Error("found one gate delay, expected an array");
  const settings = {
    GateDelay: delays.map((ps, gate) => (gate < 32 ? ps + 5000 : ps)),
    PulsesPerGate: 77,
    ComponentEnable: 0x13,
    ProbeX: 5,
    ProbeY: 6,
    ReturnCount: 2,
    SimAmbient: 250_000,
  };
  for (const [name, value] of Object.entries(settings)) await registers.write(name, value);
  const before = await Promise.all(Object.keys(settings).map((name) => registers.read(name)));
  await boards.unplug();
  const after = await Promise.all(Object.keys(settings).map((name) => registers.read(name)));
  expect(camera.statistics().resumes).toBe(1);
  expect(after).toEqual(before);
  expect(after[1]).toBe(77);
  for await (const frame of camera.depthFrames({ count: 1 })) expect(frame.pulsesPerGate).toBe(77);
  await camera.close();
});

it("settings that allow one another only in another order find one", async () => {
  const { boards, camera } = await openOn("inas-imager-64x48");
  const { registers } = camera;
  await registers.write("AcquisitionFrameRate", 20_000);
  await registers.write("ExposureTime", 30_000_000);
  // Written again, the rate comes after the exposure that it allows.
  await registers.write("AcquisitionFrameRate", 20_000);
  const before = [await registers.read("AcquisitionFrameRate"), await registers.read("ExposureTime")];
  await boards.unplug();
  expect([await registers.read("AcquisitionFrameRate"), await registers.read("ExposureTime")]).toEqual(
    before,
  );
  expect(camera.statistics().resumes).toBe(1);
  await camera.close();
});

it("a setting that was refused is not asked for again", async () => {
  const { boards, camera } = await openOn("inas-lidar-64x48");
  const { registers } = camera;
  await expect(
    registers.write(
      "GateWidth",
      Array.from({ length: 64 }, () => 999_000_000),
    ),
  ).rejects.toThrow();
  await boards.unplug();
  expect(await registers.read("SensorWidth")).toBe(64);
  await camera.close();
});

it("a device that refuses what it took before is not gone on with", async () => {
  const small = new FreshBoards("inas-imager-64x48");
  const lidar = new FreshBoards("inas-lidar-64x48");
  const reopen = lidar.open;
  const resume = { timeoutMs: 60_000, reopen, nextLook: async () => undefined };
  const camera = await Camera.open(await small.open(), { resume });
  await camera.registers.write("ReadMode", 1);
  await small.unplug();
  await expect(camera.registers.read("SensorWidth")).rejects.toThrow(
    /is back and refuses ReadMode as it was set before, with status \d+, READ_ONLY/,
  );
  await camera.close();
});

it("a command, and a setting that goes with one, are not done again", async () => {
  const journal = new RegisterJournal();
  const write = (address: number, words: number, status: number = STATUS_OK) => {
    const request = buildRegisterWrite(address, new Uint8Array(4 * words));
    const { data, length } = { data: new Uint8Array(0), length: 4 * words };
    journal.note(request, buildRegisterReply({ operation: OPERATION_WRITE, address, length, data, status }));
  };
  write(REG_ACQUISITION_START, 1);
  write(REG_ACQUISITION_STOP, 2);
  write(REG_PROBE_X, 1, STATUS_OUT_OF_RANGE);
  expect(journal.length).toBe(0);
  write(REG_PROBE_X, 2);
  write(REG_PROBE_X, 2);
  expect(journal.length).toBe(1);
});
