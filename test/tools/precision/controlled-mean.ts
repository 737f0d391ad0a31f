/** A mean and its standard error. */
export interface Mean {
  readonly mean: number;
  readonly error: number;
}

/**
 * Mean of errors by control variates: each comes with its linear part, whose expectation is exactly 0. What is left after
 * that part, times the factor of their regression, is taken off has the same mean and a much smaller spread.
 */
export class ControlledMean {
  #n = 0;
  #errors = 0;
  #squares = 0;
  #linear = 0;
  #linearSquares = 0;
  #products = 0;

  add(error: number, linear: number): void {
    this.#n++;
    this.#errors += error;
    this.#squares += error * error;
    this.#linear += linear;
    this.#linearSquares += linear * linear;
    this.#products += error * linear;
  }

  /** Without the linear part: for errors that were picked, whose linear parts no longer have the mean 0. */
  get plain(): Mean {
    return this.#with(0);
  }

  get controlled(): Mean {
    const n = this.#n;
    const covariance = this.#products - (this.#errors * this.#linear) / n;
    return this.#with(covariance / (this.#linearSquares - this.#linear ** 2 / n));
  }

  #with(factor: number): Mean {
    const n = this.#n;
    const mean = (this.#errors - factor * this.#linear) / n;
    const squares =
      this.#squares - 2 * factor * this.#products + factor * factor * this.#linearSquares - n * mean * mean;
    return { mean, error: Math.sqrt(Math.max(0, squares)) / n };
  }
}
