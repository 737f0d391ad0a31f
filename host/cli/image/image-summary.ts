import { featureNames, hardwareName } from "../../image/code-text.ts";
import { isDevelopmentKey } from "../../image/image-key.ts";
import { hexText, type Manifest, signatureOf, versionText } from "../../image/manifest.ts";

/** An image in words: what `cqd image info --json` prints. Digests and ids in hexadecimal. */
export interface ImageSummary {
  readonly file: string;
  readonly bytes: number;
  readonly version: string;
  readonly securityCounter: number;
  readonly payloadBytes: number;
  readonly abiVersion: number;
  readonly memoryPages: number;
  readonly hardwareClass: string;
  readonly features: readonly string[];
  readonly payloadSha256: string;
  readonly buildId: string;
  readonly goldenSha256: string;
  readonly keyId: string;
  readonly isDevelopmentKey: boolean;
}

export function summarise(file: string, image: Uint8Array, manifest: Manifest): ImageSummary {
  const { keyId } = signatureOf(image);
  return {
    file,
    bytes: image.length,
    version: versionText(manifest.version),
    securityCounter: manifest.securityCounter,
    payloadBytes: manifest.payloadLength,
    abiVersion: manifest.abiVersion,
    memoryPages: manifest.memoryPages,
    hardwareClass: hardwareName(manifest.hardwareClass),
    features: featureNames(manifest.features),
    payloadSha256: hexText(manifest.payloadSha256),
    buildId: hexText(manifest.buildId),
    goldenSha256: hexText(manifest.goldenSha256),
    keyId: hexText(keyId),
    isDevelopmentKey: isDevelopmentKey(keyId),
  };
}
