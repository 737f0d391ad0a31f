import { Camera } from "../../host/camera/camera.ts";
import { openTransport } from "../../host/transport/open-transport.ts";
import type { Reference } from "./bench.ts";
import { hashFrame } from "./frame-hash.ts";
import { readRegisters } from "./read-registers.ts";

/** The world before every simulated board of these tests. Something moves: a frame at the wrong time is another frame. */
export const WORLD = { profile: "inas-lidar-64x48", scene: "room", seed: 5, threads: 0 } as const;

/** Frames that a whole run of the checks may come to, on one board. */
export const REFERENCE_FRAMES = 500;

/** The run in process that every other way of reaching the board is compared with. */
export async function referenceRun(frames: number = REFERENCE_FRAMES): Promise<Reference> {
  const camera = await Camera.open(await openTransport("sim", WORLD));
  try {
    const registers = await readRegisters(camera, true);
    const hashes: string[] = [];
    for await (const frame of camera.frames({ count: frames })) hashes.push(hashFrame(frame));
    return { frames: hashes, registers };
  } finally {
    await camera.close();
  }
}
