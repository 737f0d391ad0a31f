import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { COMPONENT_LIDAR } from "../../../hw-profiles/interface/reports.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import {
  type Binding,
  checked,
  outOfRange,
  PER_MILLE,
  PER_MILLION,
  type RegisterBinding,
  settingBinding,
  whenIdle,
} from "../register-binding.ts";
import type { RegisterTarget } from "../register-target.ts";
import type { SettingsStore } from "../settings.ts";
import { calibrationBindings } from "./calibration-bindings.ts";
import { lidarRunRefusal } from "./lidar-run.ts";
import type { LidarSettings } from "./lidar-settings.ts";

/** Registers of LiDAR mode that can be written. */
export function lidarSettingBindings(
  profile: LidarProfile,
  target: RegisterTarget,
  store: SettingsStore<LidarSettings>,
  timeMap: Int16Array,
): Binding[] {
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
    [Reg.REG_RETURN_COUNT, settingBinding(store, "returns")],
    [Reg.REG_RETURN_ORDER, settingBinding(store, "returnOrder")],
    [Reg.REG_RETURN_THRESHOLD, settingBinding(store, "returnChi2", PER_MILLE)],
    ...calibrationBindings(profile, target, store, timeMap),
    [Reg.REG_SIM_AMBIENT, settingBinding(store, "ambientSun", PER_MILLION)],
    [Reg.REG_TRIGGER_MODE, whenIdle(target, shaping(profile, store, "triggerMode"))],
    [Reg.REG_SIM_TRIGGER_PERIOD, whenIdle(target, shaping(profile, store, "triggerPeriodCycles"))],
  ];
}

/** A swept reset reads after every pulse. */
function pulses(profile: LidarProfile, store: SettingsStore<LidarSettings>): RegisterBinding {
  const isSwept = profile.gates.gating === "swept-reset";
  const binding = shaping(profile, store, "pulsesPerGate");
  return {
    ...binding,
    check: (value, index) =>
      isSwept && value !== 1
        ? outOfRange(`found ${value}, expected 1: a swept reset reads after every pulse`)
        : binding.check?.(value, index),
  };
}

/** A setting that frame and trigger must fit together with. */
function shaping(
  profile: LidarProfile,
  store: SettingsStore<LidarSettings>,
  key: "pulsesPerGate" | "triggerMode" | "triggerPeriodCycles",
): RegisterBinding {
  return {
    ...settingBinding(store, key),
    check: (value) => {
      const text = lidarRunRefusal(profile, { ...store.present, [key]: value });
      return text === undefined ? undefined : outOfRange(text);
    },
  };
}
