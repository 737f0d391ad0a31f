import type { HardwareTarget } from "../../hw-profiles/admission/target.ts";
import type { CheckedModule } from "../image/node/image-of-module.ts";
import { checkModule } from "../transport/sim/check-module.ts";

/**
 * Check a module as a board does, for an image of it. @param name of the file, for messages.
 * @throws FirmwareError: what was found, what was expected.
 */
export function checkBuiltModule(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  hardware: HardwareTarget,
  buildSha256: Uint8Array,
): CheckedModule {
  const { modes, reports } = checkModule(bytes, name, hardware);
  return { bytes, hardware, buildSha256, modes, goldenReports: reports };
}
