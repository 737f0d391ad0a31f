import { afterEach, beforeEach, expect, it } from "vitest";
import { Camera } from "../../../../host/camera/camera.ts";
import type { ResumeOptions } from "../../../../host/camera/resume/resume-options.ts";
import { openHidTransport } from "../../../../host/transport/hid/open-hid.ts";
import { openSession } from "../../../../host/transport/session/open-session.ts";
import { BoardSocket } from "../../../../host/transport/sim/board-socket.ts";
import { socketHid } from "./socket-hid.ts";

const SERIAL = "SIM-1";
const LOOK_MS = 10;

let socket: BoardSocket;
beforeEach(async () => {
  const world = { profile: "inas-lidar-64x48", scene: "wall:range=3", raysPerSide: 2, threads: 0 } as const;
  socket = await BoardSocket.open(world);
});
afterEach(() => socket.close());

function openCamera(resume?: Omit<ResumeOptions, "reopen">): Promise<Camera> {
  const module = socketHid(socket, SERIAL);
  const openTransport = async () => openSession(await openHidTransport(SERIAL, { module }));
  return Camera.open(`hid:${SERIAL}`, { openTransport, resume });
}

const look = () => new Promise<void>((resolve) => setTimeout(resolve, LOOK_MS));

it("unplugged at any of a row of reports and plugged in later, frames go on whole", async () => {
  for (const pullAt of [1, 17, 30, 31, 58, 75]) {
    const camera = await openCamera({ timeoutMs: 60_000, nextLook: look });
    let reports = 0;
    camera.onReport(() => {
      if (++reports !== pullAt) return;
      socket.unplug();
      setTimeout(() => socket.plug(), 5 * LOOK_MS);
    });
    let frames = 0;
    for await (const frame of camera.frames({ count: 3 })) {
      expect(frame.integrity.complete).toBe(true);
      frames++;
    }
    expect(frames).toBe(3);
    expect(camera.statistics()).toMatchObject({ resumes: 1, lostReports: 0 });
    await camera.close();
  }
});

it("a board that stays away is named, with what was looked for", async () => {
  const camera = await openCamera({ timeoutMs: 40, nextLook: look });
  await camera.start();
  socket.unplug();
  await expect(async () => {
    for await (const _ of camera.frames());
  }).rejects.toMatchObject({
    code: "closed",
    message: expect.stringContaining("found none among the boards, expected the board plugged in"),
  });
  await camera.close();
});

it("another program has it when it is back: that is waited for, too, and said in the end", async () => {
  let takeIt: () => void = () => undefined;
  const isTaken = new Promise<void>((resolve) => {
    takeIt = resolve;
  });
  const camera = await openCamera({ timeoutMs: 300, nextLook: () => isTaken });
  await camera.start();
  socket.unplug();
  socket.plug();
  const module = socketHid(socket, SERIAL);
  const other = await openSession(await openHidTransport(SERIAL, { module }), { keepAliveMs: 20 });
  takeIt();
  await expect(async () => {
    for await (const _ of camera.frames());
  }).rejects.toThrow(/did not come back within 0.3 s \(.*in use by another program/);
  await camera.close();
  await other.close();
});
