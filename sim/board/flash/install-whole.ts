import { BOOT_DATA_BYTES } from "../../../hw-profiles/interface/flash.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import type { BootLoader } from "../../boot/boot-loader.ts";

/** Install an image without a host between, as in the factory. @returns 0, or the boot loader's code. */
export function installWhole(loader: BootLoader, image: Uint8Array): number {
  let code = loader.begin(image.subarray(0, IMAGE_MANIFEST_BYTES));
  while (code === 0) {
    const { install } = loader.status;
    if (install === undefined || install.progress === install.sectors) break;
    const end = Math.min(install.nextEnd, install.nextOffset + BOOT_DATA_BYTES);
    code = loader.write(install.nextOffset, image.subarray(install.nextOffset, end));
  }
  return code === 0 ? loader.finish() : code;
}
