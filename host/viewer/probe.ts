import { PROBE_OFF } from "../../hw-profiles/interface/registers.ts";
import type { Camera } from "../camera/camera.ts";

/** Tells the device which pixel's gate samples every frame is to carry. Only the last wish counts. */
export async function setProbe(camera: Camera, pixel: number | undefined, width: number): Promise<void> {
  const x = pixel === undefined ? PROBE_OFF : pixel % width;
  const y = pixel === undefined ? PROBE_OFF : Math.floor(pixel / width);
  await camera.registers.write("ProbeX", x);
  await camera.registers.write("ProbeY", y);
}
