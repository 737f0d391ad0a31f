import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { COMPONENT_LIDAR } from "../../../hw-profiles/interface/reports.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { frameTiming } from "../../roic/frame-timing.ts";
import {
  type Binding,
  checked,
  outOfRange,
  PER_MILLE,
  PER_MILLION,
  type RegisterBinding,
  settingBinding,
} from "../register-binding.ts";
import type { SettingsStore } from "../settings.ts";
import type { LidarSettings } from "./lidar-settings.ts";

/** Largest value that the 32-bit FrameTime register can tell. */
const MAX_FRAME_CYCLES = 0xffffffff;

/** Registers of LiDAR mode that can be written. */
export function lidarSettingBindings(profile: LidarProfile, store: SettingsStore<LidarSettings>): Binding[] {
  return [
    [
      Reg.REG_COMPONENT_ENABLE,
      checked(
        settingBinding(store, "components"),
        (value) => (value & ~COMPONENT_LIDAR) === 0,
        `bits of ${COMPONENT_LIDAR}, the components of LiDAR mode`,
      ),
    ],
    [Reg.REG_PULSES_PER_GATE, pulses(profile, store)],
    [Reg.REG_DETECTION_THRESHOLD, settingBinding(store, "detectionSigma", PER_MILLE)],
    [Reg.REG_LOW_SIGNAL_THRESHOLD, settingBinding(store, "lowSignalSigma", PER_MILLE)],
    [Reg.REG_MISFIT_THRESHOLD, settingBinding(store, "misfitChi2", PER_MILLE)],
    [Reg.REG_SIM_AMBIENT, settingBinding(store, "ambientSun", PER_MILLION)],
  ];
}

/** A swept reset reads after every pulse; and the frame's length must fit its register. */
function pulses(profile: LidarProfile, store: SettingsStore<LidarSettings>): RegisterBinding {
  const isSwept = profile.gates.gating === "swept-reset";
  return {
    ...settingBinding(store, "pulsesPerGate"),
    check: (value) => {
      if (isSwept && value !== 1)
        return outOfRange(`found ${value}, expected 1: a swept reset reads after every pulse`);
      const { frameCycles } = frameTiming(profile, value);
      if (frameCycles <= MAX_FRAME_CYCLES) return undefined;
      return outOfRange(
        `found ${value}: a frame of ${frameCycles} cycles, expected at most ${MAX_FRAME_CYCLES}`,
      );
    },
  };
}
