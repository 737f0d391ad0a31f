import * as Image from "../../hw-profiles/interface/image.ts";
import { PROTECTED_TLVS } from "../../hw-profiles/interface/image-table.ts";
import { crc32c } from "../packet/crc32c.ts";
import type { Manifest } from "./manifest.ts";

/** Manifest of an image without its signature: IMAGE_MANIFEST_BYTES, zeros where key id and signature go. */
export function encodeManifest(manifest: Manifest): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Image.IMAGE_MANIFEST_BYTES);
  writeHeader(new DataView(bytes.buffer), manifest);
  writeTlvs(bytes, manifest);
  return bytes;
}

function writeHeader(view: DataView, manifest: Manifest): void {
  const u16 = (offset: number, value: number) => view.setUint16(offset, value, true);
  const u32 = (offset: number, value: number) => view.setUint32(offset, value, true);
  u32(Image.IMAGE_MAGIC_AT, Image.IMAGE_MAGIC);
  u16(Image.IMAGE_FORMAT_AT, Image.IMAGE_FORMAT);
  u16(Image.IMAGE_TLV_LENGTH_AT, Image.IMAGE_TLV_BYTES);
  u16(Image.IMAGE_VERSION_MAJOR_AT, manifest.version.major);
  u16(Image.IMAGE_VERSION_MINOR_AT, manifest.version.minor);
  u16(Image.IMAGE_VERSION_PATCH_AT, manifest.version.patch);
  u16(Image.IMAGE_PAGES_AT, manifest.memoryPages);
  u32(Image.IMAGE_SECURITY_COUNTER_AT, manifest.securityCounter);
  u32(Image.IMAGE_PAYLOAD_LENGTH_AT, manifest.payloadLength);
  u32(Image.IMAGE_ABI_AT, manifest.abiVersion);
  u32(Image.IMAGE_HARDWARE_CLASS_AT, manifest.hardwareClass);
  u32(Image.IMAGE_FEATURES_AT, manifest.features);
  u32(Image.IMAGE_CRC_AT, crc32c(new Uint8Array(view.buffer), 0, Image.IMAGE_CRC_AT));
}

function writeTlvs(bytes: Uint8Array, manifest: Manifest): void {
  const view = new DataView(bytes.buffer);
  let at = Image.IMAGE_TLV_AT;
  for (const { bytes: length, name, type } of PROTECTED_TLVS) {
    view.setUint16(at + Image.TLV_TYPE_AT, type, true);
    view.setUint16(at + Image.TLV_LENGTH_AT, length, true);
    bytes.set(manifest[name], at + Image.TLV_HEAD_BYTES);
    at += Image.TLV_HEAD_BYTES + length;
  }
}
