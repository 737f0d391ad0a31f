import { admit } from "../../../hw-profiles/admission/admit.ts";
import { findingText } from "../../../hw-profiles/admission/finding.ts";
import type { HardwareTarget } from "../../../hw-profiles/admission/target.ts";
import { ABI_VERSION } from "../../../hw-profiles/interface/abi.ts";
import { TLV_BUILD_ID_BYTES } from "../../../hw-profiles/interface/image.ts";
import { ImageError } from "../image-error.ts";
import type { ImageVersion, Manifest } from "../manifest.ts";
import { sha256 } from "./keys.ts";

export interface Release {
  readonly version: ImageVersion;
  readonly securityCounter: number;
}

/** A module and what is known of it. */
export interface CheckedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hardware: HardwareTarget;
  /** SHA-256 of what it was built of. */
  readonly buildSha256: Uint8Array;
  /** FEATURE_LIDAR and FEATURE_IMAGING. */
  readonly modes: number;
  /** Its reports of the golden input. */
  readonly goldenReports: Uint8Array;
}

/** The manifest of a module. @throws ImageError when the hardware does not admit it. */
export function manifestOf(module: CheckedModule, { securityCounter, version }: Release): Manifest {
  const { bytes, buildSha256, goldenReports, hardware, modes } = module;
  const { features, findings } = admit(bytes, hardware);
  const [finding] = findings;
  if (finding !== undefined) throw new ImageError(`the module: ${findingText(finding)}`);
  return {
    version,
    securityCounter,
    payloadLength: bytes.length,
    abiVersion: ABI_VERSION,
    memoryPages: hardware.pages,
    hardwareClass: hardware.hardwareClass,
    features: features | modes,
    payloadSha256: sha256(bytes),
    buildId: buildSha256.subarray(0, TLV_BUILD_ID_BYTES),
    goldenSha256: sha256(goldenReports),
  };
}
