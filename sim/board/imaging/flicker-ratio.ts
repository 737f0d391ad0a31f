import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { flickerVarianceS2 } from "../../detector/flicker.ts";
import type { ImagingProgram } from "./imaging-program.ts";
import { readTimesS } from "./read-times.ts";

/**
 * Variance of the photodiode's 1/f noise over the dark charge of an exposure, e-^2 per e-: 2 f_c V(T) / T with the time T
 * between the first and the last read, of a single read that from the reset [physics.md 2; sim/detector/flicker.ts]. It grows
 * as T, so that the variance grows as T^2. Lines that wait differently long are told what the middle one sees.
 */
export function flickerRatio({ adc, effects }: ImagingProfile, program: ImagingProgram): number {
  const { darkCurrent, flicker } = effects;
  if (!darkCurrent.on || !flicker.on) return 0;
  const times = readTimesS(program, adc.clockHz);
  const spanS = times.at(-1)! - (times.length > 1 ? times[0]! : 0);
  return (2 * flicker.cornerHz * flickerVarianceS2(spanS, flicker.minHz)) / spanS;
}
