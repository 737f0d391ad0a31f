/** Seeded random numbers for statistical tests, on their own: nothing of the simulator is used to judge the firmware. */
export class Random {
  #a: number;
  #b = 0x9e3779b9;
  #c = 0x243f6a88;
  #count = 1;
  #spare: number | undefined;

  constructor(seed: number) {
    this.#a = seed >>> 0;
    for (let i = 0; i < 16; i++) this.word();
  }

  /** 32 bits (sfc32, Doty-Humphrey). */
  word(): number {
    const t = (this.#a + this.#b + this.#count) >>> 0;
    this.#count = (this.#count + 1) >>> 0;
    this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) >>> 0;
    return t;
  }

  /** Uniform in (0, 1). */
  uniform(): number {
    return (this.word() + 0.5) / 4294967296;
  }

  /** Whole number in 0..limit-1. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  /** Standard normal (polar method, Marsaglia). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spare = v * factor;
      return u * factor;
    }
  }

  /** Poisson by inversion below 15, by transformed rejection above (PTRS, Hormann 1993): exact in both. */
  poisson(mean: number): number {
    if (mean < 15) return this.#poissonSmall(mean);
    const b = 0.931 + 2.53 * Math.sqrt(mean);
    const a = -0.059 + 0.02483 * b;
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    const vr = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = this.uniform();
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= vr) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      const density = k * Math.log(mean) - mean - logFactorial(k);
      if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= density) return k;
    }
  }

  #poissonSmall(mean: number): number {
    const limit = Math.exp(-mean);
    let product = this.uniform();
    let k = 0;
    for (; product > limit; k++) product *= this.uniform();
    return k;
  }
}

/** ln k!: Stirling's series, exact to 1e-9 from k = 10 on. */
function logFactorial(k: number): number {
  if (k < 10) {
    let product = 1;
    for (let i = 2; i <= k; i++) product *= i;
    return Math.log(product);
  }
  const x = k + 1;
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + 1 / (12 * x) - 1 / (360 * x ** 3);
}
