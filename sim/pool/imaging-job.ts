import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import type { ImagingSequencerRegisters } from "../roic/sequencer/imaging-registers.ts";

/** What is fixed while an imaging board is open. Structured-clone safe: it goes to the workers as it is. */
export interface ImagingSetup {
  /** Effects are switched as the board shall have them. */
  readonly profile: ImagingProfile;
  /** Scene as the user names it; every thread opens its own. */
  readonly scene: string;
  /** Seed of the temporal noise, u64. */
  readonly seed: bigint;
}

/** One frame to expose. Everything that its codes depend on besides the setup and what was exposed before. */
export interface ImagingJob {
  /** Number of the exposure since power-on: key of its noise. */
  readonly frame: number;
  /** Virtual time of the frame's start. The light stands still within a frame. */
  readonly startNs: number;
  /** Since the start of the exposure before; 0 = the first one. */
  readonly sinceLastCycles: number;
  readonly registers: ImagingSequencerRegisters;
  readonly temperatureMk: number;
  readonly analogGain: number;
  /** Factor of the scene's light. */
  readonly lightFactor: number;
}
