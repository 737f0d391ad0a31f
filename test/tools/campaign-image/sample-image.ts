import type { Manifest } from "../../../host/image/manifest.ts";
import { manifestOf } from "../../../host/image/node/image-of-module.ts";
import { developmentSigningKey, type SigningKey, sha256 } from "../../../host/image/node/keys.ts";
import { makeImage } from "../../../host/image/node/sign-image.ts";
import { checkBuiltModule } from "../../../host/logic/check-built-module.ts";
import { VECTOR_TARGET } from "../../../hw-profiles/admission/target.ts";

export const SAMPLE_RELEASE = { version: { major: 1, minor: 2, patch: 3 }, securityCounter: 5 };

/** Manifest of a module for the simulated board. */
export function sampleManifest(module: Uint8Array<ArrayBuffer>): Manifest {
  const checked = checkBuiltModule(module, "sample", VECTOR_TARGET, sha256(module));
  return manifestOf(checked, SAMPLE_RELEASE);
}

/** Signed image of a module for the simulated board. */
export function sampleImage(
  module: Uint8Array<ArrayBuffer>,
  key: SigningKey = developmentSigningKey(),
): Uint8Array<ArrayBuffer> {
  return makeImage(sampleManifest(module), module, key);
}
