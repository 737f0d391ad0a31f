// Fields, features and refusals of the flashed image in words. docs/image.md is generated from these tables.

import * as Image from "./image.ts";

export interface ImageField {
  readonly name: string;
  readonly offset: number;
  readonly type: "u16" | "u32" | "bytes";
  readonly bytes: number;
  readonly doc: string;
}

function u16(name: string, offset: number, doc: string): ImageField {
  return { name, offset, type: "u16", bytes: 2, doc };
}

function u32(name: string, offset: number, doc: string): ImageField {
  return { name, offset, type: "u32", bytes: 4, doc };
}

function bytes(name: string, offset: number, end: number, doc: string): ImageField {
  return { name, offset, type: "bytes", bytes: end - offset, doc };
}

/** The manifest, without a gap. */
export const MANIFEST_FIELDS: readonly ImageField[] = [
  u32("magic", Image.IMAGE_MAGIC_AT, '"CQDI".'),
  u16("format", Image.IMAGE_FORMAT_AT, `${Image.IMAGE_FORMAT}.`),
  u16("tlvLength", Image.IMAGE_TLV_LENGTH_AT, "Bytes of the protected TLVs in use."),
  u16("versionMajor", Image.IMAGE_VERSION_MAJOR_AT, "For people; decides nothing."),
  u16("versionMinor", Image.IMAGE_VERSION_MINOR_AT, ""),
  u16("versionPatch", Image.IMAGE_VERSION_PATCH_AT, ""),
  u16("memoryPages", Image.IMAGE_PAGES_AT, "Linear memory, pages of 64 KiB; minimum = maximum."),
  u32("securityCounter", Image.IMAGE_SECURITY_COUNTER_AT, "Not below the board's, which rises on confirm."),
  u32(
    "payloadLength",
    Image.IMAGE_PAYLOAD_LENGTH_AT,
    `Bytes of the module, 1 to ${Image.IMAGE_PAYLOAD_MAX}.`,
  ),
  u32("abiVersion", Image.IMAGE_ABI_AT, "ABI_VERSION of the contract that the module was built for."),
  u32("hardwareClass", Image.IMAGE_HARDWARE_CLASS_AT, "See hardware classes."),
  u32("features", Image.IMAGE_FEATURES_AT, "See features: exactly what the checker finds in the module."),
  bytes("reserved", Image.IMAGE_RESERVED_AT, Image.IMAGE_CRC_AT, "Zeros."),
  u32("crc", Image.IMAGE_CRC_AT, `CRC-32C of bytes 0 to ${Image.IMAGE_CRC_AT - 1}.`),
  bytes(
    "tlvs",
    Image.IMAGE_TLV_AT,
    Image.IMAGE_TLV_AT + Image.IMAGE_TLV_AREA_BYTES,
    "Protected TLVs, then zeros.",
  ),
  bytes(
    "keyId",
    Image.IMAGE_KEY_ID_AT,
    Image.IMAGE_KEY_ID_AT + Image.IMAGE_KEY_ID_BYTES,
    "First bytes of the SHA-256 of the raw public key.",
  ),
  bytes(
    "signature",
    Image.IMAGE_SIGNATURE_AT,
    Image.IMAGE_MANIFEST_BYTES,
    `Ed25519 (RFC 8032) over bytes 0 to ${Image.IMAGE_SIGNED_BYTES - 1}.`,
  ),
];

export interface TlvEntry {
  readonly type: number;
  readonly name: "payloadSha256" | "buildId" | "goldenSha256";
  readonly bytes: number;
  readonly doc: string;
}

/** Protected TLVs of format 1, in the order of the image; each is there once. */
export const PROTECTED_TLVS: readonly TlvEntry[] = [
  {
    type: Image.TLV_PAYLOAD_SHA256,
    name: "payloadSha256",
    bytes: Image.TLV_PAYLOAD_SHA256_BYTES,
    doc: "SHA-256 of the payload.",
  },
  {
    type: Image.TLV_BUILD_ID,
    name: "buildId",
    bytes: Image.TLV_BUILD_ID_BYTES,
    doc: "First bytes of a SHA-256 over sources, compiler and options: the same for the same build.",
  },
  {
    type: Image.TLV_GOLDEN_SHA256,
    name: "goldenSha256",
    bytes: Image.TLV_GOLDEN_SHA256_BYTES,
    doc: "SHA-256 of the reports that the module makes of the golden input.",
  },
];

export interface NamedCode {
  readonly code: number;
  readonly name: string;
  readonly doc: string;
}

export const HARDWARE_CLASSES: readonly NamedCode[] = [
  {
    code: Image.HARDWARE_VECTOR,
    name: "vector",
    doc: "Floats of both widths and 128-bit vectors; the simulated board.",
  },
  { code: Image.HARDWARE_SCALAR, name: "scalar", doc: "Floats of both widths, no vectors; Cortex-M7." },
  { code: Image.HARDWARE_INTEGER, name: "integer", doc: "No floating-point unit." },
];

export const FEATURES: readonly NamedCode[] = [
  { code: Image.FEATURE_FLOAT32, name: "float32", doc: "32-bit floats." },
  { code: Image.FEATURE_FLOAT64, name: "float64", doc: "64-bit floats." },
  { code: Image.FEATURE_SIMD, name: "simd", doc: "128-bit vectors." },
  { code: Image.FEATURE_SIGN_EXTENSION, name: "sign-extension", doc: "`i32.extend8_s` and its kin." },
  {
    code: Image.FEATURE_SATURATING_CONVERSION,
    name: "saturating-conversion",
    doc: "`i32.trunc_sat_f32_s` and its kin.",
  },
  {
    code: Image.FEATURE_BULK_MEMORY,
    name: "bulk-memory",
    doc: "`memory.copy`, `memory.fill` and their kin.",
  },
  { code: Image.FEATURE_MULTI_VALUE, name: "multi-value", doc: "Functions or blocks with several results." },
  {
    code: Image.FEATURE_LIDAR,
    name: "lidar",
    doc: "Makes depth of gates: accepts the golden input of a LiDAR.",
  },
  {
    code: Image.FEATURE_IMAGING,
    name: "imaging",
    doc: "Makes pictures of reads: accepts that of an imager.",
  },
];
