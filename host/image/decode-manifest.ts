import * as Image from "../../hw-profiles/interface/image.ts";
import { PROTECTED_TLVS, type TlvEntry } from "../../hw-profiles/interface/image-table.ts";
import { crc32c } from "../packet/crc32c.ts";
import type { Manifest, ProtectedTlvs } from "./manifest.ts";
import { type Refusal, refusal } from "./refusal.ts";

export type DecodedManifest =
  | { readonly manifest: Manifest; readonly refusal?: undefined }
  | { readonly manifest?: undefined; readonly refusal: Refusal };

/** Read the manifest at the start of an image; a refusal when its form is wrong. Throws for no input. */
export function decodeManifest(image: Uint8Array): DecodedManifest {
  const wrong = checkHead(image) ?? checkZeros(image) ?? checkTlvs(image);
  if (wrong !== undefined) return { refusal: wrong };
  return { manifest: { ...readHeader(viewOf(image)), ...readTlvs(image) } };
}

function viewOf(image: Uint8Array): DataView {
  return new DataView(image.buffer, image.byteOffset, Image.IMAGE_MANIFEST_BYTES);
}

function checkHead(image: Uint8Array): Refusal | undefined {
  if (image.length < Image.IMAGE_MANIFEST_BYTES) {
    const expected = `${Image.IMAGE_MANIFEST_BYTES} bytes of manifest at least`;
    return refusal(Image.REFUSED_MAGIC, `a file of ${image.length} bytes`, expected);
  }
  const view = viewOf(image);
  const magic = view.getUint32(Image.IMAGE_MAGIC_AT, true);
  if (magic !== Image.IMAGE_MAGIC) {
    return refusal(
      Image.REFUSED_MAGIC,
      `a file that starts with ${hex(magic)}`,
      `${hex(Image.IMAGE_MAGIC)}, "CQDI"`,
    );
  }
  const format = view.getUint16(Image.IMAGE_FORMAT_AT, true);
  if (format !== Image.IMAGE_FORMAT) {
    return refusal(Image.REFUSED_FORMAT, `format ${format}`, `format ${Image.IMAGE_FORMAT}`);
  }
  const stored = view.getUint32(Image.IMAGE_CRC_AT, true);
  const computed = crc32c(image, 0, Image.IMAGE_CRC_AT);
  return stored === computed
    ? undefined
    : refusal(Image.REFUSED_CRC, `CRC-32C ${hex(stored)}`, `${hex(computed)} of the header`);
}

/** Reserved bytes, and those behind the TLVs. */
function checkZeros(image: Uint8Array): Refusal | undefined {
  const at =
    firstNonZero(image, Image.IMAGE_RESERVED_AT, Image.IMAGE_CRC_AT) ??
    firstNonZero(image, Image.IMAGE_TLV_AT + Image.IMAGE_TLV_BYTES, Image.IMAGE_KEY_ID_AT);
  return at === undefined ? undefined : refusal(Image.REFUSED_RESERVED, `${image[at]} at byte ${at}`, "zero");
}

function firstNonZero(bytes: Uint8Array, from: number, end: number): number | undefined {
  for (let at = from; at < end; at++) if (bytes[at] !== 0) return at;
  return undefined;
}

/** Exactly the TLVs of the format, in their order: an image has one form alone. */
function checkTlvs(image: Uint8Array): Refusal | undefined {
  const view = viewOf(image);
  const length = view.getUint16(Image.IMAGE_TLV_LENGTH_AT, true);
  let at = Image.IMAGE_TLV_AT;
  for (const entry of PROTECTED_TLVS) {
    const type = view.getUint16(at + Image.TLV_TYPE_AT, true);
    const bytes = view.getUint16(at + Image.TLV_LENGTH_AT, true);
    if (type !== entry.type || bytes !== entry.bytes) return wrongTlv(type, bytes, at, entry);
    at += Image.TLV_HEAD_BYTES + bytes;
  }
  if (length === Image.IMAGE_TLV_BYTES) return undefined;
  return refusal(Image.REFUSED_TLV, `${length} bytes of protected TLVs`, `${Image.IMAGE_TLV_BYTES}`);
}

function wrongTlv(type: number, bytes: number, at: number, expected: TlvEntry): Refusal {
  const isKnown = PROTECTED_TLVS.some((entry) => entry.type === type);
  const found = `${isKnown ? "" : "unknown "}protected TLV ${type} of ${bytes} bytes at byte ${at}`;
  return refusal(
    Image.REFUSED_TLV,
    found,
    `TLV ${expected.type} (${expected.name}) of ${expected.bytes} bytes`,
  );
}

function readHeader(view: DataView): Omit<Manifest, keyof ProtectedTlvs> {
  const u16 = (offset: number) => view.getUint16(offset, true);
  const u32 = (offset: number) => view.getUint32(offset, true);
  return {
    version: {
      major: u16(Image.IMAGE_VERSION_MAJOR_AT),
      minor: u16(Image.IMAGE_VERSION_MINOR_AT),
      patch: u16(Image.IMAGE_VERSION_PATCH_AT),
    },
    securityCounter: u32(Image.IMAGE_SECURITY_COUNTER_AT),
    payloadLength: u32(Image.IMAGE_PAYLOAD_LENGTH_AT),
    abiVersion: u32(Image.IMAGE_ABI_AT),
    memoryPages: u16(Image.IMAGE_PAGES_AT),
    hardwareClass: u32(Image.IMAGE_HARDWARE_CLASS_AT),
    features: u32(Image.IMAGE_FEATURES_AT),
  };
}

function readTlvs(image: Uint8Array): ProtectedTlvs {
  let at = Image.IMAGE_TLV_AT;
  const take = (length: number): Uint8Array => {
    const value = image.slice(at + Image.TLV_HEAD_BYTES, at + Image.TLV_HEAD_BYTES + length);
    at += Image.TLV_HEAD_BYTES + length;
    return value;
  };
  return {
    payloadSha256: take(Image.TLV_PAYLOAD_SHA256_BYTES),
    buildId: take(Image.TLV_BUILD_ID_BYTES),
    goldenSha256: take(Image.TLV_GOLDEN_SHA256_BYTES),
  };
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, "0")}`;
}
