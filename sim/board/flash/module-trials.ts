import { createHash } from "node:crypto";
import { admit } from "../../../hw-profiles/admission/admit.ts";
import { GOLDEN_FUEL } from "../../../hw-profiles/admission/golden/golden-input.ts";
import type { HardwareTarget } from "../../../hw-profiles/admission/target.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import type { ModuleTrials, SlotImage } from "../../boot/boot-loader.ts";
import { FirmwareError } from "../firmware-error.ts";
import { GoldenFailure, runGolden } from "../golden-run.ts";

/** What this board's processor does with a module before it trusts it. */
export class BoardTrials implements ModuleTrials {
  private readonly target: HardwareTarget;

  constructor(target: HardwareTarget) {
    this.target = target;
  }

  /** The checker, and whether the manifest tells the module's features right. */
  admit({ manifest, payload }: SlotImage): number {
    const { features, findings } = admit(payload, this.target);
    const said = viewOf(manifest).getUint32(Image.IMAGE_FEATURES_AT, true) & Image.FEATURE_OPCODES;
    return findings.length === 0 && said === features ? 0 : Image.REFUSED_MODULE;
  }

  /** The golden input with fuel: its reports must be those of the manifest. */
  trial({ manifest, payload, slot }: SlotImage): number {
    try {
      const { reports } = runGolden(payload, `slot ${slot}`, { target: this.target, fuel: GOLDEN_FUEL });
      const digest = createHash("sha256").update(reports).digest();
      const expected = manifest.subarray(
        Image.IMAGE_GOLDEN_SHA256_AT,
        Image.IMAGE_GOLDEN_SHA256_AT + Image.TLV_GOLDEN_SHA256_BYTES,
      );
      return digest.equals(expected) ? 0 : Image.REFUSED_GOLDEN;
    } catch (error) {
      return refusalOf(error);
    }
  }
}

function refusalOf(error: unknown): number {
  if (!(error instanceof FirmwareError)) throw error;
  if (!(error instanceof GoldenFailure)) return Image.REFUSED_MODULE;
  if (error.kind === "fuel") return Image.REFUSED_FUEL;
  return error.kind === "trap" ? Image.REFUSED_TRAP : Image.REFUSED_GOLDEN;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
