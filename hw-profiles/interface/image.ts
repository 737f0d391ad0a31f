// The image that is flashed: manifest, then the module. All fields little endian. docs/image.md is generated from it.
// The manifest has a fixed size, so that it fills whole program units of the flash and can be checked before an erase:
// header (64) | protected TLVs (120) | key id (8) | signature (64) | payload. Signed: everything before the key id.

/** First bytes of an image, the payload's offset; a multiple of every program unit that a board may have. */
export const IMAGE_MANIFEST_BYTES = 256;

// Header.
export const IMAGE_MAGIC_AT = 0; // u32, IMAGE_MAGIC
export const IMAGE_FORMAT_AT = 4; // u16, IMAGE_FORMAT
export const IMAGE_TLV_LENGTH_AT = 6; // u16, bytes of the TLVs in use; zeros follow up to the key id
export const IMAGE_VERSION_MAJOR_AT = 8; // u16
export const IMAGE_VERSION_MINOR_AT = 10; // u16
export const IMAGE_VERSION_PATCH_AT = 12; // u16
export const IMAGE_PAGES_AT = 14; // u16, pages of linear memory, minimum = maximum
export const IMAGE_SECURITY_COUNTER_AT = 16; // u32, must not be below the board's
export const IMAGE_PAYLOAD_LENGTH_AT = 20; // u32, bytes of the module
export const IMAGE_ABI_AT = 24; // u32, ABI_VERSION
export const IMAGE_HARDWARE_CLASS_AT = 28; // u32, HARDWARE_*
export const IMAGE_FEATURES_AT = 32; // u32, FEATURE_*
export const IMAGE_RESERVED_AT = 36; // zeros up to the CRC
export const IMAGE_CRC_AT = 60; // u32, CRC-32C of bytes 0 .. 59
export const IMAGE_HEADER_BYTES = 64;

/** "CQDI", little endian. */
export const IMAGE_MAGIC = 0x49445143;
export const IMAGE_FORMAT = 1;

// Protected TLVs: type u16, length u16, value. Each of those below once, by rising type; any other is refused.
export const IMAGE_TLV_AT = 64;
export const IMAGE_TLV_AREA_BYTES = 120;
export const TLV_TYPE_AT = 0; // u16
export const TLV_LENGTH_AT = 2; // u16, bytes of the value
export const TLV_HEAD_BYTES = 4;
/** SHA-256 of the payload. */
export const TLV_PAYLOAD_SHA256 = 1;
export const TLV_PAYLOAD_SHA256_BYTES = 32;
/** First bytes of a SHA-256 over sources and options: the same for the same build. */
export const TLV_BUILD_ID = 2;
export const TLV_BUILD_ID_BYTES = 16;
/** SHA-256 of the reports that the module makes of the golden input. */
export const TLV_GOLDEN_SHA256 = 3;
export const TLV_GOLDEN_SHA256_BYTES = 32;
// Where the values stand in format 1.
export const IMAGE_PAYLOAD_SHA256_AT = 68;
export const IMAGE_BUILD_ID_AT = 104;
export const IMAGE_GOLDEN_SHA256_AT = 124;
/** Bytes of the TLVs of format 1: three heads and their values. */
export const IMAGE_TLV_BYTES = 92;

// Signature: Ed25519 (RFC 8032) over bytes 0 .. IMAGE_SIGNED_BYTES - 1.
export const IMAGE_SIGNED_BYTES = 184;
/** First bytes of the SHA-256 of the raw public key. */
export const IMAGE_KEY_ID_AT = 184;
export const IMAGE_KEY_ID_BYTES = 8;
export const IMAGE_SIGNATURE_AT = 192;
export const IMAGE_SIGNATURE_BYTES = 64;
export const IMAGE_PUBLIC_KEY_BYTES = 32;
/** Keys that a board knows. */
export const IMAGE_KEY_SLOTS = 2;

/** Largest module. A slot of the board may be smaller. */
export const IMAGE_PAYLOAD_MAX = 262144;

/** Hardware classes: which processor runs the module. */
export const HARDWARE_VECTOR = 1; // floats of 32 and 64 bits, 128-bit vectors
export const HARDWARE_SCALAR = 2; // Cortex-M7 with a floating-point unit of both widths, no vectors
export const HARDWARE_INTEGER = 3; // no floating-point unit

// Features: what a module needs of the processor, and what it can do for the sensor.
export const FEATURE_FLOAT32 = 0x0001;
export const FEATURE_FLOAT64 = 0x0002;
export const FEATURE_SIMD = 0x0004;
export const FEATURE_SIGN_EXTENSION = 0x0008;
export const FEATURE_SATURATING_CONVERSION = 0x0010;
/** memory.copy and memory.fill */
export const FEATURE_BULK_MEMORY = 0x0020;
export const FEATURE_MULTI_VALUE = 0x0040;
/** The module makes depth of gates (MODE_LIDAR), pictures of reads (MODE_IMAGING), or both. */
export const FEATURE_LIDAR = 0x0100;
export const FEATURE_IMAGING = 0x0200;
/** Those that the opcodes of a module tell: a board must have all of them. */
export const FEATURE_OPCODES = 0x007f;
/** Those that the golden input tells: a board's sensor must have one of them. */
export const FEATURE_MODES = 0x0300;

// Refusals: why an image is not installed or not run, in the order in which they are looked for.
// By the manifest alone, before the first erase.
export const REFUSED_MAGIC = 1;
export const REFUSED_FORMAT = 2;
export const REFUSED_CRC = 3;
/** A reserved byte, or one from IMAGE_TLV_AT + IMAGE_TLV_BYTES up to the key id, is not zero. */
export const REFUSED_RESERVED = 4;
export const REFUSED_TLV = 5;
/** Empty, or more than fits the slot; on a host also: not as long as the manifest says. */
export const REFUSED_SIZE = 6;
export const REFUSED_KEY = 7;
export const REFUSED_DEVELOPMENT_KEY = 8;
export const REFUSED_SIGNATURE = 9;
export const REFUSED_HARDWARE = 10;
export const REFUSED_ABI = 11;
export const REFUSED_MEMORY = 12;
/** A feature that the board lacks or nobody knows, or none of the modes of the board's sensor. */
export const REFUSED_FEATURES = 13;
export const REFUSED_DOWNGRADE = 14;
// By the payload.
export const REFUSED_HASH = 15;
export const REFUSED_MODULE = 16;
// By the trial.
export const REFUSED_GOLDEN = 17;
export const REFUSED_TRAP = 18;
export const REFUSED_FUEL = 19;
