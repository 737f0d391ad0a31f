import { createInterface } from "node:readline/promises";
import type { Camera } from "../../camera/camera.ts";
import { usageError } from "../command-error.ts";

/** Switches the light in front of a camera. */
export type Lamp = (isOn: boolean) => Promise<void>;

/** SimLight counts millionths of the scene's light. */
const FULL_LIGHT = 1_000_000;

/** A simulated board's light has a register; in front of a real camera the user switches it. */
export function lampOf({ registers }: Camera, device: string): Lamp {
  if (device.startsWith("sim")) return (isOn) => registers.write("SimLight", isOn ? FULL_LIGHT : 0);
  return askUser;
}

async function askUser(isOn: boolean): Promise<void> {
  if (!process.stdin.isTTY)
    throw usageError(
      "found no terminal to ask for the light to be switched; run emva captures of a real camera on one",
    );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    await terminal.question(`Switch the light ${isOn ? "on" : "off"}, then press Enter: `);
  } finally {
    terminal.close();
  }
}
