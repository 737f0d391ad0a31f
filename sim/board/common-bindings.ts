import { ABI_VERSION, DEVICE_MAGIC } from "../../hw-profiles/interface/abi.ts";
import * as Reg from "../../hw-profiles/interface/registers.ts";
import { PIXEL_FORMAT_MONO12P, WIRE_VERSION } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import { flashBindings } from "./flash/flash-bindings.ts";
import { type Binding, checked, constant, live, settingBinding, whenIdle } from "./register-binding.ts";
import type { RegisterTarget } from "./register-target.ts";
import { CELSIUS_ZERO_MK, type CommonSettings, type SettingsStore } from "./settings.ts";

const VENDOR_NAME = "cqd-readout simulated board";
const MONO12_BITS = 12;

/** Output pixels of a frame. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Registers that mean the same in every mode. */
export function commonBindings(
  profile: SensorProfile,
  target: RegisterTarget,
  store: SettingsStore<CommonSettings>,
  size: () => FrameSize,
): Binding[] {
  return [
    ...identity(profile, target),
    ...acquisition(target, store),
    ...session(target),
    ...flashBindings(target),
    ...setup(profile, store, size),
  ];
}

function identity(profile: SensorProfile, target: RegisterTarget): Binding[] {
  return [
    constant(Reg.REG_DEVICE_MAGIC, DEVICE_MAGIC),
    constant(Reg.REG_ABI_VERSION, ABI_VERSION),
    constant(Reg.REG_WIRE_VERSION, WIRE_VERSION),
    constant(Reg.REG_DEVICE_VENDOR_NAME, VENDOR_NAME),
    constant(Reg.REG_DEVICE_MODEL_NAME, profile.name),
    constant(Reg.REG_DEVICE_SERIAL_NUMBER, profile.serialNumber),
    [Reg.REG_DEVICE_FIRMWARE_VERSION, { read: () => target.firmwareVersion }],
    constant(Reg.REG_DEVICE_CLOCK_FREQUENCY, profile.adc.clockHz),
    constant(Reg.REG_SENSOR_WIDTH, profile.array.widthPx),
    constant(Reg.REG_SENSOR_HEIGHT, profile.array.heightPx),
    constant(Reg.REG_SATURATION_LEVEL, profile.adc.saturationDn),
  ];
}

function acquisition(target: RegisterTarget, store: SettingsStore<CommonSettings>): Binding[] {
  const stop = () => {
    target.stopAcquisition();
    return STATUS_OK;
  };
  const hold = (value: number) => {
    store.hold(value === 1);
    return STATUS_OK;
  };
  return [
    [Reg.REG_SETTINGS_HOLD, { read: () => (store.isHeld ? 1 : 0), write: hold }],
    live(Reg.REG_SETTINGS_FRAME, () => target.nextFrame),
    [Reg.REG_ACQUISITION_START, { write: () => target.startAcquisition() }],
    [Reg.REG_ACQUISITION_STOP, { write: stop }],
    live(Reg.REG_ACQUISITION_STATUS, () => target.acquisitionStatus),
    live(Reg.REG_DROPPED_FRAMES, () => target.droppedFrames),
    live(Reg.REG_REPORTS_SENT, () => target.reportsSent),
  ];
}

function session(target: RegisterTarget): Binding[] {
  const begin = (token: number) => {
    target.beginSession(token);
    return STATUS_OK;
  };
  const stream = {
    read: () => target.streamInterface,
    write: (value: number) => {
      target.streamInterface = value;
      return STATUS_OK;
    },
  };
  return [
    [Reg.REG_SESSION_TOKEN, { read: () => target.sessionToken, write: begin }],
    live(Reg.REG_SESSION_ACTIVITY, () => target.sessionActivity),
    [Reg.REG_SESSION_TAKEOVER, { write: begin }],
    [Reg.REG_STREAM_INTERFACE, whenIdle(target, stream)],
    live(Reg.REG_LOST_REPORTS, () => target.lostReports),
  ];
}

function setup(
  { adc }: SensorProfile,
  store: SettingsStore<CommonSettings>,
  size: () => FrameSize,
): Binding[] {
  const celsius = { perUnit: 1, zero: CELSIUS_ZERO_MK };
  const formats = (value: number) => value !== PIXEL_FORMAT_MONO12P || adc.bits <= MONO12_BITS;
  const probe = (key: "probeX" | "probeY", along: keyof FrameSize) =>
    checked(
      settingBinding(store, key),
      (value) => value < size()[along] || value === Reg.PROBE_OFF,
      `a pixel of the frame or ${Reg.PROBE_OFF} (off)`,
    );
  return [
    [Reg.REG_ACQUISITION_FRAME_COUNT, settingBinding(store, "frameCount")],
    [
      Reg.REG_PIXEL_FORMAT,
      checked(
        settingBinding(store, "rawFormat"),
        formats,
        "Mono16 or lossless: the codes have more than 12 bits",
      ),
    ],
    [Reg.REG_PROBE_X, probe("probeX", "width")],
    [Reg.REG_PROBE_Y, probe("probeY", "height")],
    [Reg.REG_SIM_TEMPERATURE, settingBinding(store, "temperatureMk", celsius)],
    live(Reg.REG_DEVICE_TEMPERATURE, () => store.present.temperatureMk - CELSIUS_ZERO_MK),
  ];
}
