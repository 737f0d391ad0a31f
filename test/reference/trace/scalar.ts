// f32 arithmetic, one rounding an operation, as WebAssembly's f32x4 lanes do it.

export const f32 = Math.fround;

export function add(a: number, b: number): number {
  return f32(a + b);
}

export function sub(a: number, b: number): number {
  return f32(a - b);
}

export function mul(a: number, b: number): number {
  return f32(a * b);
}

export function div(a: number, b: number): number {
  return f32(a / b);
}

export function sqrt(a: number): number {
  return f32(Math.sqrt(a));
}

/** WebAssembly's pseudo-maximum. */
export function pmax(a: number, b: number): number {
  return a < b ? b : a;
}

/** WebAssembly's pseudo-minimum. */
export function pmin(a: number, b: number): number {
  return b < a ? b : a;
}

export type Triple = readonly [number, number, number];

export function dot(a: Triple, b: Triple): number {
  return add(add(mul(a[0], b[0]), mul(a[1], b[1])), mul(a[2], b[2]));
}

/** a + s b */
export function along(a: Triple, s: number, b: Triple): Triple {
  return [add(a[0], mul(s, b[0])), add(a[1], mul(s, b[1])), add(a[2], mul(s, b[2]))];
}

/** a - s b */
export function without(a: Triple, s: number, b: Triple): Triple {
  return [sub(a[0], mul(s, b[0])), sub(a[1], mul(s, b[1])), sub(a[2], mul(s, b[2]))];
}

/** t d - c */
export function from(t: number, d: Triple, c: Triple): Triple {
  return [sub(mul(t, d[0]), c[0]), sub(mul(t, d[1]), c[1]), sub(mul(t, d[2]), c[2])];
}

export function times(a: Triple, b: Triple): Triple {
  return [mul(a[0], b[0]), mul(a[1], b[1]), mul(a[2], b[2])];
}
