import { REGISTERS, type RegisterEntry } from "../../hw-profiles/interface/register-table.ts";
import { REGISTER_DATA_MAX } from "../../hw-profiles/interface/reports.ts";
import * as Status from "../../hw-profiles/interface/status.ts";

/** What stands behind a register. Elements of an array are told apart by their index. */
export interface RegisterBinding {
  readonly read?: (index: number) => number | string;
  /** Refuse a value that is within the table's limits; STATUS_OK to accept. */
  readonly check?: (value: number) => number;
  /** Take a checked value. */
  readonly write?: (value: number) => number;
}

export type RegisterBindings = ReadonlyMap<number, RegisterBinding>;

export interface RegisterRead {
  readonly status: number;
  readonly data: Uint8Array;
}

interface Word {
  readonly entry: RegisterEntry;
  readonly binding: RegisterBinding;
  /** Element of an array, or word of a string. */
  readonly index: number;
}

const WORD_BYTES = 4;

/** The register file: addresses, access rights and limits of the contract's table, values of the bindings. */
export class RegisterFile {
  private readonly words = new Map<number, Word>();

  /** @throws when a register of the table has no binding. */
  constructor(bindings: RegisterBindings) {
    for (const entry of REGISTERS) {
      const binding = bindings.get(entry.address);
      if (binding === undefined)
        throw new Error(`register ${entry.name} is not bound: the board must offer it`);
      const count = (entry.bytes * entry.count) / WORD_BYTES;
      for (let index = 0; index < count; index++) {
        this.words.set(entry.address + index * WORD_BYTES, { entry, binding, index });
      }
    }
  }

  read(address: number, length: number): RegisterRead {
    const words = this.select(address, length);
    if (typeof words === "number") return { status: words, data: new Uint8Array(0) };
    if (words.some((word) => word.entry.access === "wo")) {
      return { status: Status.STATUS_WRITE_ONLY, data: new Uint8Array(0) };
    }
    const data = new Uint8Array(length);
    const view = new DataView(data.buffer);
    words.forEach((word, i) => {
      view.setUint32(i * WORD_BYTES, wordBits(word), true);
    });
    return { status: Status.STATUS_OK, data };
  }

  /** All words are checked before the first one is written. */
  write(address: number, data: Uint8Array): number {
    const words = this.select(address, data.length);
    if (typeof words === "number") return words;
    const values = words.map((word, i) => decodeWord(word.entry, data, i * WORD_BYTES));
    for (const [i, word] of words.entries()) {
      const status = checkWrite(word, values[i]!);
      if (status !== Status.STATUS_OK) return status;
    }
    for (const [i, word] of words.entries()) {
      const status = word.binding.write?.(values[i]!) ?? Status.STATUS_READ_ONLY;
      if (status !== Status.STATUS_OK) return status;
    }
    return Status.STATUS_OK;
  }

  private select(address: number, length: number): Word[] | number {
    if (length < WORD_BYTES || length > REGISTER_DATA_MAX || length % WORD_BYTES !== 0) {
      return Status.STATUS_BAD_LENGTH;
    }
    const words: Word[] = [];
    for (let at = address; at < address + length; at += WORD_BYTES) {
      const word = this.words.get(at);
      if (word === undefined) return Status.STATUS_BAD_ADDRESS;
      words.push(word);
    }
    return words;
  }
}

function checkWrite({ entry, binding }: Word, value: number): number {
  if (entry.access === "ro") return Status.STATUS_READ_ONLY;
  const inside = value >= (entry.min ?? -Infinity) && value <= (entry.max ?? Infinity);
  if (!inside) return Status.STATUS_OUT_OF_RANGE;
  return binding.check?.(value) ?? Status.STATUS_OK;
}

function decodeWord(entry: RegisterEntry, data: Uint8Array, offset: number): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (entry.type === "f32") return view.getFloat32(offset, true);
  return entry.type === "i32" ? view.getInt32(offset, true) : view.getUint32(offset, true);
}

/** Text is padded with zero bytes, and cut where it is longer than its register. */
function wordBits({ entry, binding, index }: Word): number {
  const value = binding.read?.(index) ?? 0;
  const view = new DataView(new ArrayBuffer(WORD_BYTES));
  if (typeof value === "string") {
    const bytes = new TextEncoder().encode(value).subarray(0, entry.bytes);
    new Uint8Array(view.buffer).set(bytes.subarray(index * WORD_BYTES, (index + 1) * WORD_BYTES));
  } else if (entry.type === "f32") view.setFloat32(0, value, true);
  else view.setUint32(0, value, true);
  return view.getUint32(0, true);
}
