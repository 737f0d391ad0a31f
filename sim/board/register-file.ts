import { REGISTERS, type RegisterEntry } from "../../hw-profiles/interface/register-table.ts";
import { REG_LAST_REFUSAL } from "../../hw-profiles/interface/registers.ts";
import { REGISTER_DATA_MAX } from "../../hw-profiles/interface/reports.ts";
import * as Status from "../../hw-profiles/interface/status.ts";
import { outOfRange, type Refusal, type RegisterBinding, type RegisterBindings } from "./register-binding.ts";

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

/** Settings that a write of several registers may have to take back. */
export interface Restorable {
  /** @returns what puts the present settings back. */
  snapshot(): () => void;
}

/** The register file: addresses, access rights and limits of the contract's table, values of the bindings. */
export class RegisterFile {
  private readonly words = new Map<number, Word>();
  private readonly settings: Restorable;
  private lastRefusal = "";

  /** @throws when a register of the table has no binding. */
  constructor(bindings: RegisterBindings, settings: Restorable) {
    this.settings = settings;
    const own: RegisterBindings = new Map([[REG_LAST_REFUSAL, { read: () => this.lastRefusal }]]);
    for (const entry of REGISTERS) {
      const binding = own.get(entry.address) ?? bindings.get(entry.address);
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

  /** Words are written one after the other; if one is refused, none has changed a setting. */
  write(address: number, data: Uint8Array): number {
    const words = this.select(address, data.length);
    if (typeof words === "number") return words;
    const writes = words.map((word, i) => ({ word, value: decodeWord(word.entry, data, i * WORD_BYTES) }));
    for (const { word, value } of writes) {
      const refusal = outsideOfTable(word, value);
      if (refusal !== undefined) return this.refuse(word, refusal);
    }
    const restore = this.settings.snapshot();
    for (const { word, value } of writes) {
      const refusal = word.binding.check?.(value, word.index);
      const status = refusal ? this.refuse(word, refusal) : word.binding.write?.(value, word.index);
      if (status === Status.STATUS_OK) continue;
      restore();
      return status ?? Status.STATUS_READ_ONLY;
    }
    return Status.STATUS_OK;
  }

  private refuse({ entry }: Word, { status, text }: Refusal): number {
    this.lastRefusal = `${entry.name}: ${text}`;
    return status;
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

function outsideOfTable({ entry, binding }: Word, value: number): Refusal | undefined {
  if (entry.access === "ro" || binding.write === undefined) {
    const text = entry.access === "ro" ? "can only be read" : "is fixed in this mode of the sensor";
    return { status: Status.STATUS_READ_ONLY, text };
  }
  const { min = -Infinity, max = Infinity } = entry;
  const isInside = value >= min && value <= max;
  return isInside ? undefined : outOfRange(`found ${value}, expected ${min} to ${max}`);
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
