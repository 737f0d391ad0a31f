/** An optically pumped laser before spectrometer and energy meter. */
import type { PumpedLaserProfile } from "../../hw-profiles/device-profile.ts";
import { laserLine, laserOutput } from "../emitter/laser.ts";
import { counted, scattered } from "./counting.ts";
import { readingSeed } from "./seeding.ts";

/** At the peak of the spontaneous line at threshold. */
const SPONTANEOUS_COUNTS = 1e3;
const DARK_COUNTS = 20;
const METER_SCATTER = 2e-3;

export class LaserBench {
  readonly type = "pumped-laser";
  readonly #laser: PumpedLaserProfile;

  constructor(laser: PumpedLaserProfile) {
    this.#laser = laser;
  }

  get name(): string {
    return this.#laser.name;
  }
  get title(): string {
    return this.#laser.title;
  }
  get pumpUnit(): string {
    return this.#laser.threshold.unit;
  }

  /** Counts by wavelength at `drive` times the threshold. */
  spectrum(wavelengthsNm: readonly number[], drive: number, seed: number): Float64Array {
    const means = wavelengthsNm.map(
      (nm) => DARK_COUNTS + SPONTANEOUS_COUNTS * laserLine(this.#laser, drive, nm),
    );
    return counted(means, readingSeed(seed, this.name, "spectrum", drive));
  }

  /** Output by pump level, both in `pumpUnit`. */
  output(levels: readonly number[], seed: number): Float64Array {
    const clean = levels.map((level) => laserOutput(this.#laser, level));
    return scattered(clean, { relative: METER_SCATTER }, readingSeed(seed, this.name, "output"));
  }

  /** @throws RangeError: no document gives the shape of a laser's beam. */
  angular(): Float64Array {
    throw this.#unknown("beam shape");
  }

  /** @throws RangeError: no document gives a laser's life. */
  ageing(): Float64Array {
    throw this.#unknown("ageing");
  }

  /** @throws RangeError: no document gives the decay of a laser's luminescence. */
  decay(): Float64Array {
    throw this.#unknown("decay of its luminescence");
  }

  #unknown(what: string): RangeError {
    return new RangeError(
      `${this.name}: its document gives no ${what}; measure that of a light-emitting diode`,
    );
  }
}
