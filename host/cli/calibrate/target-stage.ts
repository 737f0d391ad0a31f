import { createInterface } from "node:readline/promises";
import type { OpenedCamera } from "../../open-camera.ts";
import { usageError } from "../command-error.ts";
import { type DeviceOptions, openDevice } from "../device/device-options.ts";

/** Puts the target at a distance and hands out the camera that looks at it. */
export interface TargetStage {
  at(distanceM: number): Promise<OpenedCamera>;
  close(): Promise<void>;
}

/** Reflectance of the simulated target. */
const REFLECTANCE = 0.5;

export function openStage(options: DeviceOptions, asks: boolean): TargetStage {
  return options.device.startsWith("sim") ? simulatedStage(options) : realStage(options, asks);
}

/** A wall of the simulation. Every capture has noise of its own: the noise of a frame follows from seed and number. */
function simulatedStage(options: DeviceOptions): TargetStage {
  let captures = 0;
  let present: OpenedCamera | undefined;
  const close = async () => {
    await present?.camera.close();
    present = undefined;
  };
  return {
    async at(distanceM) {
      await close();
      const scene = `wall:range=${distanceM},rho=${REFLECTANCE}`;
      present = await openDevice({ ...options, scene, seed: options.seed + captures++ }, false);
      return present;
    },
    close,
  };
}

/** Somebody moves the target, or has it moved. */
function realStage(options: DeviceOptions, asks: boolean): TargetStage {
  if (asks && !process.stdin.isTTY)
    throw usageError(
      "found no terminal to ask for the target on; expected one, or --no-prompt where something else moves the target",
    );
  let opened: OpenedCamera | undefined;
  return {
    async at(distanceM) {
      opened ??= await openDevice(options, false);
      if (asks) await ask(`Place a flat target across the axis at ${distanceM} m, then press Enter. `);
      return opened;
    },
    async close() {
      await opened?.camera.close();
    },
  };
}

async function ask(question: string): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    await terminal.question(question);
  } finally {
    terminal.close();
  }
}
