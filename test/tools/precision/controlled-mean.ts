/** A mean and its standard error. */
export interface Mean {
  readonly mean: number;
  readonly error: number;
}

/**
 * Mean of errors by control variates. Every trial comes with the linear part of its error, whose expectation is exactly 0; not every
 * one with an error. The mean linear part of all trials, times the factor of their regression, is taken off the mean error:
 * that leaves what the mean is expected to be, and takes most of its spread.
 */
export class ControlledMean {
  #trials = 0;
  #n = 0;
  #errors = 0;
  #squares = 0;
  #linear = 0;
  #linearSquares = 0;
  #products = 0;
  /** Of the linear parts that came with an error. */
  #picked = 0;

  /** @param error undefined: the trial has none. */
  add(error: number | undefined, linear: number): void {
    this.#trials++;
    this.#linear += linear;
    this.#linearSquares += linear * linear;
    if (error === undefined) return;
    this.#n++;
    this.#errors += error;
    this.#squares += error * error;
    this.#products += error * linear;
    this.#picked += linear;
  }

  /** Without the linear part. */
  get plain(): Mean {
    return this.#with(0);
  }

  get controlled(): Mean {
    const covariance = this.#products - (this.#errors / this.#n) * this.#picked;
    return this.#with(covariance / this.#linearSpread);
  }

  get #linearSpread(): number {
    return this.#linearSquares - this.#linear ** 2 / this.#trials;
  }

  /** Of the sum over trials of (error - mean error where there is one) - factor x linear part. */
  #with(factor: number): Mean {
    const n = this.#n;
    const plain = this.#errors / n;
    const spread = this.#squares - n * plain * plain;
    const shared = this.#products - plain * this.#picked;
    const squares = spread - 2 * factor * shared + factor * factor * this.#linearSpread;
    return {
      mean: plain - (factor * this.#linear) / n,
      error: Math.sqrt(Math.max(0, squares)) / n,
    };
  }
}
