import { badPly, PLY_TYPE_BYTES, type PlyType } from "./ply-header.ts";

/** Hands out the values of a PLY body one after the other, whatever its format. Throws SceneError at the end. */
export interface PlyValues {
  next(type: PlyType): number;
  /** The least bytes that one value of the type takes. */
  leastBytes(type: PlyType): number;
  /** Bytes that are left. */
  readonly left: number;
}

export class BinaryValues implements PlyValues {
  readonly #scene: string;
  readonly #view: DataView;
  readonly #little: boolean;
  #at: number;

  constructor(scene: string, bytes: Uint8Array, start: number, little: boolean) {
    this.#scene = scene;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
    this.#little = little;
  }

  get left(): number {
    return this.#view.byteLength - this.#at;
  }

  leastBytes(type: PlyType): number {
    return PLY_TYPE_BYTES[type];
  }

  next(type: PlyType): number {
    const at = this.#at;
    this.#at += PLY_TYPE_BYTES[type];
    if (this.#at > this.#view.byteLength) throw badPly(this.#scene, "the end of the file", `a ${type} value`);
    return this.#read(type, at);
  }

  #read(type: PlyType, at: number): number {
    switch (type) {
      case "i8":
        return this.#view.getInt8(at);
      case "u8":
        return this.#view.getUint8(at);
      case "i16":
        return this.#view.getInt16(at, this.#little);
      case "u16":
        return this.#view.getUint16(at, this.#little);
      case "i32":
        return this.#view.getInt32(at, this.#little);
      case "u32":
        return this.#view.getUint32(at, this.#little);
      case "f32":
        return this.#view.getFloat32(at, this.#little);
      case "f64":
        return this.#view.getFloat64(at, this.#little);
    }
  }
}

export class TextValues implements PlyValues {
  readonly #scene: string;
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(scene: string, bytes: Uint8Array, start: number) {
    this.#scene = scene;
    this.#bytes = bytes;
    this.#at = start;
  }

  get left(): number {
    // The last value needs no separator.
    return this.#bytes.length - this.#at + 1;
  }

  leastBytes(): number {
    return 2;
  }

  next(): number {
    const bytes = this.#bytes;
    while (this.#at < bytes.length && bytes[this.#at]! <= 32) this.#at++;
    const start = this.#at;
    while (this.#at < bytes.length && bytes[this.#at]! > 32) this.#at++;
    const word = String.fromCharCode(...bytes.subarray(start, Math.min(this.#at, start + 64)));
    const value = Number(word);
    if (word === "" || (Number.isNaN(value) && !/^[+-]?nan$/i.test(word))) {
      throw badPly(
        this.#scene,
        word === "" ? "the end of the file" : `the word ${JSON.stringify(word)}`,
        "a number",
      );
    }
    return value;
  }
}
