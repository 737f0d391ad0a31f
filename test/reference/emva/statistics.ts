// Moments of image pairs and stacks, EMVA 1288 Release 4 Linear, sections 6.4 and 8.2.

/** Mean and temporal variance of a pair, DN and DN^2. */
export interface PairStatistics {
  readonly mean: number;
  readonly variance: number;
}

/** mu_y = mean((A + B)/2), sigma_y^2 = mean((A - B)^2)/2 - (mean A - mean B)^2/2. */
export function pairStatistics(a: ArrayLike<number>, b: ArrayLike<number>): PairStatistics {
  const pixels = a.length;
  let sumA = 0;
  let sumB = 0;
  let squares = 0;
  for (let i = 0; i < pixels; i++) {
    sumA += a[i]!;
    sumB += b[i]!;
    squares += (a[i]! - b[i]!) ** 2;
  }
  const difference = (sumA - sumB) / pixels;
  return { mean: (sumA + sumB) / (2 * pixels), variance: squares / pixels / 2 - difference ** 2 / 2 };
}

/** Spatial variances of the mean image of a stack, DN^2, what temporal noise leaves in it taken out. */
export interface StackStatistics {
  readonly images: number;
  readonly mean: number;
  /** sigma_y.stack^2: temporal variance, mean over the pixels. */
  readonly temporalVariance: number;
  /** s_y^2 = s^2 measured - sigma_stack^2 / L. */
  readonly total: number;
  readonly pixel: number;
  readonly row: number;
  readonly column: number;
}

/** Sums of a stack, pixel by pixel. */
export class Stack {
  readonly #width: number;
  readonly #height: number;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  #images = 0;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#sum = new Float64Array(width * height);
    this.#squares = new Float64Array(width * height);
  }

  add(image: ArrayLike<number>): void {
    this.#images++;
    for (let i = 0; i < this.#sum.length; i++) {
      const value = image[i]!;
      this.#sum[i]! += value;
      this.#squares[i]! += value * value;
    }
  }

  statistics(): StackStatistics {
    const averages = this.#sum.map((sum) => sum / this.#images);
    const mean = meanOf(averages);
    const temporalVariance = this.#temporalVariance();
    const [L, M, N] = [this.#images, this.#height, this.#width];
    const total = sumOfSquares(averages, mean) / (M * N - 1) - temporalVariance / L;
    const { rows, columns } = lineMeans(averages, N, M);
    const columnAverage = sumOfSquares(columns, mean) / N - temporalVariance / (L * M);
    const rowAverage = sumOfSquares(rows, mean) / M - temporalVariance / (L * N);
    const parts = splitVariance({ total, columnAverage, rowAverage, rows: M, columns: N });
    return { images: L, mean, temporalVariance, total, ...parts };
  }

  #temporalVariance(): number {
    const L = this.#images;
    let sum = 0;
    for (let i = 0; i < this.#sum.length; i++) sum += L * this.#squares[i]! - this.#sum[i]! ** 2;
    return sum / (L * (L - 1)) / this.#sum.length;
  }
}

/** Spatial variances of an image without temporal noise, DN^2. */
export function patternStatistics(image: ArrayLike<number>, width: number, height: number): StackStatistics {
  const stack = new Stack(width, height);
  stack.add(image);
  stack.add(image);
  return stack.statistics();
}

interface Averages {
  readonly total: number;
  readonly columnAverage: number;
  readonly rowAverage: number;
  readonly rows: number;
  readonly columns: number;
}

/** Solves the three equations s^2 = pixel + row + column, averaged over columns and over rows, for the parts. */
export function splitVariance({ total, columnAverage, rowAverage, rows: M, columns: N }: Averages) {
  const divisor = M * N - M - N;
  return {
    pixel: ((M * N) / divisor) * (total - columnAverage - rowAverage),
    row: ((M * N - N) / divisor) * rowAverage - (M / divisor) * (total - columnAverage),
    column: ((M * N - M) / divisor) * columnAverage - (N / divisor) * (total - rowAverage),
  };
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

export function sumOfSquares(values: ArrayLike<number>, mean: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2;
  return sum;
}

export function lineMeans(image: ArrayLike<number>, width: number, height: number) {
  const rows = new Float64Array(height);
  const columns = new Float64Array(width);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      rows[row]! += image[at]! / width;
      columns[column]! += image[at]! / height;
    }
  }
  return { rows, columns };
}
