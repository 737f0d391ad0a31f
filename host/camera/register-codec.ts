import { REGISTERS, type RegisterEntry } from "../../hw-profiles/interface/register-table.ts";
import { nearestName } from "../../hw-profiles/resolve/nearest-name.ts";
import { CameraError } from "./camera-error.ts";

/** One number, one string, or as many numbers as the register has elements. */
export type RegisterValue = number | string | readonly number[];

const BY_NAME = new Map(REGISTERS.map((entry) => [entry.name, entry]));

/** @throws CameraError with the nearest name when there is no such register. */
export function findRegister(name: string): RegisterEntry {
  const entry = BY_NAME.get(name);
  if (entry) return entry;
  const near = nearestName(name, [...BY_NAME.keys()]);
  const hint = near ? `; did you mean ${near}?` : "";
  throw new CameraError(
    "register",
    `found no register of the name "${name}", expected one that \`cqd reg list\` shows${hint}`,
  );
}

/** The bytes of a register as a value in the register's own unit. */
export function decodeRegister(entry: RegisterEntry, bytes: Uint8Array): RegisterValue {
  if (entry.type === "string") return new TextDecoder().decode(bytes).replace(/\0.*$/s, "");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Array.from({ length: entry.count }, (_, i) => {
    if (entry.type === "f32") return view.getFloat32(4 * i, true);
    return entry.type === "i32" ? view.getInt32(4 * i, true) : view.getUint32(4 * i, true);
  });
  return entry.count === 1 ? values[0]! : values;
}

/**
 * The bytes to write for a value.
 * @throws CameraError when the register is read-only, or the value has the wrong type, count or range.
 */
export function encodeRegister(entry: RegisterEntry, value: RegisterValue): Uint8Array {
  if (entry.access === "ro") throw new CameraError("register", `${entry.name} is read-only`);
  if (entry.type === "string") return encodeText(entry, value);
  const values = typeof value === "object" ? value : [value];
  if (values.length !== entry.count)
    throw new CameraError(
      "register",
      `${entry.name}: found ${values.length} values, expected ${entry.count}`,
    );
  const bytes = new Uint8Array(4 * entry.count);
  const view = new DataView(bytes.buffer);
  values.forEach((element, i) => {
    const number = checkNumber(entry, element);
    if (entry.type === "f32") view.setFloat32(4 * i, number, true);
    else if (entry.type === "i32") view.setInt32(4 * i, number, true);
    else view.setUint32(4 * i, number, true);
  });
  return bytes;
}

function encodeText(entry: RegisterEntry, value: RegisterValue): Uint8Array {
  const text = new TextEncoder().encode(String(value));
  if (text.length > entry.bytes)
    throw new CameraError(
      "register",
      `${entry.name}: found ${text.length} bytes, expected at most ${entry.bytes}`,
    );
  const bytes = new Uint8Array(entry.bytes);
  bytes.set(text);
  return bytes;
}

const TYPE_LIMITS = {
  u32: [0, 0xffff_ffff],
  i32: [-0x8000_0000, 0x7fff_ffff],
  f32: [-Infinity, Infinity],
} as const;

function checkNumber(entry: RegisterEntry, value: string | number): number {
  if (entry.type === "string") throw new CameraError("register", `${entry.name} holds text`);
  const [low, high] = TYPE_LIMITS[entry.type];
  const min = Math.max(low, entry.min ?? low);
  const max = Math.min(high, entry.max ?? high);
  const isWhole = entry.type === "f32" || Number.isInteger(value);
  if (typeof value === "number" && value >= min && value <= max && isWhole) return value;
  const kind = entry.type === "f32" ? "a number" : "a whole number";
  const unit = entry.unit ? ` (unit ${entry.unit})` : "";
  throw new CameraError("register", `${entry.name}: found ${value}, expected ${kind} ${min}..${max}${unit}`);
}
