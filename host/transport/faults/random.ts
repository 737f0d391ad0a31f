/** sfc32 (C. Doty-Humphrey, PractRand): a small generator; each stream of a seed is a sequence of its own. */
export class Random {
  #a: number;
  #b: number;
  #c = 0x9e3779b9;
  #count = 1;

  /** @param seed u32. @param stream u32. */
  constructor(seed: number, stream: number) {
    this.#a = seed | 0;
    this.#b = stream | 0;
    for (let i = 0; i < 15; i++) this.word();
  }

  /** u32. */
  word(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1), 32 bits. */
  uniform(): number {
    return this.word() / 0x1_0000_0000;
  }

  /** Whole number from 0 to limit - 1; limit at most 2^32. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }
}
