import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { realisedGates } from "../../roic/gate-edges.ts";
import {
  type Binding,
  checked,
  type NumberKey,
  type RegisterBinding,
  whenIdle,
} from "../register-binding.ts";
import type { RegisterTarget } from "../register-target.ts";
import { CELSIUS_ZERO_MK, type SettingsStore } from "../settings.ts";
import type { LidarCalibration } from "./lidar-calibration.ts";
import type { LidarSettings } from "./lidar-settings.ts";

type Store = SettingsStore<LidarSettings>;

const PS_PER_NS = 1000;
const PIXELS_PER_WORD = 2;
/** What the readout logic takes of the pulse period for a pulse. */
const LONGEST_PULSE_SHARE = 0.9;

/** Registers of calibration: they change what the readout logic is told, never what the chip does. */
export function calibrationBindings(
  profile: LidarProfile,
  target: RegisterTarget,
  store: Store,
  timeMap: Int16Array,
): Binding[] {
  const periodNs = 1e9 / profile.emitter.repetitionHz;
  const longestNs = LONGEST_PULSE_SHARE * periodNs;
  const narrowestPs = -PS_PER_NS * Math.min(...realisedGates(profile).widthsNs);
  return [
    [Reg.REG_RESPONSE_TAU, value(store, "tauNs")],
    [Reg.REG_RESPONSE_TAIL_FRACTION, value(store, "tailFraction")],
    [Reg.REG_RESPONSE_TAIL_TAU, value(store, "tailTauNs")],
    [Reg.REG_RESPONSE_ACTIVATION, value(store, "activationEv")],
    [Reg.REG_RESPONSE_TEMPERATURE, value(store, "temperatureMk", CELSIUS_ZERO_MK)],
    [
      Reg.REG_LASER_PULSE_WIDTH,
      checked(
        value(store, "pulseWidthNs"),
        (ns) => ns <= longestNs,
        `at most ${longestNs} ns, 0.9 of the pulse period`,
      ),
    ],
    [Reg.REG_RANGE_TIME_OFFSET, value(store, "timeOffsetNs")],
    [
      Reg.REG_GATE_WIDTH_CORRECTION,
      checked(
        value(store, "gateWidthPs"),
        (ps) => ps > narrowestPs,
        `more than ${narrowestPs} ps, so that gates keep a width`,
      ),
    ],
    [Reg.REG_GATE_CORRECTION_START, value(store, "gateStartPs")],
    [Reg.REG_GATE_CORRECTION_STEP, value(store, "gateStepPs")],
    [Reg.REG_GATE_DELAY_CORRECTION, delayPoints(store)],
    ...timeMapWindow(target, store, timeMap),
  ];
}

function change(store: Store, changes: Partial<LidarCalibration>): number {
  store.change({ calibration: { ...store.present.calibration, ...changes } });
  return STATUS_OK;
}

/** register = value - zero, in the register's unit. */
function value(store: Store, key: NumberKey<LidarCalibration>, zero = 0): RegisterBinding {
  return {
    read: () => store.present.calibration[key] - zero,
    write: (written) => change(store, { [key]: written + zero }),
  };
}

function delayPoints(store: Store): RegisterBinding {
  return {
    read: (index) => store.present.calibration.gateDelaysPs[index] ?? 0,
    write: (ps, index) =>
      change(store, { gateDelaysPs: store.present.calibration.gateDelaysPs.with(index, ps) }),
  };
}

/** The map is the board's memory, not a setting: a frame must not see half of a new one. */
function timeMapWindow(target: RegisterTarget, store: Store, timeMap: Int16Array): Binding[] {
  const at = () => store.present.calibration.timeMapIndex;
  const index = checked(
    value(store, "timeMapIndex"),
    (pixel) => pixel % PIXELS_PER_WORD === 0 && pixel < timeMap.length,
    `an even number below ${timeMap.length}, the pixels of the sensor`,
  );
  const data: RegisterBinding = {
    read: (word) => {
      const first = at() + PIXELS_PER_WORD * word;
      return ((timeMap[first] ?? 0) & 0xffff) + 0x10000 * ((timeMap[first + 1] ?? 0) & 0xffff);
    },
    write: (packed, word) => {
      const first = at() + PIXELS_PER_WORD * word;
      timeMap[first] = packed & 0xffff;
      timeMap[first + 1] = packed >>> 16;
      return STATUS_OK;
    },
  };
  return [
    [Reg.REG_PIXEL_TIME_MAP_INDEX, index],
    [Reg.REG_PIXEL_TIME_MAP_DATA, whenIdle(target, data)],
  ];
}
