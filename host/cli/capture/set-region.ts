import type { RegisterPort } from "../../camera/register-port.ts";
import type { Region } from "./capture-options.ts";

/** Set the region of a device. The offsets go to 0 first, so that no step on the way lies outside of the array. */
export async function setRegion(registers: RegisterPort, region: Region): Promise<void> {
  await registers.write("OffsetX", 0);
  await registers.write("OffsetY", 0);
  await registers.write("Width", region.width);
  await registers.write("Height", region.height);
  await registers.write("OffsetX", region.offsetX);
  await registers.write("OffsetY", region.offsetY);
}
