import { Camera } from "../../host/camera/camera.ts";
import { openTransport } from "../../host/transport/open-transport.ts";
import { REGISTERS } from "../../hw-profiles/interface/register-table.ts";
import type { Reference } from "./bench.ts";
import { hashFrame } from "./frame-hash.ts";

/** The world before every simulated board of these tests. Something moves: a frame at the wrong time is another frame. */
export const WORLD = { profile: "inas-lidar-64x48", scene: "room", seed: 5, threads: 0 } as const;

/** Frames that a whole run of the checks may come to, on one board. */
export const REFERENCE_FRAMES = 600;

/** Every register that can be read, by name; a real board has none of the simulated world. */
export async function readRegisters(camera: Camera, isSimulated: boolean): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { access, name, simulated } of REGISTERS)
    if (access !== "wo" && (isSimulated || !simulated))
      values[name] = JSON.stringify(await camera.registers.read(name));
  return values;
}

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
