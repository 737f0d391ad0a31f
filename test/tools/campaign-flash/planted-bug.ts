// A change of one place in the boot loader's source.

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
}
