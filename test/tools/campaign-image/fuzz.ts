// Images that an attacker may make of a signed one without its key, and images of noise.

import type { BoardPolicy } from "../../../host/image/board-policy.ts";
import { sameBytes } from "../../../host/image/manifest.ts";
import type { SigningKey } from "../../../host/image/node/keys.ts";
import { signInPlace } from "../../../host/image/node/sign-image.ts";
import { verifyImage } from "../../../host/image/node/verify-image.ts";
import { crc32c } from "../../../host/packet/crc32c.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import type { Random } from "../../firmware/support/random.ts";
import { attempt, newTally, type Tally } from "./tally.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What an attack starts from. */
export interface Loot {
  /** Signed with keys of the board. */
  readonly images: readonly Bytes[];
  /** Not of the board. */
  readonly foreignKey: SigningKey;
}

type Mutation = (loot: Loot, random: Random) => Bytes;

const NOISE_BYTES = 700;
const WORDS = [0, 1, 2, 3, 0x7fffffff, 0x80000000, 0xffffffff, 255, 256, 65535];

function pick<T>(items: readonly T[], random: Random): T {
  return items[random.below(items.length)]!;
}

function copyOfOne({ images }: Loot, random: Random): Bytes {
  return new Uint8Array(pick(images, random));
}

/** The header's CRC made right again: whoever changes a header can do that. */
function sealHeader(image: Bytes): Bytes {
  if (image.length >= Image.IMAGE_HEADER_BYTES) {
    new DataView(image.buffer).setUint32(Image.IMAGE_CRC_AT, crc32c(image, 0, Image.IMAGE_CRC_AT), true);
  }
  return image;
}

function noise(_loot: Loot, random: Random): Bytes {
  const bytes = Uint8Array.from({ length: random.below(NOISE_BYTES) }, () => random.below(256));
  if (bytes.length < Image.IMAGE_HEADER_BYTES || random.below(2) === 0) return bytes;
  const view = new DataView(bytes.buffer);
  view.setUint32(Image.IMAGE_MAGIC_AT, Image.IMAGE_MAGIC, true);
  view.setUint16(Image.IMAGE_FORMAT_AT, Image.IMAGE_FORMAT, true);
  return sealHeader(bytes);
}

function changeBytes(loot: Loot, random: Random): Bytes {
  const image = copyOfOne(loot, random);
  for (let left = random.below(8); left >= 0; left--) image[random.below(image.length)] = random.below(256);
  return random.below(2) === 0 ? sealHeader(image) : image;
}

/** A field of the header at a value that might be forgotten. */
function changeField(loot: Loot, random: Random): Bytes {
  const image = copyOfOne(loot, random);
  const at = 4 * random.below(Image.IMAGE_CRC_AT / 4);
  const value = random.below(3) === 0 ? random.word() : pick(WORDS, random);
  new DataView(image.buffer).setUint32(at, value, true);
  return sealHeader(image);
}

function changeTlvs(loot: Loot, random: Random): Bytes {
  const image = copyOfOne(loot, random);
  const view = new DataView(image.buffer);
  const at = Image.IMAGE_TLV_AT + 2 * random.below(Image.IMAGE_TLV_AREA_BYTES / 2);
  view.setUint16(at, random.below(3) === 0 ? random.below(65536) : random.below(8), true);
  if (random.below(3) === 0) view.setUint16(Image.IMAGE_TLV_LENGTH_AT, random.below(200), true);
  return sealHeader(image);
}

function changeSignature(loot: Loot, random: Random): Bytes {
  const image = copyOfOne(loot, random);
  const from = Image.IMAGE_KEY_ID_AT + random.below(Image.IMAGE_MANIFEST_BYTES - Image.IMAGE_KEY_ID_AT);
  for (let at = from; at < Image.IMAGE_MANIFEST_BYTES; at++) image[at] = random.below(256);
  return image;
}

function cutOrAdd(loot: Loot, random: Random): Bytes {
  const image = copyOfOne(loot, random);
  if (random.below(2) === 0) return image.slice(0, random.below(image.length));
  return Uint8Array.from([...image, ...Array.from({ length: 1 + random.below(9) }, () => random.below(256))]);
}

/** Parts of two images that are both signed. */
function splice(loot: Loot, random: Random): Bytes {
  const image = copyOfOne(loot, random);
  const other = pick(loot.images, random);
  const from = random.below(Math.min(image.length, other.length));
  const end = Math.min(image.length, other.length, from + random.below(image.length));
  image.set(other.subarray(from, end), from);
  return random.below(2) === 0 ? sealHeader(image) : image;
}

/** Changed and signed anew with a key of one's own, under the id of the board's. */
function signByForeignKey(loot: Loot, random: Random): Bytes {
  const image = changeField(loot, random);
  const keyId = image.slice(Image.IMAGE_KEY_ID_AT, Image.IMAGE_SIGNATURE_AT);
  signInPlace(image, loot.foreignKey);
  if (random.below(2) === 0) image.set(keyId, Image.IMAGE_KEY_ID_AT);
  return image;
}

const MUTATIONS: readonly Mutation[] = [
  noise,
  changeBytes,
  changeField,
  changeTlvs,
  changeSignature,
  cutOrAdd,
  splice,
  signByForeignKey,
];

/** Judge `count` images, none of which is one of the signed ones. */
export function fuzz(loot: Loot, policy: BoardPolicy, count: number, random: Random): Tally {
  const tally = newTally();
  for (let trial = 0; tally.tried < count; trial++) {
    const mutation = MUTATIONS[trial % MUTATIONS.length]!;
    const image = mutation(loot, random);
    if (loot.images.some((signed) => sameBytes(signed, image))) continue;
    attempt(
      tally,
      () => `image ${trial} of ${mutation.name}`,
      () => verifyImage(image, policy),
    );
  }
  return tally;
}
