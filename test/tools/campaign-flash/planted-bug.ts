// A change of one place in the boot loader's source.
import type { Outcome } from "../../../sim/flash/torn.ts";

export interface PlantedBug {
  readonly id: string;
  readonly title: string;
  /** In firmware/boot. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Where it is hunted without gaps; without it in all scenarios. */
  readonly deep?: Deep;
}

/** A hunt that tries all combinations of cuts. */
export interface Deep {
  readonly scenario: string;
  /** Sectors of the image: also the number of the flash in SMALL_GEOMETRIES. */
  readonly sectors: 1 | 2;
  /** Cuts nested in each other. */
  readonly depth: number;
  /** Ways in which operations go wrong. */
  readonly outcomes: readonly Outcome[];
}
