/** A light-emitting diode before spectrometer, power meter, goniometer and counter. */
import type { LedProfile } from "../../hw-profiles/device-profile.ts";
import { agedLuminance, ledLine, ledPowerW } from "../emitter/led.ts";
import { cos, exp } from "../math/elementary.ts";
import { counted, scattered } from "./counting.ts";
import { readingSeed } from "./seeding.ts";

const PEAK_COUNTS = 1e5;
const DARK_COUNTS = 20;
/** Relative scatter of power meter, goniometer and photometer. */
const METER_SCATTER = 1e-3;
const DEGREE = Math.PI / 180;

export class LedBench {
  readonly type = "led";
  /** What `output` gives the power against. */
  readonly pumpUnit = "mA";
  readonly #led: LedProfile;

  constructor(led: LedProfile) {
    this.#led = led;
  }

  get name(): string {
    return this.#led.name;
  }
  get title(): string {
    return this.#led.title;
  }

  /** Counts by wavelength at `drive` times the rated current. */
  spectrum(wavelengthsNm: readonly number[], drive: number, seed: number): Float64Array {
    const means = wavelengthsNm.map((nm) => DARK_COUNTS + drive * PEAK_COUNTS * ledLine(this.#led, nm));
    return counted(means, this.#seed(seed, "spectrum", drive));
  }

  /** W by current in mA. */
  output(levels: readonly number[], seed: number): Float64Array {
    const powers = levels.map((currentMa) => ledPowerW(this.#led, currentMa));
    return scattered(powers, { relative: METER_SCATTER }, this.#seed(seed, "output"));
  }

  /** Lambertian: the cosine of the angle from the normal; nothing behind the device. */
  angular(anglesDeg: readonly number[], seed: number): Float64Array {
    const clean = anglesDeg.map((angle) => Math.max(0, cos(angle * DEGREE)));
    return scattered(clean, { absolute: METER_SCATTER }, this.#seed(seed, "angular"));
  }

  /** cd/m2 by minutes of operation. */
  ageing(initialCdPerM2: number, minutes: readonly number[], seed: number): Float64Array {
    if (!(initialCdPerM2 > 0)) {
      throw new RangeError(`${this.name}: initial luminance ${initialCdPerM2} cd/m2; expected above 0`);
    }
    const clean = minutes.map((minute) => agedLuminance(this.#led, initialCdPerM2, minute));
    return scattered(clean, { relative: METER_SCATTER }, this.#seed(seed, "ageing", initialCdPerM2));
  }

  /** Counts by time after a short excitation, one exponential. */
  decay(timesNs: readonly number[], seed: number): Float64Array {
    const { lifetimeNs } = this.#led;
    const means = timesNs.map((ns) => (ns < 0 ? 0 : PEAK_COUNTS * exp(-ns / lifetimeNs)));
    return counted(means, this.#seed(seed, "decay"));
  }

  #seed(seed: number, instrument: string, setting?: number): bigint {
    return readingSeed(seed, this.name, instrument, setting);
  }
}
