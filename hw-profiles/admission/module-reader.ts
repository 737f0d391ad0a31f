/** A module that this reader does not understand, although the engine may. */
export class MalformedModule extends Error {
  override readonly name = "MalformedModule";
  /** Byte of the module. */
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Longest encodings of a signed integer, bytes. */
export const SIGNED_32_BYTES = 5;
export const SIGNED_64_BYTES = 10;

/** Cursor on the bytes of a module, from `at` to `end`. Every read throws MalformedModule at the end. */
export class ModuleReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  u8(): number {
    const byte = this.at < this.end ? this.bytes[this.at] : undefined;
    if (byte === undefined) throw new MalformedModule(this.at, "ends in the middle of something");
    this.at++;
    return byte;
  }

  /** Unsigned LEB128 of 32 bits. */
  u32(): number {
    const start = this.at;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value > 0xffffffff) break;
        return value;
      }
    }
    throw new MalformedModule(start, "has an integer of more than 32 bits");
  }

  /** A signed LEB128; exact up to 53 bits, which all that is needed of one is. */
  signed(mostBytes: number): number {
    const start = this.at;
    let value = 0;
    for (let place = 1, count = 1; count <= mostBytes; count++, place *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return byte & 0x40 ? value - place * 128 : value;
    }
    throw new MalformedModule(start, `has an integer of more than ${mostBytes} bytes`);
  }

  skip(count: number): void {
    if (count > this.end - this.at) throw new MalformedModule(this.at, "ends in the middle of something");
    this.at += count;
  }

  /** UTF-8 with its length before it. */
  name(): string {
    const length = this.u32();
    const start = this.at;
    this.skip(length);
    return new TextDecoder().decode(this.bytes.subarray(start, this.at));
  }

  /** `read` as often as the count before it says. */
  vector<T>(read: () => T): T[] {
    const count = this.u32();
    // A count is no promise: an item takes a byte at least.
    if (count > this.end - this.at)
      throw new MalformedModule(this.at, `counts ${count} items that are not there`);
    return Array.from({ length: count }, read);
  }

  /** A reader of the next `count` bytes, which this one leaves behind. */
  part(count: number): ModuleReader {
    const start = this.at;
    this.skip(count);
    return new ModuleReader(this.bytes, start, this.at);
  }
}
