import { manifestOf } from "../../../../host/image/node/image-of-module.ts";
import { developmentSigningKey, type SigningKey, sha256 } from "../../../../host/image/node/keys.ts";
import { makeImage } from "../../../../host/image/node/sign-image.ts";
import { checkBuiltModule } from "../../../../host/logic/check-built-module.ts";
import { VECTOR_TARGET } from "../../../../hw-profiles/admission/target.ts";
import { seededBetween } from "../../../device/random.ts";
import { type TinyModule, tinyModule } from "../../../sim/board/tiny-module.ts";

const CUSTOM_SECTION = 0;
const NO_NAME = 0;
const BYTE_VALUES = 256;

/** A module of a few kilobytes that does nothing: the weight is in a section that means nothing. */
export function heavyModule(bytes: number, seed: number, options: TinyModule = {}): Uint8Array<ArrayBuffer> {
  const content = Array.from({ length: bytes }, (_, i) => seededBetween(seed * bytes + i, 0, BYTE_VALUES));
  return tinyModule({ ...options, sections: [[CUSTOM_SECTION, [NO_NAME, ...content]]] });
}

/** A signed image of a module; patch is the third number of its version. */
export function imageOf(
  module: Uint8Array<ArrayBuffer>,
  { key = developmentSigningKey(), patch = 0, securityCounter = 0 }: ImageChoice = {},
): Uint8Array<ArrayBuffer> {
  const checked = checkBuiltModule(module, "test module", VECTOR_TARGET, sha256(module));
  const release = { version: { major: 2, minor: 0, patch }, securityCounter };
  return makeImage(manifestOf(checked, release), module, key);
}

export interface ImageChoice {
  readonly key?: SigningKey;
  readonly patch?: number;
  readonly securityCounter?: number;
}
