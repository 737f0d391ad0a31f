/** Inverse Fourier transform of real series, radix 2, on tables of the own sine and cosine: the same bits everywhere. */
import { cos, sin } from "../math/elementary.ts";

const TWO_PI = 6.283185307179586;

/** exp(2 pi i k / size), k = 0 .. size / 2 - 1. */
interface Twiddles {
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

/** One table a length: few lengths occur, all of them powers of two. */
const tables = new Map<number, Twiddles>();

function twiddles(size: number): Twiddles {
  const known = tables.get(size);
  if (known !== undefined) return known;
  const half = size / 2;
  const cosine = new Float64Array(half);
  const sine = new Float64Array(half);
  for (let k = 0; k < half; k++) {
    cosine[k] = cos((TWO_PI * k) / size);
    sine[k] = sin((TWO_PI * k) / size);
  }
  const table = { cosine, sine };
  tables.set(size, table);
  return table;
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
    if (i >= j) continue;
    const real = re[i]!;
    const imaginary = im[i]!;
    re[i] = re[j]!;
    im[i] = im[j]!;
    re[j] = real;
    im[j] = imaginary;
  }
}

/** z_n = sum over k of Z_k exp(+2 pi i k n / size), in place; `table` is of twice the size. */
function inverseInPlace(re: Float64Array, im: Float64Array, { cosine, sine }: Twiddles): void {
  reverseBits(re, im);
  const n = re.length;
  for (let half = 1; half < n; half *= 2) {
    const stride = n / half;
    for (let start = 0; start < n; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const c = cosine[k * stride]!;
        const s = sine[k * stride]!;
        const a = start + k;
        const b = a + half;
        const x = re[b]! * c - im[b]! * s;
        const y = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a] = re[a]! + x;
        im[a] = im[a]! + y;
      }
    }
  }
}

/** Packs the half spectrum of a real series of 2 n points into a complex one of n: even points real, odd imaginary. */
function packReal(re: Float64Array, im: Float64Array, { cosine, sine }: Twiddles) {
  const n = re.length - 1;
  const packedRe = new Float64Array(n);
  const packedIm = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const evenRe = re[k]! + re[n - k]!;
    const evenIm = im[k]! - im[n - k]!;
    const oddRe = re[k]! - re[n - k]!;
    const oddIm = im[k]! + im[n - k]!;
    const c = cosine[k]!;
    const s = sine[k]!;
    packedRe[k] = evenRe - (oddRe * s + oddIm * c);
    packedIm[k] = evenIm + (oddRe * c - oddIm * s);
  }
  return { re: packedRe, im: packedIm };
}

/**
 * x_n = X_0 + 2 Re sum over 0 < k < N/2 of X_k exp(2 pi i k n / N) + (-1)^n X_(N/2), the first `count` points.
 * `re` and `im` hold X_0 .. X_(N/2) (imaginary parts of the ends 0), N / 2 a power of two.
 */
export function realInverse(re: Float64Array, im: Float64Array, count: number): Float64Array {
  const table = twiddles(2 * (re.length - 1));
  const packed = packReal(re, im, table);
  inverseInPlace(packed.re, packed.im, table);
  const series = new Float64Array(count);
  for (let n = 0; n < count; n++) series[n] = n & 1 ? packed.im[n >> 1]! : packed.re[n >> 1]!;
  return series;
}
