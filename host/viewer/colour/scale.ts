export type ScaleKind = "linear" | "log";

/** Limits of a colour scale, in the component's unit. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** Places values on a colour scale: 0 at min, 1 at max. */
export interface Scale {
  readonly kind: ScaleKind;
  readonly range: ValueRange;
  /** May lie outside of 0..1. */
  position(value: number): number;
  value(position: number): number;
}

const SMALLEST_LOG = 1e-6;

export function makeScale(kind: ScaleKind, range: ValueRange): Scale {
  if (kind === "linear") {
    const span = range.max - range.min || 1;
    return {
      kind,
      range,
      position: (value) => (value - range.min) / span,
      value: (position) => range.min + position * span,
    };
  }
  const low = Math.log(Math.max(range.min, SMALLEST_LOG));
  const span = Math.log(Math.max(range.max, SMALLEST_LOG)) - low || 1;
  return {
    kind,
    range,
    position: (value) => (Math.log(Math.max(value, SMALLEST_LOG)) - low) / span,
    value: (position) => Math.exp(low + position * span),
  };
}

/** Round values on the scale for its legend, `about` of them. */
export function ticks(scale: Scale, about: number): number[] {
  return scale.kind === "linear" ? linearTicks(scale.range, about) : logTicks(scale.range, about);
}

function linearTicks({ min, max }: ValueRange, about: number): number[] {
  const step = niceStep((max - min) / about);
  const count = Math.floor(max / step + 1e-9) - Math.ceil(min / step - 1e-9);
  return Array.from({ length: Math.max(0, count + 1) }, (_, i) => (Math.ceil(min / step - 1e-9) + i) * step);
}

function logTicks({ min, max }: ValueRange, about: number): number[] {
  const low = Math.max(min, SMALLEST_LOG);
  const decades = Math.log10(max / low);
  const digits = decades * 3 > about * 1.5 ? [1] : [1, 2, 5];
  const values: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.log10(max) + 1e-9; exponent++) {
    for (const digit of digits) values.push(digit * 10 ** exponent);
  }
  return values.filter((value) => value >= low * 0.999 && value <= max * 1.001);
}

/** 1, 2 or 5 times a power of ten, at least `step`. */
export function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step > 0 ? step : 1));
  const digit = [1, 2, 5, 10].find((d) => d * power >= step * (1 - 1e-9)) ?? 10;
  return digit * power;
}
