import type { Check } from "../check.ts";
import { cable } from "./cable.ts";
import { flashing } from "./flashing.ts";
import { frames } from "./frames.ts";
import { identity } from "./identity.ts";
import { overflow } from "./overflow.ts";
import { session } from "./session.ts";

/** Every check of a device; the registers first, while the board is as after power-on. */
export const ALL_CHECKS: readonly Check[] = [
  ...identity,
  ...session,
  ...frames,
  ...overflow,
  ...cable,
  ...flashing,
];
