import { VECTOR_TARGET } from "../../hw-profiles/admission/target.ts";
import { ABI_VERSION } from "../../hw-profiles/interface/abi.ts";
import * as Image from "../../hw-profiles/interface/image.ts";
import { DEVELOPMENT_KEY, type ImageKey } from "./image-key.ts";

/** What a board accepts. */
export interface BoardPolicy {
  /** At most IMAGE_KEY_SLOTS: one, or while keys are changed the old one and the new one. */
  readonly keys: readonly ImageKey[];
  /** Locked for production: the development key is refused, even in a slot. */
  readonly isLocked: boolean;
  /** HARDWARE_* */
  readonly hardwareClass: number;
  /** FEATURE_*: opcodes that its processor has, and modes of its sensor. */
  readonly features: number;
  readonly abiVersion: number;
  readonly memoryPages: number;
  /** Room of a slot, manifest included. */
  readonly slotBytes: number;
  /** Least security counter: rises on confirm. */
  readonly securityFloor: number;
}

/** The simulated board as it leaves the factory: development key, not locked. */
export const DEVELOPMENT_BOARD: BoardPolicy = {
  keys: [DEVELOPMENT_KEY],
  isLocked: false,
  hardwareClass: VECTOR_TARGET.hardwareClass,
  features: VECTOR_TARGET.features | Image.FEATURE_MODES,
  abiVersion: ABI_VERSION,
  memoryPages: VECTOR_TARGET.pages,
  slotBytes: Image.IMAGE_MANIFEST_BYTES + Image.IMAGE_PAYLOAD_MAX,
  securityFloor: 0,
};
