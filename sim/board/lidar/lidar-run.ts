import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { type FrameTiming, frameTiming } from "../../roic/frame-timing.ts";
import { gatedProfile } from "../../roic/gated-profile.ts";
import { TRIGGER_LATENCY_CYCLES } from "../../roic/sequencer/trigger-unit.ts";
import type { LidarSettings } from "./lidar-settings.ts";

type RunSettings = Pick<LidarSettings, "pulsesPerGate" | "gates" | "triggerMode" | "triggerPeriodCycles">;

/** How frames follow each other: back to back, or one a trigger. */
export interface LidarRun {
  readonly timing: FrameTiming;
  /** Of the trigger; 0: frames run freely. */
  readonly triggerPeriodCycles: number;
  /** From a frame's start to the next one's. */
  readonly periodCycles: number;
  /** Start of the first frame. */
  readonly startCycles: number;
}

export function lidarRun(profile: LidarProfile, settings: RunSettings): LidarRun {
  const timing = frameTiming(gatedProfile(profile, settings.gates), settings.pulsesPerGate);
  if (settings.triggerMode === 0)
    return { timing, triggerPeriodCycles: 0, periodCycles: timing.frameCycles, startCycles: 0 };
  const { triggerPeriodCycles } = settings;
  return {
    timing,
    triggerPeriodCycles,
    periodCycles: triggerPeriodCycles,
    startCycles: TRIGGER_LATENCY_CYCLES,
  };
}

/** Largest value that the 32-bit FrameTime register can tell. */
const MAX_FRAME_CYCLES = 0xffffffff;

/** Why the board cannot run so, else undefined: found, expected. */
export function lidarRunRefusal(profile: LidarProfile, settings: RunSettings): string | undefined {
  const { periodCycles, timing } = lidarRun(profile, settings);
  const { frameCycles } = timing;
  if (frameCycles > MAX_FRAME_CYCLES)
    return `found ${settings.pulsesPerGate}: a frame of ${frameCycles} cycles, expected at most ${MAX_FRAME_CYCLES}`;
  if (settings.triggerMode === 1 && settings.triggerPeriodCycles === 0)
    return "found no signal on the trigger input, expected SimTriggerPeriod above 0 before TriggerMode 1";
  if (periodCycles >= frameCycles) return undefined;
  return (
    `found a trigger every ${periodCycles} cycles (SimTriggerPeriod), faster than the frame: expected at least ` +
    `${frameCycles}, or fewer PulsesPerGate`
  );
}
