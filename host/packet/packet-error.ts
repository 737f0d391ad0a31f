export type PacketErrorCode =
  | "length"
  | "report-id"
  | "kind"
  | "crc"
  | "limit"
  | "inconsistent"
  | "operation"
  | "address";

/** Bytes from a device that are not what the contract says. The message names what was found and expected. */
export class PacketError extends Error {
  override readonly name = "PacketError";
  readonly code: PacketErrorCode;
  readonly found: string;
  readonly expected: string;

  constructor(code: PacketErrorCode, what: string, found: string | number, expected: string | number) {
    super(`${what}: found ${found}, expected ${expected}`);
    this.code = code;
    this.found = String(found);
    this.expected = String(expected);
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Little-endian u32 of bytes that have no view of their own. */
export function u32At(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

/** Throws a PacketError when `bytes` is shorter than `length`. */
export function requireLength(what: string, bytes: Uint8Array, length: number): void {
  if (bytes.length < length)
    throw new PacketError("length", `${what} is too short`, `${bytes.length} bytes`, `at least ${length}`);
}

/** Throws a PacketError unless the first byte is `id`. */
export function requireReportId(what: string, bytes: Uint8Array, id: number): void {
  if (bytes[0] !== id)
    throw new PacketError("report-id", `${what} has the wrong report id`, bytes[0] ?? "none", id);
}

export function hex(value: number, digits = 8): string {
  return `0x${(value >>> 0).toString(16).padStart(digits, "0")}`;
}
