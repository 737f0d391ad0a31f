/** A power cell under a lamp. */
import type { PowerCellProfile, SpectrumProfile } from "../../hw-profiles/device-profile.ts";
import { type Lamp, maximumPower } from "../power/cell.ts";

export class CellBench {
  readonly #cell: PowerCellProfile;
  readonly #sun: SpectrumProfile;

  /** `sun`: the spectrum of AM1.5, W/m2/nm. */
  constructor(cell: PowerCellProfile, sun: SpectrumProfile) {
    this.#cell = cell;
    this.#sun = sun;
  }

  get name(): string {
    return this.#cell.name;
  }
  get title(): string {
    return this.#cell.title;
  }

  /** W/cm2 under a lamp at its standard level. @throws RangeError for a lamp the cell was not measured under. */
  maximumPower(source: Lamp): { readonly incidentWPerCm2: number; readonly electricalWPerCm2: number } {
    return maximumPower(this.#cell, source, this.#sun);
  }
}
