import * as Reg from "../../hw-profiles/interface/registers.ts";
import { PIXEL_FORMAT_MONO12P } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK, STATUS_OUT_OF_RANGE } from "../../hw-profiles/interface/status.ts";
import { frameTiming } from "../roic/frame-timing.ts";
import type { RegisterBinding } from "./register-file.ts";
import type { RegisterTarget } from "./register-target.ts";
import { type BoardSettings, CELSIUS_ZERO_MK } from "./settings.ts";

type Binding = readonly [address: number, binding: RegisterBinding];

/** Largest value that the 32-bit FrameTime register can tell. */
const MAX_FRAME_CYCLES = 0xffffffff;

/** register = setting * perUnit - zero */
interface Scale {
  readonly perUnit: number;
  readonly zero: number;
}

const PLAIN: Scale = { perUnit: 1, zero: 0 };
const PER_MILLE: Scale = { perUnit: 1000, zero: 0 };
const PER_MILLION: Scale = { perUnit: 1e6, zero: 0 };
const CELSIUS: Scale = { perUnit: 1, zero: CELSIUS_ZERO_MK };

const MONO12_BITS = 12;

/** Registers that can be written: each holds one of the board's settings, as an integer in its own unit. */
export function settingBindings(target: RegisterTarget): Binding[] {
  const { array, adc } = target.profile;
  const bind = (key: keyof BoardSettings, scale: Scale = PLAIN) => settingBinding(target, key, scale);
  const mono12Fits = adc.bits <= MONO12_BITS;
  return [
    [Reg.REG_ACQUISITION_FRAME_COUNT, bind("frameCount")],
    [
      Reg.REG_PIXEL_FORMAT,
      checked(bind("rawFormat"), (value) => mono12Fits || value !== PIXEL_FORMAT_MONO12P),
    ],
    [Reg.REG_COMPONENT_ENABLE, bind("components")],
    [Reg.REG_PROBE_X, checked(bind("probeX"), (value) => isProbe(value, array.widthPx))],
    [Reg.REG_PROBE_Y, checked(bind("probeY"), (value) => isProbe(value, array.heightPx))],
    [Reg.REG_PULSES_PER_GATE, checked(bind("pulsesPerGate"), (value) => arePulses(target, value))],
    [Reg.REG_DETECTION_THRESHOLD, bind("detectionSigma", PER_MILLE)],
    [Reg.REG_LOW_SIGNAL_THRESHOLD, bind("lowSignalSigma", PER_MILLE)],
    [Reg.REG_MISFIT_THRESHOLD, bind("misfitChi2", PER_MILLE)],
    [Reg.REG_SIM_AMBIENT, bind("ambientSun", PER_MILLION)],
    [Reg.REG_SIM_TEMPERATURE, bind("temperatureMk", CELSIUS)],
  ];
}

function settingBinding(target: RegisterTarget, key: keyof BoardSettings, scale: Scale): RegisterBinding {
  return {
    read: () => Math.round(target.settings[key] * scale.perUnit) - scale.zero,
    write: (value) => {
      target.change({ [key]: (value + scale.zero) / scale.perUnit });
      return STATUS_OK;
    },
  };
}

function checked(binding: RegisterBinding, accepts: (value: number) => boolean): RegisterBinding {
  return { ...binding, check: (value) => (accepts(value) ? STATUS_OK : STATUS_OUT_OF_RANGE) };
}

function isProbe(value: number, size: number): boolean {
  return value < size || value === Reg.PROBE_OFF;
}

/** A swept reset reads after every pulse; and the frame's length must fit its register. */
function arePulses({ profile }: RegisterTarget, pulses: number): boolean {
  if (profile.gates.gating === "swept-reset" && pulses !== 1) return false;
  return frameTiming(profile, pulses).frameCycles <= MAX_FRAME_CYCLES;
}
