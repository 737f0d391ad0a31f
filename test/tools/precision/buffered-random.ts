import { Random } from "../../firmware/support/random.ts";

const BUFFER = 4096;

/** Random, with its uniform numbers drawn in blocks: the same kind of numbers at several times the speed, other values. */
export class BufferedRandom extends Random {
  readonly #state: Int32Array;
  readonly #buffer = new Float64Array(BUFFER);
  #next = BUFFER;

  constructor(seed: number) {
    super(seed);
    this.#state = Int32Array.of(seed, 0x9e3779b9, 0x243f6a88, 1);
    this.#fill();
    this.#next = BUFFER;
  }

  /** sfc32 (Doty-Humphrey) on whole numbers that need no memory of their own. */
  #fill(): void {
    let [a, b, c, count] = this.#state as unknown as [number, number, number, number];
    for (let i = 0; i < BUFFER; i++) {
      const t = (((a + b) | 0) + count) | 0;
      count = (count + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + t) | 0;
      this.#buffer[i] = ((t >>> 0) + 0.5) / 4294967296;
    }
    this.#state.set([a, b, c, count]);
    this.#next = 0;
  }

  override uniform(): number {
    if (this.#next === BUFFER) this.#fill();
    return this.#buffer[this.#next++]!;
  }
}
