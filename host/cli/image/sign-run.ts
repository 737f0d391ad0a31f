import { readFile } from "node:fs/promises";
import { startsAsModule } from "../../../hw-profiles/admission/read-module.ts";
import { decodeManifest } from "../../image/decode-manifest.ts";
import { ImageError } from "../../image/image-error.ts";
import { hexText, type Manifest, payloadOf, sameBytes } from "../../image/manifest.ts";
import { manifestOf, type Release } from "../../image/node/image-of-module.ts";
import { type SigningKey, sha256 } from "../../image/node/keys.ts";
import { makeImage } from "../../image/node/sign-image.ts";
import { refusalText } from "../../image/refusal.ts";
import { checkBuiltModule } from "../../logic/check-built-module.ts";
import { hardwareOf, type LogicTarget } from "../../logic/logic-options.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import { type ImageSummary, summarise } from "./image-summary.ts";
import { signingKeyOf } from "./key-files.ts";
import type { ReleaseOptions } from "./release-options.ts";

export interface SignOptions extends ReleaseOptions {
  readonly out?: string;
  readonly target: LogicTarget;
  readonly json?: true;
}

const FIRST_RELEASE: Release = { version: { major: 0, minor: 0, patch: 0 }, securityCounter: 0 };

/** Sign an image anew, or make one of a module. @throws ImageError, FirmwareError. */
export async function signFile(file: string, options: SignOptions): Promise<ImageSummary> {
  const content = new Uint8Array(await readFile(file));
  const key = await signingKeyOf(options.key);
  const isModule = startsAsModule(content);
  const manifest = isModule ? manifestOfModule(content, file, options) : manifestOfImage(content, file);
  const payload = isModule ? content : payloadOf(content);
  const out = options.out ?? (isModule ? file.replace(/(\.wasm)?$/, ".cqdi") : file);
  return await writeImage(out, withRelease(manifest, options), payload, key);
}

/** Make a signed image and write it. */
export async function writeImage(
  out: string,
  manifest: Manifest,
  payload: Uint8Array,
  key: SigningKey,
): Promise<ImageSummary> {
  const image = makeImage(manifest, payload, key);
  await writeFileAtomically(out, image);
  return summarise(out, image, manifest);
}

/** The release that the options name; what they leave open is the first. */
export function releaseOf({ securityCounter, version }: ReleaseOptions): Release {
  return {
    version: version ?? FIRST_RELEASE.version,
    securityCounter: securityCounter ?? FIRST_RELEASE.securityCounter,
  };
}

function withRelease(manifest: Manifest, { securityCounter, version }: ReleaseOptions): Manifest {
  return {
    ...manifest,
    version: version ?? manifest.version,
    securityCounter: securityCounter ?? manifest.securityCounter,
  };
}

function manifestOfModule(bytes: Uint8Array<ArrayBuffer>, file: string, options: SignOptions): Manifest {
  const checked = checkBuiltModule(bytes, file, hardwareOf(options.target), sha256(bytes));
  return manifestOf(checked, releaseOf(options));
}

/** What was signed before may have been signed by anyone; what is signed now must be whole. */
function manifestOfImage(image: Uint8Array, file: string): Manifest {
  const { manifest, refusal } = decodeManifest(image);
  if (refusal !== undefined) throw new ImageError(`${file}: ${refusalText(refusal)}`);
  const digest = sha256(payloadOf(image));
  if (sameBytes(digest, manifest.payloadSha256)) return manifest;
  throw new ImageError(
    `${file}: found a payload with SHA-256 ${hexText(digest)}, expected ${hexText(manifest.payloadSha256)} of its manifest; ` +
      "build it again before you sign it",
  );
}
