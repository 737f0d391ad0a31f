import type { GoldenCase } from "./golden-case.ts";
import { imagingCase } from "./imaging-case.ts";
import { lidarCase } from "./lidar-case.ts";

/**
 * Calls of functions and turns of loops that one call of the board into a module may take on the golden input. The package's
 * takes 480 000 without vectors.
 */
export const GOLDEN_FUEL = 16_000_000;

/**
 * The fixed input of the golden vector. A module reads out every case whose parameters it accepts, each from a fresh
 * instance; the golden hash is the SHA-256 of all their reports in this order, and the cases that it accepted are its modes.
 * A change of it makes every image that is out fail its trial: it goes with a change of ABI_VERSION alone.
 */
export function goldenInput(): readonly GoldenCase[] {
  return [lidarCase(), imagingCase()];
}
