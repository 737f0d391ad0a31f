import { compileFirmware, startFirmware } from "../../../sim/board/firmware-check.ts";

/** The checks of the board before it runs a module. @throws FirmwareError: what was found, what was expected. */
export function checkModule(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  startFirmware(compileFirmware(bytes, name), name);
}
