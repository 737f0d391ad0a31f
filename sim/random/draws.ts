import { exp } from "../math/exponential.ts";
import { normalFromWord } from "./normal.ts";
import { keyOfSeed, philoxWord } from "./philox.ts";

const TWO_TO_MINUS_32 = 2.3283064365386963e-10;

/**
 * Random numbers that belong to an index (a pixel, a column) of one stream under one seed: asking again, in any order,
 * gives the same number. `component` separates several numbers of the same index.
 */
export class Draws {
  readonly #keyLow: number;
  readonly #keyHigh: number;
  readonly #stream: number;

  /** `seed` modulo 2^64; `stream` from streams.ts. */
  constructor(seed: number | bigint, stream: number) {
    const key = keyOfSeed(BigInt(seed));
    this.#keyLow = key.low;
    this.#keyHigh = key.high;
    this.#stream = stream;
  }

  /** A random u32. */
  word(index: number, component = 0): number {
    return philoxWord(index, component, this.#stream, this.#keyLow, this.#keyHigh);
  }

  /** Uniform in (0, 1): the middle of one of 2^32 equal cells. */
  uniform(index: number, component = 0): number {
    return (this.word(index, component) + 0.5) * TWO_TO_MINUS_32;
  }

  /** Standard normal. */
  normal(index: number, component = 0): number {
    return normalFromWord(this.word(index, component));
  }

  /** Lognormal with mean 1 and natural-log standard deviation `sigma`. */
  lognormal(index: number, sigma: number, component = 0): number {
    return exp(sigma * this.normal(index, component) - 0.5 * sigma * sigma);
  }

  /** Integer in 0..bound-1, bound <= 2^21; the bias is below bound / 2^32. */
  integer(index: number, bound: number, component = 0): number {
    return Math.floor(this.word(index, component) * bound * TWO_TO_MINUS_32);
  }
}
