import type { Camera } from "../../camera/camera.ts";
import { CameraError } from "../../camera/camera-error.ts";

/** What `work` fails with, as a text for people; undefined: it does not. */
export async function problemOf(work: Promise<void>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A register's value, or undefined when this device has none of that name. */
export async function readIfThere(camera: Camera, register: string): Promise<number | undefined> {
  try {
    return await camera.registers.readNumber(register);
  } catch (error) {
    if (error instanceof CameraError && error.code === "status") return undefined;
    throw error;
  }
}
