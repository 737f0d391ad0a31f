import { GOLDEN_FUEL } from "../../../hw-profiles/admission/golden/golden-input.ts";
import type { HardwareTarget } from "../../../hw-profiles/admission/target.ts";
import { FirmwareError } from "../../../sim/board/firmware-error.ts";
import { GoldenFailure, type GoldenRun, runGolden } from "../../../sim/board/golden-run.ts";

export { FirmwareError, GoldenFailure, type GoldenRun };

/**
 * What the board does before it runs a module, and on trial: admission, ABI version, golden input.
 * @throws FirmwareError: what was found, what was expected.
 */
export function checkModule(bytes: Uint8Array<ArrayBuffer>, name: string, target: HardwareTarget): GoldenRun {
  return runGolden(bytes, name, { target, fuel: GOLDEN_FUEL });
}
