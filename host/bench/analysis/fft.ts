/** In place, forward, no scaling. @param real, imaginary of a length that is a power of two. */
export function fft(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  if (n < 1 || (n & (n - 1)) !== 0) throw new RangeError(`found a length of ${n}, expected a power of two`);
  reverseBits(real, imaginary);
  for (let half = 1; half < n; half *= 2) {
    const { cosines, sines } = twiddles(half);
    for (let block = 0; block < n; block += 2 * half) {
      for (let k = 0; k < half; k++) {
        const i = block + k;
        const j = i + half;
        const re = real[j]! * cosines[k]! - imaginary[j]! * sines[k]!;
        const im = real[j]! * sines[k]! + imaginary[j]! * cosines[k]!;
        real[j] = real[i]! - re;
        imaginary[j] = imaginary[i]! - im;
        real[i]! += re;
        imaginary[i]! += im;
      }
    }
  }
}

interface Twiddles {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

const known = new Map<number, Twiddles>();

function twiddles(half: number): Twiddles {
  const found = known.get(half);
  if (found) return found;
  const angle = (k: number) => (-Math.PI * k) / half;
  const made = {
    cosines: Float64Array.from({ length: half }, (_, k) => Math.cos(angle(k))),
    sines: Float64Array.from({ length: half }, (_, k) => Math.sin(angle(k))),
  };
  known.set(half, made);
  return made;
}

function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j]!, real[i]!];
      [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
    }
  }
}
