// Manifests that must be refused before anything is erased, and why.

import { crc32c } from "../../../host/packet/crc32c.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import { BOARD_KEY, FOREIGN_KEY, signManifest, type TestImage } from "./images.ts";

export interface HostileImage {
  readonly name: string;
  readonly manifest: Uint8Array;
  /** REFUSED_* */
  readonly refused: number;
}

type Change = (view: DataView) => void;

/** A manifest changed and signed again: only what it says is wrong. */
function resigned(image: TestImage, change: Change, key = BOARD_KEY): Uint8Array {
  const manifest = image.bytes.slice(0, Image.IMAGE_MANIFEST_BYTES);
  const view = new DataView(manifest.buffer);
  change(view);
  view.setUint32(Image.IMAGE_CRC_AT, crc32c(manifest, 0, Image.IMAGE_CRC_AT), true);
  signManifest(manifest, key);
  return manifest;
}

/** A manifest with a bit flipped after it was signed. */
function flipped(image: TestImage, at: number): Uint8Array {
  const manifest = image.bytes.slice(0, Image.IMAGE_MANIFEST_BYTES);
  manifest[at]! ^= 1;
  return manifest;
}

/** @param images those of the campaign; the last is acceptable as it is, the first below the floor. */
export function hostileImages(images: readonly TestImage[]): readonly HostileImage[] {
  const good = images.at(-1)!;
  const changed = (name: string, refused: number, change: Change) => ({
    name,
    refused,
    manifest: resigned(good, change),
  });
  const u32 =
    (at: number, value: number): Change =>
    (view) =>
      view.setUint32(at, value, true);
  return [
    {
      name: "older image",
      refused: Image.REFUSED_DOWNGRADE,
      manifest: resigned(images[0]!, () => undefined),
    },
    {
      name: "foreign key",
      refused: Image.REFUSED_KEY,
      manifest: resigned(good, () => undefined, FOREIGN_KEY),
    },
    {
      name: "signature",
      refused: Image.REFUSED_SIGNATURE,
      manifest: flipped(good, Image.IMAGE_SIGNATURE_AT),
    },
    { name: "signed digest", refused: Image.REFUSED_SIGNATURE, manifest: flipped(good, 70) },
    { name: "header bit", refused: Image.REFUSED_CRC, manifest: flipped(good, Image.IMAGE_VERSION_PATCH_AT) },
    changed("magic", Image.REFUSED_MAGIC, u32(Image.IMAGE_MAGIC_AT, 0)),
    changed("format", Image.REFUSED_FORMAT, (view) => view.setUint16(Image.IMAGE_FORMAT_AT, 2, true)),
    changed("reserved", Image.REFUSED_RESERVED, u32(Image.IMAGE_RESERVED_AT, 1)),
    changed("unknown TLV", Image.REFUSED_TLV, (view) => view.setUint16(Image.IMAGE_TLV_AT, 99, true)),
    changed("empty", Image.REFUSED_SIZE, u32(Image.IMAGE_PAYLOAD_LENGTH_AT, 0)),
    changed("too large", Image.REFUSED_SIZE, u32(Image.IMAGE_PAYLOAD_LENGTH_AT, 0x7fffffff)),
    changed("hardware", Image.REFUSED_HARDWARE, u32(Image.IMAGE_HARDWARE_CLASS_AT, Image.HARDWARE_VECTOR)),
    changed("ABI", Image.REFUSED_ABI, u32(Image.IMAGE_ABI_AT, 2)),
    changed("memory", Image.REFUSED_MEMORY, (view) => view.setUint16(Image.IMAGE_PAGES_AT, 4, true)),
    changed("features", Image.REFUSED_FEATURES, u32(Image.IMAGE_FEATURES_AT, Image.FEATURE_SIMD)),
  ];
}
