import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { COMPONENT_IMAGING } from "../../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import {
  type Binding,
  checked,
  type NumberKey,
  outOfRange,
  PER_MILLE,
  PER_MILLION,
  type RegisterBinding,
  settingBinding,
  whenIdle,
} from "../register-binding.ts";
import type { RegisterTarget } from "../register-target.ts";
import type { SettingsStore } from "../settings.ts";
import { exposureNs, frameRateMhz, imagingProgram } from "./imaging-program.ts";
import { refusalOf } from "./imaging-refusals.ts";
import { type ImagingSettings, readsOf } from "./imaging-settings.ts";

type Store = SettingsStore<ImagingSettings>;
/** Settings that a written value amounts to. */
type Changes = (value: number) => Partial<ImagingSettings>;

/** Registers of imaging mode that can be written. */
export function imagingSettingBindings(
  profile: ImagingProfile,
  target: RegisterTarget,
  store: Store,
): Binding[] {
  return [
    ...stream(profile, target, store),
    ...exposure(profile, store),
    [
      Reg.REG_COMPONENT_ENABLE,
      checked(
        settingBinding(store, "components"),
        (value) => (value & ~COMPONENT_IMAGING) === 0,
        `bits of ${COMPONENT_IMAGING}, the components of imaging mode`,
      ),
    ],
    [
      Reg.REG_GAIN,
      checked(
        { read: () => store.present.analogGain, write: writer(store, (analogGain) => ({ analogGain })) },
        (value) => value <= profile.roic.maxAnalogGain,
        `at most ${profile.roic.maxAnalogGain}`,
      ),
    ],
    [Reg.REG_CORRECTION_ENABLE, settingBinding(store, "corrections")],
    [Reg.REG_JUMP_THRESHOLD, settingBinding(store, "jumpChi2", PER_MILLE)],
    [Reg.REG_SIM_LIGHT, settingBinding(store, "lightFactor", PER_MILLION)],
  ];
}

/** What shapes the stream cannot change while frames are acquired. */
function stream(profile: ImagingProfile, target: RegisterTarget, store: Store): Binding[] {
  const { heightPx, widthPx } = profile.array;
  const bind = (key: NumberKey<ImagingSettings>, changes: Changes = (value) => ({ [key]: value })) =>
    whenIdle(
      target,
      combined(profile, store, () => Number(store.present[key]), changes),
    );
  const columns = (step: number) => ({ offsetX: 0, width: Math.floor(widthPx / step) });
  const rows = (step: number) => ({ offsetY: 0, height: Math.floor(heightPx / step) });
  return [
    [Reg.REG_WIDTH, bind("width")],
    [Reg.REG_HEIGHT, bind("height")],
    [Reg.REG_OFFSET_X, bind("offsetX")],
    [Reg.REG_OFFSET_Y, bind("offsetY")],
    [
      Reg.REG_BINNING_HORIZONTAL,
      bind("binningX", (binningX) => ({ binningX, ...columns(binningX * store.present.decimationX) })),
    ],
    [
      Reg.REG_BINNING_VERTICAL,
      bind("binningY", (binningY) => ({ binningY, ...rows(binningY * store.present.decimationY) })),
    ],
    [
      Reg.REG_DECIMATION_HORIZONTAL,
      bind("decimationX", (decimationX) => ({
        decimationX,
        ...columns(decimationX * store.present.binningX),
      })),
    ],
    [
      Reg.REG_DECIMATION_VERTICAL,
      bind("decimationY", (decimationY) => ({ decimationY, ...rows(decimationY * store.present.binningY) })),
    ],
    [Reg.REG_SENSOR_SHUTTER_MODE, bind("shutter")],
    [Reg.REG_READ_MODE, bind("readMode")],
    [Reg.REG_READ_COUNT, { ...bind("rampReads"), read: () => readsOf(store.present) }],
    [Reg.REG_TRIGGER_MODE, bind("triggerMode")],
    [Reg.REG_SIM_TRIGGER_PERIOD, bind("triggerPeriodCycles")],
  ];
}

/** Read what is realised, write what is wanted; both take effect at the next frame's start. */
function exposure(profile: ImagingProfile, store: Store): Binding[] {
  const present = () => imagingProgram(profile, store.present);
  const rate = () => frameRateMhz(profile.adc.clockHz, present().timing.frameCycles);
  return [
    [
      Reg.REG_EXPOSURE_TIME,
      combined(
        profile,
        store,
        () => exposureNs(profile, present()),
        (value) => ({ exposureNs: value }),
      ),
    ],
    [Reg.REG_ACQUISITION_FRAME_RATE, combined(profile, store, rate, (value) => ({ frameRateMhz: value }))],
  ];
}

/** A register whose value must fit all other settings. */
function combined(
  profile: ImagingProfile,
  store: Store,
  read: () => number,
  changes: Changes,
): RegisterBinding {
  return {
    read,
    check: (value) => {
      const text = refusalOf(profile, { ...store.present, ...changes(value) });
      return text === undefined ? undefined : outOfRange(text);
    },
    write: writer(store, changes),
  };
}

function writer(store: Store, changes: Changes) {
  return (value: number): number => {
    store.change(changes(value));
    return STATUS_OK;
  };
}
