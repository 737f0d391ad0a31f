import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import type { LinkEvent } from "../../../host/camera/resume/resume-options.ts";
import { EXIT_DEVICE, EXIT_USAGE } from "../../../host/cli/exit-codes.ts";
import { openSource } from "../../../host/server/open-source.ts";
import { ViewerServer } from "../../../host/server/viewer-server.ts";
import { cqd } from "../support/run-main.ts";
import { ControlClient, PageTransport, until } from "./page-client.ts";
import { PluggedBoard, SERIAL } from "./plugged-board.ts";
import { makePage } from "./server-fixture.ts";

async function take(server: ViewerServer, count: number, use?: (camera: Camera) => Promise<void>) {
  const camera = await Camera.open(await PageTransport.open(server.url));
  const frames: { frameNumber: number; pulsesPerGate: number }[] = [];
  try {
    await use?.(camera);
    for await (const frame of camera.depthFrames({ count: Infinity })) {
      expect(frame.integrity.complete).toBe(true);
      frames.push(frame);
      if (frames.length === count) break;
    }
  } finally {
    await camera.close();
  }
  return frames;
}

describe("a LiDAR on USB that the viewer shows", () => {
  let board: PluggedBoard;
  let server: ViewerServer;
  let control: ControlClient;
  beforeEach(async () => {
    board = await PluggedBoard.open("inas-lidar-64x48");
    server = await board.serve();
    control = await ControlClient.open(server.url);
  });
  afterEach(() => board.close());

  it("says what it is, and that there is nothing to choose", () => {
    expect(control.state).toMatchObject({
      deviceName: `hid:${SERIAL}`,
      isSimulated: false,
      isAway: false,
      profile: { name: "inas-lidar-64x48" },
      profiles: [{ id: `hid:${SERIAL}`, title: expect.stringMatching(/ on USB$/) }],
      scenes: [{ title: "What the board sees" }],
    });
  });

  it("shows its frames and takes its registers from the page", async () => {
    const frames = await take(server, 3, (camera) => camera.registers.write("PulsesPerGate", 70));
    expect(frames.map(({ pulsesPerGate }) => pulsesPerGate)).toEqual([70, 70, 70]);
  });

  it("has no waveforms, and says why", async () => {
    control.send({ type: "timeline", id: 1, row: 3 });
    await until(() => control.messages.some(({ type }) => type === "timeline"));
    expect(control.messages.find(({ type }) => type === "timeline")).toMatchObject({
      lanes: [],
      problem: expect.stringContaining("simulated boards"),
    });
  });

  it("takes frames without end though another program asked it for two", async () => {
    await board.close();
    board = await PluggedBoard.open("inas-lidar-64x48");
    const other = await Camera.open(await board.openLink());
    for await (const _ of other.frames({ count: 2 }));
    await other.close();
    expect(await take(await board.serve(), 5)).toHaveLength(5);
  });

  it("unplugged without a power supply of its own, says so and goes on with its settings when it is back", async () => {
    await take(server, 2, (camera) => camera.registers.write("PulsesPerGate", 70));
    const watching = take(server, 1000);
    watching.catch(() => undefined);
    await board.unplugToPowerOff();
    await until(() => control.state.isAway);
    await expect(watching).rejects.toThrow();
    expect(control.state.problem).toMatch(/hid:SIM-1 was unplugged.*goes on as soon as .* plugged in/);
    expect(control.state.profile).toBeDefined();
    const { epoch } = control.state;
    await expect(take(server, 1)).rejects.toThrow();
    control.send({ type: "open", profileId: `hid:${SERIAL}`, sceneId: "" });
    await until(() => control.messages.some(({ type }) => type === "refused"));
    board.socket.plug();
    await until(() => !control.state.isAway);
    expect(control.state.epoch).toBe(epoch);
    expect(control.state.problem).toBeUndefined();
    const frames = await take(server, 3);
    expect(frames.map(({ pulsesPerGate }) => pulsesPerGate)).toEqual([70, 70, 70]);
    expect(board.links).toEqual(["away", "back"]);
  });

  it("is busy for a second program, which is told what to do", async () => {
    const second = board.makeServer();
    await expect(second.start()).rejects.toMatchObject({
      code: "busy",
      message: expect.stringMatching(/in use by another program.*close that program/),
    });
    expect(await take(server, 2)).toHaveLength(2);
  });

  it("taken over by another program, says so, and is opened again by Play", async () => {
    await board.takeOver();
    await take(server, 1).catch(() => undefined);
    await until(() => control.state.profile === undefined);
    expect(control.state.problem).toContain("another program took it over");
    control.send({ type: "play" });
    await until(() => control.state.profile !== undefined);
    expect(await take(server, 2)).toHaveLength(2);
  });
});

describe("an imager on USB that the viewer shows", () => {
  const REGION = { Width: 32, Height: 24, OffsetX: 32, OffsetY: 8 };
  let board: PluggedBoard;
  let control: ControlClient;
  beforeEach(async () => {
    board = await PluggedBoard.open("inas-imager-64x48");
    control = await ControlClient.open((await board.serve()).url);
  });
  afterEach(() => board.close());

  async function configure(registers: Record<string, number>): Promise<void> {
    const { epoch } = control.state;
    control.send({ type: "configure", registers });
    await until(() => control.state.epoch > epoch && control.state.profile !== undefined);
  }

  async function shape(): Promise<Record<string, number>> {
    const { server } = board;
    const registers: Record<string, number> = {};
    for (const name of Object.keys(REGION))
      registers[name] = await server!.device!.registers.readNumber(name);
    return registers;
  }

  it("takes a region, and another one that only fits in another order", async () => {
    await configure(REGION);
    expect(await shape()).toEqual(REGION);
    const whole = { Width: 64, Height: 48, OffsetX: 0, OffsetY: 0 };
    await configure(whole);
    expect(await shape()).toEqual(whole);
  });

  it("takes a region together with a binning that undoes regions", async () => {
    const binned = { ...REGION, Width: 16, OffsetX: 12, BinningHorizontal: 2, BinningVertical: 1 };
    await configure({ ...REGION, BinningHorizontal: 1, BinningVertical: 1 });
    await configure(binned);
    expect(await shape()).toMatchObject({ ...REGION, Width: 16, OffsetX: 12 });
    expect(await board.server!.device!.registers.readNumber("BinningHorizontal")).toBe(2);
  });

  it("keeps the region that it has when it refuses another", async () => {
    await configure(REGION);
    await configure({ ...REGION, OffsetX: 16, Width: 100 });
    expect(control.state.problem).toMatch(/Width/);
    expect(await shape()).toEqual(REGION);
  });
});

describe("a simulated board with a cable that fails on purpose", () => {
  it("goes on as a board on USB does", async () => {
    const pageFolder = makePage();
    const simulation = { scenes: ["wall:range=3"], seed: 1, threads: 0, firmware: "simd" };
    const device = "sim:inas-lidar-64x48";
    const first = await openSource({ device, ...simulation, faults: "unplug@100" });
    const links: string[] = [];
    const onLink = ({ state }: LinkEvent): void => void links.push(state);
    const server = new ViewerServer({ ...first, pageFolder, port: 0, onLink });
    await server.start();
    await expect(take(server, 100)).rejects.toThrow();
    await until(() => links.length === 2);
    expect(await take(server, 3)).toHaveLength(3);
    expect(links).toEqual(["away", "back"]);
    await server.close();
    rmSync(join(pageFolder, ".."), { recursive: true });
  });
});

describe("the commands", () => {
  const COMMANDS = [["view"], ["flash", "watch", "."]];

  it("name a board that is not there, and what to do", async () => {
    for (const words of COMMANDS) {
      const { code, stderr } = await cqd(...words, "--device", "hid:NOWHERE", "--port", "0");
      expect(code).toBe(EXIT_DEVICE);
      expect(stderr).toMatch(/^cqd: hid:NOWHERE: found .*, expected /);
    }
  });

  it("refuse what only a simulated board can be given", async () => {
    for (const words of COMMANDS) {
      const { code, stderr } = await cqd(...words, "--device", "hid:NOWHERE", "--scene", "room");
      expect(code).toBe(EXIT_USAGE);
      expect(stderr).toContain("found --scene with hid:NOWHERE, expected a simulated board");
    }
  });
});
