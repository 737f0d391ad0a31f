import { ABI_VERSION, DEVICE_MAGIC } from "../../hw-profiles/interface/abi.ts";
import * as Memory from "../../hw-profiles/interface/memory-map.ts";
import * as Reg from "../../hw-profiles/interface/registers.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { gainEPerDn } from "../pixel/noise-budget.ts";
import { frameRateHz, frameTiming } from "../roic/frame-timing.ts";
import { realisedGates } from "../roic/gate-edges.ts";
import type { RegisterBinding, RegisterBindings } from "./register-file.ts";
import type { RegisterTarget } from "./register-target.ts";
import { settingBindings } from "./setting-bindings.ts";
import { CELSIUS_ZERO_MK } from "./settings.ts";

const VENDOR_NAME = "cqd-readout simulated board";

type Binding = readonly [address: number, binding: RegisterBinding];

/** Every register of the contract, bound to the board. */
export function registerBindings(target: RegisterTarget): RegisterBindings {
  return new Map([
    ...identity(target),
    ...acquisition(target),
    ...geometry(target.profile),
    ...gates(target),
    ...timing(target),
    ...scales(target.profile),
    ...settingBindings(target),
  ]);
}

function constant(address: number, value: number | string): Binding {
  return [address, { read: () => value }];
}

function live(address: number, read: (index: number) => number): Binding {
  return [address, { read }];
}

function identity({ profile, firmwareVersion }: RegisterTarget): Binding[] {
  return [
    constant(Reg.REG_DEVICE_MAGIC, DEVICE_MAGIC),
    constant(Reg.REG_ABI_VERSION, ABI_VERSION),
    constant(Reg.REG_DEVICE_VENDOR_NAME, VENDOR_NAME),
    constant(Reg.REG_DEVICE_MODEL_NAME, profile.name),
    constant(Reg.REG_DEVICE_SERIAL_NUMBER, profile.serialNumber),
    constant(Reg.REG_DEVICE_FIRMWARE_VERSION, firmwareVersion),
  ];
}

function acquisition(target: RegisterTarget): Binding[] {
  const stop = () => {
    target.stopAcquisition();
    return STATUS_OK;
  };
  return [
    [Reg.REG_ACQUISITION_START, { write: () => target.startAcquisition() }],
    [Reg.REG_ACQUISITION_STOP, { write: stop }],
    live(Reg.REG_ACQUISITION_STATUS, () => target.acquisitionStatus),
    live(Reg.REG_DROPPED_FRAMES, () => target.droppedFrames),
    live(Reg.REG_REPORTS_SENT, () => target.reportsSent),
  ];
}

function geometry({ array, gates: gateProfile }: LidarProfile): Binding[] {
  const filmBias = gateProfile.gating === "film-bias";
  return [
    constant(Reg.REG_SENSOR_WIDTH, array.widthPx),
    constant(Reg.REG_SENSOR_HEIGHT, array.heightPx),
    constant(Reg.REG_WIDTH, array.widthPx),
    constant(Reg.REG_HEIGHT, array.heightPx),
    constant(Reg.REG_OFFSET_X, 0),
    constant(Reg.REG_OFFSET_Y, 0),
    constant(Reg.REG_GATE_COUNT, gateProfile.delaysNs.length),
    constant(Reg.REG_GATING_MODE, filmBias ? Memory.GATING_FILM_BIAS : Memory.GATING_SWEPT_RESET),
  ];
}

const PS_PER_NS = 1000;

function gates(target: RegisterTarget): Binding[] {
  const { profile } = target;
  const edges = realisedGates(profile);
  const swept = profile.gates.gating === "swept-reset";
  const openNs = swept ? 1e9 / profile.emitter.repetitionHz : (edges.widthsNs[0] ?? 0);
  return [
    live(Reg.REG_GATE_DELAY, (gate) => Math.round((edges.delaysNs[gate] ?? 0) * PS_PER_NS)),
    live(Reg.REG_GATE_WIDTH, (gate) => Math.round((edges.widthsNs[gate] ?? 0) * PS_PER_NS)),
    live(Reg.REG_EXPOSURE_TIME, () => Math.round(target.settings.pulsesPerGate * openNs)),
  ];
}

function timing(target: RegisterTarget): Binding[] {
  const present = () => frameTiming(target.profile, target.settings.pulsesPerGate);
  return [
    constant(Reg.REG_DEVICE_CLOCK_FREQUENCY, target.profile.adc.clockHz),
    live(Reg.REG_ROW_TIME, () => present().groupCycles),
    live(Reg.REG_GATE_TIME, () => present().gateCycles),
    live(Reg.REG_PLANE_READ_TIME, () => present().planeReadCycles),
    live(Reg.REG_FRAME_TIME, () => present().frameCycles),
    live(Reg.REG_ACQUISITION_FRAME_RATE, () => Math.round(1000 * frameRateHz(present()))),
    live(Reg.REG_DEVICE_TEMPERATURE, () => target.settings.temperatureMk - CELSIUS_ZERO_MK),
  ];
}

function scales(profile: LidarProfile): Binding[] {
  const { readout } = profile;
  return [
    constant(Reg.REG_SCAN3D_COORDINATE_SCALE, readout.rangeScaleM),
    constant(Reg.REG_SIGMA_SCALE, readout.sigmaScaleM),
    constant(Reg.REG_AMPLITUDE_SCALE, readout.amplitudeScaleE),
    constant(Reg.REG_AMBIENT_SCALE, readout.ambientScaleE),
    constant(Reg.REG_GAIN, gainEPerDn(profile)),
    constant(Reg.REG_SATURATION_LEVEL, profile.adc.saturationDn),
  ];
}
