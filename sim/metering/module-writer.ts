/** Unsigned LEB128. */
export function u32Bytes(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  do {
    const low = left % 128;
    left = Math.floor(left / 128);
    bytes.push(left > 0 ? low | 0x80 : low);
  } while (left > 0);
  return bytes;
}

/** Pieces of bytes, put together at the end. */
export class ByteList {
  private readonly pieces: (Uint8Array | readonly number[])[] = [];
  private total = 0;

  get length(): number {
    return this.total;
  }

  add(piece: Uint8Array | readonly number[]): this {
    this.pieces.push(piece);
    this.total += piece.length;
    return this;
  }

  /** The pieces of another list with their length before them. */
  addSized(list: ByteList): this {
    this.add(u32Bytes(list.length));
    for (const piece of list.pieces) this.add(piece);
    return this;
  }

  joined(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.total);
    let at = 0;
    for (const piece of this.pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }
}
