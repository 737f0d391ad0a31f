// An image in bytes, read by offsets that were typed from docs/image.md: a constant that is wrong in the contract is wrong
// in builder, judge and boot loader alike, and only a second source can tell.

import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DEVELOPMENT_BOARD } from "../../host/image/board-policy.ts";
import { decodeManifest } from "../../host/image/decode-manifest.ts";
import { hexText } from "../../host/image/manifest.ts";
import { developmentSigningKey } from "../../host/image/node/keys.ts";
import { makeImage } from "../../host/image/node/sign-image.ts";
import { verifyImage } from "../../host/image/node/verify-image.ts";
import { goldenInput } from "../../hw-profiles/admission/golden/golden-input.ts";

const vector = (ending: string) => readFileSync(new URL(`../vectors/image-1.${ending}`, import.meta.url));

const image = new Uint8Array(vector("cqdi"));
const { about: _, ...twin } = JSON.parse(vector("json").toString()) as Record<string, unknown>;
const hex = (from: number, end: number) => Buffer.from(image.subarray(from, end)).toString("hex");

/** CRC-32C bit by bit, RFC 3720 appendix B.4. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return ~crc >>> 0;
}

it("has each field where the page says", () => {
  const view = new DataView(image.buffer);
  const u16 = (at: number) => view.getUint16(at, true);
  const u32 = (at: number) => view.getUint32(at, true);
  expect(Buffer.from(image.subarray(0, 4)).toString("latin1")).toBe("CQDI");
  expect([u16(4), u16(6)]).toEqual([1, 92]);
  expect(hex(36, 60)).toBe("00".repeat(24));
  expect(u32(60)).toBe(crc32c(image.subarray(0, 60)));
  expect([u16(64), u16(66), u16(100), u16(102), u16(120), u16(122)]).toEqual([1, 32, 2, 16, 3, 32]);
  expect(hex(156, 184)).toBe("00".repeat(28));
  expect({
    version: { major: u16(8), minor: u16(10), patch: u16(12) },
    memoryPages: u16(14),
    securityCounter: u32(16),
    payloadLength: u32(20),
    abiVersion: u32(24),
    hardwareClass: u32(28),
    features: u32(32),
    payloadSha256: hex(68, 100),
    buildId: hex(104, 120),
    goldenSha256: hex(124, 156),
    payload: hex(256, image.length),
  }).toEqual(twin);
});

it("is signed by the development key over its first 184 bytes", () => {
  const raw = "222b01b31a3342414aff2c073b17da01f903094694bae5980d5606fd55790c15";
  const der = Buffer.from(`302a300506032b6570032100${raw}`, "hex");
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  expect(verify(null, image.subarray(0, 184), key, image.subarray(192, 256))).toBe(true);
  const id = createHash("sha256").update(Buffer.from(raw, "hex")).digest("hex").slice(0, 16);
  expect(hex(184, 192)).toBe(id);
  expect(createHash("sha256").update(image.subarray(256)).digest("hex")).toBe(twin["payloadSha256"]);
});

it("is what the host reads, makes and accepts", () => {
  const { manifest } = decodeManifest(image);
  if (manifest === undefined) throw new Error("the vector is no image");
  const payload = image.slice(256);
  expect({
    ...manifest,
    payloadSha256: hexText(manifest.payloadSha256),
    buildId: hexText(manifest.buildId),
    goldenSha256: hexText(manifest.goldenSha256),
    payload: hexText(payload),
  }).toEqual(twin);
  expect(makeImage(manifest, payload, developmentSigningKey())).toEqual(image);
  expect(verifyImage(image, DEVELOPMENT_BOARD)).toEqual([]);
});

it("the golden input is what it was: images that were built carry the hash of what it gives", () => {
  const digests = goldenInput().map(({ maps, planes, reals, words, ...rest }) => {
    const hash = createHash("sha256").update(JSON.stringify({ ...rest, words, reals }));
    for (const part of [planes, maps.offsetDn16, maps.darkDn16, maps.bad]) {
      hash.update(new Uint8Array(part.buffer));
    }
    return `${rest.name} ${hash.digest("hex")}`;
  });
  expect(digests).toEqual([
    "lidar d76c397e00d234ae7cffecc26c3618f1880139066af69fb3013470802bca9711",
    "imaging 70cdfdd5da975f99342c6f192b658b4f238aab3784508e39755d2ba9a2c3def0",
  ]);
});
