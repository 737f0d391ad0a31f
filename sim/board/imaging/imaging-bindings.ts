import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import { calibration } from "../../../hw-profiles/interface/register-group-calibration.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { type Binding, constant, live } from "../register-binding.ts";
import type { RegisterTarget } from "../register-target.ts";
import type { SettingsStore } from "../settings.ts";
import { outputGainEPerDn } from "./imaging-parameters.ts";
import { imagingProgram } from "./imaging-program.ts";
import { imagingSettingBindings } from "./imaging-setting-bindings.ts";
import type { ImagingSettings } from "./imaging-settings.ts";

/** Registers of an imaging sensor, beside the common ones. Those of LiDAR read 0. */
export function imagingBindings(
  profile: ImagingProfile,
  target: RegisterTarget,
  store: SettingsStore<ImagingSettings>,
): Binding[] {
  const settings = imagingSettingBindings(profile, target, store);
  return [
    ...LIDAR_ONLY.map((address) => constant(address, 0)),
    ...calibration.map(({ address }) => constant(address, 0)),
    constant(Reg.REG_MODE, Memory.MODE_IMAGING),
    ...timing(profile, store),
    ...scales(profile, store),
    ...settings,
  ];
}

const LIDAR_ONLY = [
  Reg.REG_GATE_COUNT,
  Reg.REG_PULSES_PER_GATE,
  Reg.REG_GATING_MODE,
  Reg.REG_DETECTION_THRESHOLD,
  Reg.REG_LOW_SIGNAL_THRESHOLD,
  Reg.REG_MISFIT_THRESHOLD,
  Reg.REG_RETURN_COUNT,
  Reg.REG_RETURN_ORDER,
  Reg.REG_RETURN_THRESHOLD,
  Reg.REG_GATE_DELAY,
  Reg.REG_GATE_WIDTH,
  Reg.REG_GATE_TIME,
  Reg.REG_SCAN3D_COORDINATE_SCALE,
  Reg.REG_AMPLITUDE_SCALE,
  Reg.REG_AMBIENT_SCALE,
  Reg.REG_SIM_AMBIENT,
];

/** The generator of a simulated board cannot be set faster than the frame, so that no trigger is missed. */
function timing(profile: ImagingProfile, store: SettingsStore<ImagingSettings>): Binding[] {
  const present = () => imagingProgram(profile, store.present).timing;
  return [
    live(Reg.REG_ROW_TIME, () => present().rowCycles),
    live(Reg.REG_PLANE_READ_TIME, () => present().passCycles),
    live(Reg.REG_FRAME_TIME, () => present().frameCycles),
    live(Reg.REG_MIN_FRAME_TIME, () => present().frameMinCycles),
    constant(Reg.REG_MISSED_TRIGGERS, 0),
  ];
}

function scales(profile: ImagingProfile, store: SettingsStore<ImagingSettings>): Binding[] {
  const { readout } = profile;
  return [
    constant(Reg.REG_SIGMA_SCALE, readout.sigmaScaleDn),
    constant(Reg.REG_INTENSITY_SCALE, readout.intensityScaleDn),
    constant(Reg.REG_INTENSITY_OFFSET, readout.intensityOffsetLsb),
    live(Reg.REG_ELECTRONS_PER_DN, () => outputGainEPerDn(profile, store.present)),
  ];
}
