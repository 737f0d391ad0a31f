import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Camera } from "../../../../host/camera/camera.ts";
import type { CameraFrame } from "../../../../host/camera/frame.ts";
import type { LinkEvent } from "../../../../host/camera/resume/resume-options.ts";
import { FaultInjector } from "../../../../host/transport/faults/fault-injector.ts";
import { withFaults } from "../../../../host/transport/faults/with-faults.ts";
import { openSession } from "../../../../host/transport/session/open-session.ts";
import { BoardSocket } from "../../../../host/transport/sim/board-socket.ts";
import type { Transport } from "../../../../host/transport/transport.ts";
import { DATA_PAYLOAD_KIND, KIND_TRAILER } from "../../../../hw-profiles/interface/reports.ts";
import { hashFrame } from "../../../device/frame-hash.ts";

const WORLD = { profile: "inas-lidar-64x48", scene: "wall:range=3", raysPerSide: 2, threads: 0 } as const;
const FRAMES = 3;
/** Data reports of a frame of 64 x 48 pixels with five components: 48 rows of 576 bytes in 1004 each, leader and trailer. */
const FRAME_REPORTS = 30;

let socket: BoardSocket;
beforeAll(async () => {
  socket = await BoardSocket.open(WORLD);
});
afterAll(() => socket.close());

function pull(): void {
  socket.unplug();
  socket.plug();
}

interface Run {
  readonly camera: Camera;
  readonly frames: readonly CameraFrame[];
  readonly unplugged: number;
}

/** Opens the board in the socket; the link to it breaks as `faults` say. */
function broken(injector: FaultInjector): () => Promise<Transport> {
  return () => openSession(withFaults(socket.connect(), injector));
}

async function open(reopen: () => Promise<Transport>, timeoutMs = 60_000): Promise<Camera> {
  // What breaks before there is a camera is the opener's affair.
  const first = await reopen();
  return Camera.open(first, { resume: { timeoutMs, reopen, nextLook: async () => undefined } });
}

/** A session from the first setting to the last frame. */
async function session(faults: string): Promise<Run> {
  const injector = new FaultInjector(faults);
  const camera = await open(broken(injector));
  const frames: CameraFrame[] = [];
  try {
    await camera.registers.write("ProbeX", 3);
    for await (const frame of camera.frames({ count: FRAMES })) frames.push(frame);
    expect(await camera.registers.read("ProbeX")).toBe(3);
  } finally {
    await camera.close();
  }
  return { camera, frames, unplugged: injector.log.total };
}

function requireWhole({ camera, frames, unplugged }: Run, pulls: number, resumes = pulls): void {
  expect(unplugged).toBe(pulls);
  expect(frames.length).toBe(FRAMES);
  for (const frame of frames) expect(frame.integrity.complete).toBe(true);
  const numbers = frames.map(({ frameNumber }) => frameNumber);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(camera.statistics()).toMatchObject({ resumes, frames: FRAMES, lostReports: 0, incompleteFrames: 0 });
}

describe("unplugged and plugged in again, a camera takes all of its frames whole", () => {
  // The first request claims the session, before there is a camera; the last one but this lets go of it.
  const [FIRST_REQUEST, REQUESTS] = [1, 8];
  it.each([
    ["data report", "", 0, FRAMES * FRAME_REPORTS],
    ["grant of credit", "out.", 0, 4],
    ["register request", "set.", FIRST_REQUEST, REQUESTS],
    ["register reply", "get.", FIRST_REQUEST, REQUESTS],
  ] as const)("at every %s", async (_, pipe, first, count) => {
    for (let n = first; n < first + count; n++) {
      const run = await session(`${pipe}unplug@${n}`);
      requireWhole(run, 1);
    }
  });

  it("and when it is unplugged again while it comes back", async () => {
    requireWhole(await session("unplug@40,set.unplug@7,get.unplug@9"), 3, 1);
  });

  it("and again later", async () => {
    requireWhole(await session("unplug@20,unplug@40"), 2);
  });
});

it("pulled again just after any of the replies by which it comes back", async () => {
  // Two checks of the device, the number of frames as a setting and as what is left, and the start.
  for (let reply = 1; reply <= 5; reply++) {
    const { links, reopen } = counted(reply, pull);
    const camera = await open(reopen);
    camera.onReport((report) => {
      if (links() === 1 && report[DATA_PAYLOAD_KIND] === KIND_TRAILER) pull();
    });
    let frames = 0;
    for await (const frame of camera.frames({ count: FRAMES })) frames += Number(frame.integrity.complete);
    expect(frames).toBe(FRAMES);
    expect(links()).toBe(3);
    expect(camera.statistics().resumes).toBe(1);
    await camera.close();
  }
});

it("pulled again any number of turns after the last reply by which it comes back", async () => {
  // Two checks of the device, the number of frames as a setting and as what is left, and the start.
  const REPLIES = 5;
  for (let turns = 0; turns < 24; turns++) {
    const { links, reopen } = counted(REPLIES, () => afterTurns(turns, pull));
    const camera = await open(reopen);
    const events: string[] = [];
    camera.onLink(({ state }) => events.push(state));
    camera.onReport((report) => {
      if (links() === 1 && report[DATA_PAYLOAD_KIND] === KIND_TRAILER) pull();
    });
    let frames = 0;
    for await (const frame of camera.frames({ count: FRAMES })) frames += Number(frame.integrity.complete);
    expect([turns, frames, links()]).toEqual([turns, FRAMES, 3]);
    // The second gap is one of its own, or goes on with the first.
    expect([["away", "back"].join(), ["away", "back", "away", "back"].join()]).toContain(events.join());
    await camera.close();
  }
});

/** Openings of the board, counted; the one that comes back calls `act` at its reply number `reply`. */
function counted(reply: number, act: () => void): { links: () => number; reopen: () => Promise<Transport> } {
  let links = 0;
  const reopen = async (): Promise<Transport> => {
    const bus = socket.connect();
    let left = ++links === 2 ? reply : -1;
    return {
      name: bus.name,
      onReport: (listener) => bus.onReport(listener),
      onClosed: (listener) => bus.onClosed(listener),
      sendReport: (report) => bus.sendReport(report),
      sendFeatureReport: (report) => bus.sendFeatureReport(report),
      getFeatureReport: async (id, length) => {
        const report = await bus.getFeatureReport(id, length);
        if (--left === 0) act();
        return report;
      },
      close: () => bus.close(),
    };
  };
  return { links: () => links, reopen };
}

function afterTurns(turns: number, act: () => void): void {
  queueMicrotask(turns === 0 ? act : () => afterTurns(turns - 1, act));
}

it("a wait for the device that fails ends the camera with its reason", async () => {
  const reopen = async () => socket.connect();
  const nextLook = () => Promise.reject(new Error("nobody may look"));
  const camera = await Camera.open(await reopen(), { resume: { timeoutMs: 60_000, reopen, nextLook } });
  const frames = camera.frames();
  await frames.next();
  socket.unplug();
  await expect(async () => {
    for await (const _ of frames);
  }).rejects.toMatchObject({ code: "closed", message: expect.stringContaining("nobody may look") });
  await camera.close();
  socket.plug();
});

it("a board that was told how many frames to send ends after them, the ones before the gap included", async () => {
  const injector = new FaultInjector("unplug@50");
  const reopen = broken(injector);
  const resume = { timeoutMs: 60_000, reopen, nextLook: async () => undefined };
  const camera = await Camera.open(await reopen(), { resume, stallMs: 20 });
  await camera.start({ frameCount: FRAMES });
  let frames = 0;
  for await (const _ of camera.frames()) frames++;
  expect(frames).toBe(FRAMES);
  expect(injector.log.total).toBe(1);
  await camera.close();
});

describe("frames are those that the board sends without a gap", () => {
  const hashes: string[] = [];
  beforeAll(async () => {
    const whole = await BoardSocket.open(WORLD);
    const camera = await Camera.open(whole.connect());
    for await (const frame of camera.frames({ count: 80 })) hashes.push(hashFrame(frame));
    await camera.close();
    await whole.close();
  });

  /** Numbers of the whole frames among `count` of a fresh board whose link breaks so. */
  async function wholeFrames(faults: FaultInjector, count: number): Promise<number[]> {
    const fresh = await BoardSocket.open(WORLD);
    const camera = await open(() => openSession(withFaults(fresh.connect(), faults)));
    const numbers: number[] = [];
    for await (const frame of camera.frames({ count })) {
      if (!frame.integrity.complete) continue;
      expect(hashFrame(frame)).toBe(hashes[frame.frameNumber]);
      numbers.push(frame.frameNumber);
    }
    await camera.close();
    await fresh.close();
    return numbers;
  }

  it("unplugged once", async () => {
    expect(await wholeFrames(new FaultInjector("unplug@100"), 6)).toEqual([0, 1, 2, 4, 5, 6]);
  });

  it.each([2, 3, 4])("unplugged and disturbed by chance, seed %i", async (seed) => {
    const rates = "unplug:3e-3,set.unplug:5e-3,get.unplug:5e-3,drop:1e-3,corrupt:1e-3";
    const faults = new FaultInjector(`${rates},seed=${seed}`);
    const whole = await wholeFrames(faults, 50);
    // Each fault cuts one frame at most.
    expect(whole.length).toBeGreaterThanOrEqual(50 - faults.log.total);
    expect(faults.log.counts()["in.unplug"]).toBeGreaterThan(0);
  });
});

it("says that it waits and that it goes on; what is asked meanwhile waits", async () => {
  const camera = await open(async () => socket.connect());
  const events: LinkEvent[] = [];
  camera.onLink((event) => events.push(event));
  const frames = camera.frames();
  await frames.next();
  socket.unplug();
  const width = camera.registers.read("SensorWidth");
  expect(events).toMatchObject([{ state: "away", reason: { code: "unplugged" } }]);
  socket.plug();
  expect(await width).toBe(64);
  expect(events).toMatchObject([{ state: "away" }, { state: "back", resumes: 1 }]);
  expect((await frames.next()).value?.integrity.complete).toBe(true);
  await frames.return();
  await camera.close();
});

it("a device that does not come back is gone: who waits for a frame or a register learns it by name", async () => {
  const camera = await open(async () => socket.connect(), 30);
  const frames = camera.frames();
  await frames.next();
  socket.unplug();
  const width = camera.registers.read("SensorWidth");
  const text = /was unplugged and did not come back within 0.0 s \(.*cable pulled.*\); plug it in/;
  await expect(width).rejects.toMatchObject({ code: "unplugged", message: expect.stringMatching(text) });
  await expect(async () => {
    for await (const _ of frames);
  }).rejects.toMatchObject({ name: "CameraError", code: "closed", message: expect.stringMatching(text) });
  await camera.close();
  socket.plug();
});

it("stopping and closing do not wait for a device that is away", async () => {
  const released: string[] = [];
  const camera = await Camera.open(socket.connect(), {
    resume: {
      timeoutMs: 60_000,
      reopen: async () => socket.connect(),
      release: async () => void released.push("socket"),
    },
  });
  await camera.start();
  socket.unplug();
  const width = camera.registers.read("SensorWidth");
  width.catch(() => undefined);
  await camera.stop();
  await camera.close();
  await camera.close();
  await expect(width).rejects.toThrow("was closed while it was away");
  expect(released).toEqual(["socket"]);
  socket.plug();
});

it("closed while its device is away, a camera says so to who waits for a frame, whatever was asked meanwhile", async () => {
  const resume = { timeoutMs: 60_000, reopen: async () => socket.connect() };
  const camera = await Camera.open(socket.connect(), { resume, stallMs: 5 });
  const frames = camera.frames();
  await frames.next();
  socket.unplug();
  const rest = (async () => {
    for await (const _ of frames);
  })();
  rest.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await camera.close();
  await expect(rest).rejects.toMatchObject({ name: "CameraError", code: "closed" });
  socket.plug();
});

it("without the option, an unplug ends it", async () => {
  const camera = await Camera.open(socket.connect());
  const frames = camera.frames();
  await frames.next();
  socket.unplug();
  await expect(async () => {
    for await (const _ of frames);
  }).rejects.toMatchObject({ code: "closed", message: expect.stringContaining("its cable was pulled") });
  await camera.close();
  socket.plug();
});
