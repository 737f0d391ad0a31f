// May this image be installed, and may it run? One order of checks for every path.
import {
  FEATURE_MODES,
  IMAGE_ABI_AT,
  IMAGE_CRC_AT,
  IMAGE_FEATURES_AT,
  IMAGE_FORMAT,
  IMAGE_FORMAT_AT,
  IMAGE_HARDWARE_CLASS_AT,
  IMAGE_KEY_ID_AT,
  IMAGE_MAGIC,
  IMAGE_MAGIC_AT,
  IMAGE_MANIFEST_BYTES,
  IMAGE_PAGES_AT,
  IMAGE_PAYLOAD_LENGTH_AT,
  IMAGE_PAYLOAD_MAX,
  IMAGE_RESERVED_AT,
  IMAGE_SECURITY_COUNTER_AT,
  IMAGE_SIGNATURE_AT,
  IMAGE_SIGNED_BYTES,
  IMAGE_TLV_AT,
  IMAGE_TLV_BYTES,
  IMAGE_TLV_LENGTH_AT,
  REFUSED_ABI,
  REFUSED_CRC,
  REFUSED_DOWNGRADE,
  REFUSED_FEATURES,
  REFUSED_FORMAT,
  REFUSED_HARDWARE,
  REFUSED_HASH,
  REFUSED_MAGIC,
  REFUSED_MEMORY,
  REFUSED_RESERVED,
  REFUSED_SIZE,
  REFUSED_TLV,
  TLV_BUILD_ID,
  TLV_BUILD_ID_BYTES,
  TLV_GOLDEN_SHA256,
  TLV_GOLDEN_SHA256_BYTES,
  TLV_HEAD_BYTES,
  TLV_LENGTH_AT,
  TLV_PAYLOAD_SHA256,
  TLV_PAYLOAD_SHA256_BYTES,
  TLV_TYPE_AT,
} from "../../hw-profiles/interface/image.ts";
import { allBytes, crc32c, equalBytes } from "./bytes.ts";
import * as crypto from "./crypto.ts";
import * as flash from "./flash.ts";
import { slotAddress, slotBytes } from "./geometry.ts";
import { hashFlash } from "./storage.ts";
import { board, DIGEST, record } from "./views.ts";

/** Manifest of the slot that was looked at last. */
export const SLOT_MANIFEST: usize = memory.data(IMAGE_MANIFEST_BYTES, 8);

export function payloadLength(manifest: usize): u32 {
  return load<u32>(manifest + IMAGE_PAYLOAD_LENGTH_AT);
}

export function securityCounter(manifest: usize): u32 {
  return load<u32>(manifest + IMAGE_SECURITY_COUNTER_AT);
}

function isTlv(at: usize, type: u32, length: u32): bool {
  return load<u16>(at + TLV_TYPE_AT) === type && load<u16>(at + TLV_LENGTH_AT) === length;
}

/** The three of format 1, in order, and nothing else: an unknown one would say something that is not understood here. */
function refuseTlvs(manifest: usize): u32 {
  if (load<u16>(manifest + IMAGE_TLV_LENGTH_AT) !== IMAGE_TLV_BYTES) return REFUSED_TLV;
  const build: usize = TLV_HEAD_BYTES + TLV_PAYLOAD_SHA256_BYTES;
  const golden: usize = build + TLV_HEAD_BYTES + TLV_BUILD_ID_BYTES;
  const first = manifest + IMAGE_TLV_AT;
  if (!isTlv(first, TLV_PAYLOAD_SHA256, TLV_PAYLOAD_SHA256_BYTES)) return REFUSED_TLV;
  if (!isTlv(first + build, TLV_BUILD_ID, TLV_BUILD_ID_BYTES)) return REFUSED_TLV;
  return isTlv(first + golden, TLV_GOLDEN_SHA256, TLV_GOLDEN_SHA256_BYTES) ? 0 : REFUSED_TLV;
}

function refuseHeader(manifest: usize): u32 {
  if (load<u32>(manifest + IMAGE_MAGIC_AT) !== IMAGE_MAGIC) return REFUSED_MAGIC;
  if (load<u16>(manifest + IMAGE_FORMAT_AT) !== IMAGE_FORMAT) return REFUSED_FORMAT;
  if (load<u32>(manifest + IMAGE_CRC_AT) !== crc32c(manifest, IMAGE_CRC_AT)) return REFUSED_CRC;
  if (!allBytes(manifest + IMAGE_RESERVED_AT, IMAGE_CRC_AT - IMAGE_RESERVED_AT, 0)) return REFUSED_RESERVED;
  const rest: usize = IMAGE_TLV_AT + IMAGE_TLV_BYTES;
  return allBytes(manifest + rest, usize(IMAGE_KEY_ID_AT) - rest, 0) ? 0 : REFUSED_RESERVED;
}

function refuseSize(manifest: usize): u32 {
  const room = min<u32>(slotBytes(0) - IMAGE_MANIFEST_BYTES, IMAGE_PAYLOAD_MAX);
  return payloadLength(manifest) - 1 < room ? 0 : REFUSED_SIZE;
}

/** Every feature but the modes of the sensor, of which one is enough. */
function refuseFeatures(features: u32): u32 {
  if ((features & ~board.features & ~FEATURE_MODES) !== 0) return REFUSED_FEATURES;
  return (features & board.features & FEATURE_MODES) !== 0 ? 0 : REFUSED_FEATURES;
}

/** Does the module fit the processor? */
function refuseBoard(manifest: usize): u32 {
  if (load<u32>(manifest + IMAGE_HARDWARE_CLASS_AT) !== board.hardware) return REFUSED_HARDWARE;
  if (load<u32>(manifest + IMAGE_ABI_AT) !== board.abi) return REFUSED_ABI;
  if (load<u16>(manifest + IMAGE_PAGES_AT) !== board.pages) return REFUSED_MEMORY;
  return refuseFeatures(load<u32>(manifest + IMAGE_FEATURES_AT));
}

/** All that the manifest alone tells. @returns 0 or REFUSED_*. */
export function refuseManifest(manifest: usize): u32 {
  const header = refuseHeader(manifest);
  if (header !== 0) return header;
  const tlvs = refuseTlvs(manifest);
  if (tlvs !== 0) return tlvs;
  const size = refuseSize(manifest);
  if (size !== 0) return size;
  const key = manifest + IMAGE_KEY_ID_AT;
  const signature = crypto.verify(key, manifest, IMAGE_SIGNED_BYTES, manifest + IMAGE_SIGNATURE_AT);
  if (signature !== 0) return signature;
  const unfit = refuseBoard(manifest);
  if (unfit !== 0) return unfit;
  return securityCounter(manifest) < record.floor ? REFUSED_DOWNGRADE : 0;
}

/** Is the payload in a slot the one that the manifest signs? */
export function refusePayload(slot: u32, manifest: usize): u32 {
  hashFlash(slotAddress(slot) + IMAGE_MANIFEST_BYTES, payloadLength(manifest), DIGEST);
  const signed = manifest + IMAGE_TLV_AT + TLV_HEAD_BYTES;
  return equalBytes(DIGEST, signed, TLV_PAYLOAD_SHA256_BYTES) ? 0 : REFUSED_HASH;
}

/** The image in a slot, whole; its manifest is in SLOT_MANIFEST afterwards. @returns 0 or REFUSED_*. */
export function refuseSlot(slot: u32): u32 {
  flash.read(slotAddress(slot), SLOT_MANIFEST, IMAGE_MANIFEST_BYTES);
  const manifest = refuseManifest(SLOT_MANIFEST);
  return manifest !== 0 ? manifest : refusePayload(slot, SLOT_MANIFEST);
}
