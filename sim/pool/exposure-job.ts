import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import type { ChipDeviation } from "../deviation/chip-deviation.ts";
import type { ExposureSettings } from "../pixel/exposure-maps.ts";
import { sameGates } from "../roic/gated-profile.ts";

/** What is fixed while a board is open. Structured-clone safe: it goes to the workers as it is. */
export interface ExposureSetup {
  readonly profile: LidarProfile;
  /** Scene as the user names it; every thread opens its own. */
  readonly scene: string;
  /** Seed of the temporal noise, u64. */
  readonly seed: bigint;
  readonly raysPerSide: number;
  /** What the chip deviates in from the profile; undefined: nothing. */
  readonly deviation?: ChipDeviation | undefined;
}

/** One frame to expose. Everything that its codes depend on besides the setup. */
export interface ExposureJob {
  /** Number of the exposure since power-on: key of its noise. */
  readonly frame: number;
  /** Virtual time of the frame's start. The scene stands still within a frame. */
  readonly startNs: number;
  readonly settings: ExposureSettings;
}

export function sameSettings(a: ExposureSettings, b: ExposureSettings): boolean {
  return (
    a.pulsesPerGate === b.pulsesPerGate &&
    a.ambientSun === b.ambientSun &&
    a.temperatureMk === b.temperatureMk &&
    sameGates(a.gates, b.gates)
  );
}
