import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { gainEPerDn } from "../../pixel/noise-budget.ts";
import { type Binding, constant, live } from "../register-binding.ts";
import type { RegisterTarget } from "../register-target.ts";
import type { SettingsStore } from "../settings.ts";
import { gateBindings } from "./gate-bindings.ts";
import { lidarRun } from "./lidar-run.ts";
import { lidarSettingBindings } from "./lidar-setting-bindings.ts";
import type { LidarSettings } from "./lidar-settings.ts";

/** Registers of a LiDAR sensor, beside the common ones. Those of imaging read what the mode amounts to. */
export function lidarBindings(
  profile: LidarProfile,
  target: RegisterTarget,
  store: SettingsStore<LidarSettings>,
  timeMap: Int16Array,
): Binding[] {
  return [
    ...geometry(profile),
    ...gateBindings(profile, store),
    ...timing(profile, store),
    ...scales(profile),
    ...imagingOnly(),
    ...lidarSettingBindings(profile, target, store, timeMap),
  ];
}

function geometry({ array, gates: gateProfile }: LidarProfile): Binding[] {
  const filmBias = gateProfile.gating === "film-bias";
  return [
    constant(Reg.REG_MODE, Memory.MODE_LIDAR),
    constant(Reg.REG_WIDTH, array.widthPx),
    constant(Reg.REG_HEIGHT, array.heightPx),
    constant(Reg.REG_OFFSET_X, 0),
    constant(Reg.REG_OFFSET_Y, 0),
    constant(Reg.REG_BINNING_HORIZONTAL, 1),
    constant(Reg.REG_BINNING_VERTICAL, 1),
    constant(Reg.REG_DECIMATION_HORIZONTAL, 1),
    constant(Reg.REG_DECIMATION_VERTICAL, 1),
    constant(Reg.REG_GATE_COUNT, gateProfile.delaysNs.length),
    constant(Reg.REG_GATING_MODE, filmBias ? Memory.GATING_FILM_BIAS : Memory.GATING_SWEPT_RESET),
  ];
}

/** The generator cannot be set faster than the frame, so that no trigger is missed. */
function timing(profile: LidarProfile, store: SettingsStore<LidarSettings>): Binding[] {
  const run = () => lidarRun(profile, store.present);
  const present = () => run().timing;
  return [
    live(Reg.REG_ROW_TIME, () => present().groupCycles),
    live(Reg.REG_GATE_TIME, () => present().gateCycles),
    live(Reg.REG_PLANE_READ_TIME, () => present().planeReadCycles),
    live(Reg.REG_FRAME_TIME, () => run().periodCycles),
    live(Reg.REG_MIN_FRAME_TIME, () => present().frameCycles),
    live(Reg.REG_ACQUISITION_FRAME_RATE, () => Math.round((1000 * profile.adc.clockHz) / run().periodCycles)),
    constant(Reg.REG_MISSED_TRIGGERS, 0),
  ];
}

function scales(profile: LidarProfile): Binding[] {
  const { readout } = profile;
  return [
    constant(Reg.REG_SCAN3D_COORDINATE_SCALE, readout.rangeScaleM),
    constant(Reg.REG_SIGMA_SCALE, readout.sigmaScaleM),
    constant(Reg.REG_AMPLITUDE_SCALE, readout.amplitudeScaleE),
    constant(Reg.REG_AMBIENT_SCALE, readout.ambientScaleE),
    constant(Reg.REG_GAIN, 1),
    constant(Reg.REG_ELECTRONS_PER_DN, gainEPerDn(profile)),
  ];
}

/** A LiDAR frame is one global exposure of K gates at unit gain. */
function imagingOnly(): Binding[] {
  return [
    constant(Reg.REG_SENSOR_SHUTTER_MODE, Reg.SHUTTER_GLOBAL),
    constant(Reg.REG_READ_MODE, Memory.READ_SINGLE),
    constant(Reg.REG_READ_COUNT, 1),
    constant(Reg.REG_CORRECTION_ENABLE, Memory.CORRECT_OFFSET | Memory.CORRECT_DARK),
    constant(Reg.REG_JUMP_THRESHOLD, 0),
    constant(Reg.REG_INTENSITY_SCALE, 0),
    constant(Reg.REG_INTENSITY_OFFSET, 0),
    constant(Reg.REG_SIM_LIGHT, 1e6),
  ];
}
