import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { cyclesToNs, type FrameTiming, rowSampleCycles } from "./frame-timing.ts";
import { realisedGates } from "./gate-edges.ts";

/** Seconds from the release of reset to the sample of the row: dark current integrates over all of it. */
export function darkTimeS(timing: FrameTiming, row: number): number {
  const pulses = timing.pulsesPerGate * timing.pulsePeriodCycles;
  return (pulses + rowSampleCycles(timing, row)) / timing.clockHz;
}

/**
 * Seconds over which a row collects steady light in one gate plane.
 * Film bias: M (w + e (T - w)) + e t_read, with e the extinction of the closed film and t_read the wait for the
 * row's sample. Swept reset: nothing is ever closed, so all of the time from release to sample.
 */
export function ambientTimeS(profile: LidarProfile, timing: FrameTiming, row: number): number {
  if (profile.gates.gating === "swept-reset") return darkTimeS(timing, row);
  const widthNs = realisedGates(profile).widthsNs[0] ?? 0;
  const periodNs = cyclesToNs(timing.pulsePeriodCycles, timing.clockHz);
  const waitNs = cyclesToNs(rowSampleCycles(timing, row), timing.clockHz);
  const closed = profile.gates.extinction;
  return (timing.pulsesPerGate * (widthNs + closed * (periodNs - widthNs)) + closed * waitNs) * 1e-9;
}
