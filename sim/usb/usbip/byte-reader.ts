/** Cuts a byte stream into the pieces that its reader asks for. */
export class ByteReader {
  #parts: Buffer[] = [];
  #length = 0;

  push(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  /** The next `length` bytes, which stay; undefined until all have come. */
  peek(length: number): Buffer | undefined {
    if (this.#length < length) return undefined;
    if ((this.#parts[0]?.length ?? 0) < length) this.#parts = [Buffer.concat(this.#parts)];
    return (this.#parts[0] ?? Buffer.alloc(0)).subarray(0, length);
  }

  /** As peek(); they are gone then. */
  take(length: number): Buffer | undefined {
    const bytes = this.peek(length);
    if (bytes === undefined || length === 0) return bytes;
    this.#parts[0] = this.#parts[0]!.subarray(length);
    this.#length -= length;
    if (this.#parts[0].length === 0) this.#parts.shift();
    return bytes;
  }
}
