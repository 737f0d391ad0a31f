// How a register is tied to what stands behind it.

import { STATUS_BUSY, STATUS_OK, STATUS_OUT_OF_RANGE } from "../../hw-profiles/interface/status.ts";
import type { RegisterTarget } from "./register-target.ts";
import type { SettingsStore } from "./settings.ts";

/** Why a write is not taken. */
export interface Refusal {
  /** STATUS_*. */
  readonly status: number;
  /** For people: what was found, what was expected. Without the register's name. */
  readonly text: string;
}

/** What stands behind a register. Elements of an array are told apart by their index. */
export interface RegisterBinding {
  readonly read?: (index: number) => number | string;
  /** Refuse a value that is within the table's limits. */
  readonly check?: (value: number, index: number) => Refusal | undefined;
  /** Take a checked value. Without it, the register cannot be written on this board. */
  readonly write?: (value: number, index: number) => number;
}

export type Binding = readonly [address: number, binding: RegisterBinding];

export type RegisterBindings = ReadonlyMap<number, RegisterBinding>;

/** register = setting * perUnit - zero */
export interface Scale {
  readonly perUnit: number;
  readonly zero: number;
}

export const PLAIN: Scale = { perUnit: 1, zero: 0 };
export const PER_MILLE: Scale = { perUnit: 1000, zero: 0 };
export const PER_MILLION: Scale = { perUnit: 1e6, zero: 0 };

/** Keys of the settings that hold numbers. */
export type NumberKey<Settings> = {
  [Key in keyof Settings]: Settings[Key] extends number ? Key : never;
}[keyof Settings];

export function constant(address: number, value: number | string): Binding {
  return [address, { read: () => value }];
}

export function live(address: number, read: (index: number) => number): Binding {
  return [address, { read }];
}

/** A register that holds one of the settings, as an integer in its own unit. */
export function settingBinding<Settings>(
  store: SettingsStore<Settings>,
  key: NumberKey<Settings>,
  scale: Scale = PLAIN,
): RegisterBinding {
  return {
    read: () => Math.round(Number(store.present[key]) * scale.perUnit) - scale.zero,
    write: (value) => {
      store.change({ [key]: (value + scale.zero) / scale.perUnit } as Partial<Settings>);
      return STATUS_OK;
    },
  };
}

/** @param expected what `accepts` wants, for people. */
export function checked(
  binding: RegisterBinding,
  accepts: (value: number) => boolean,
  expected: string,
): RegisterBinding {
  return {
    ...binding,
    check: (value) => (accepts(value) ? undefined : outOfRange(`found ${value}, expected ${expected}`)),
  };
}

const BUSY: Refusal = {
  status: STATUS_BUSY,
  text: "cannot change while frames are acquired: write AcquisitionStop first",
};

/** A register that shapes the stream. */
export function whenIdle(target: RegisterTarget, binding: RegisterBinding): RegisterBinding {
  return { ...binding, check: (value, index) => (target.isActive ? BUSY : binding.check?.(value, index)) };
}

export function outOfRange(text: string): Refusal {
  return { status: STATUS_OUT_OF_RANGE, text };
}
