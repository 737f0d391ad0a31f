/**
 * Axes of a plot. The functions of this folder run in Node for files and, from their own text, in the report's page (see
 * ../page-script.ts): they are function declarations that use nothing but each other and what they are given.
 */

export interface Axis {
  readonly label: string;
  readonly unit: string;
  readonly scale: "linear" | "log";
}

/** Ends of an axis in data units, low first. */
export type AxisRange = readonly [number, number];

export interface Tick {
  readonly value: number;
  readonly text: string;
  /** Decades and multiples that carry a number; the others are short. */
  readonly isMajor: boolean;
}

/** Whether the value can stand on the axis. */
export function isOnAxis(scale: Axis["scale"], value: number): boolean {
  return Number.isFinite(value) && (scale === "linear" || value > 0);
}

/** Range of the values with a margin; a single value gets room on both sides. */
export function axisRange(scale: Axis["scale"], values: readonly number[]): AxisRange {
  const usable = values.filter((value) => isOnAxis(scale, value));
  if (usable.length === 0) return scale === "log" ? [1, 10] : [0, 1];
  const inner = usable.map((value) => (scale === "log" ? Math.log10(value) : value));
  const low = inner.reduce((a, b) => Math.min(a, b));
  const high = inner.reduce((a, b) => Math.max(a, b));
  const margin = high > low ? 0.05 * (high - low) : scale === "log" ? 0.5 : 0.5 * Math.abs(low) || 1;
  // An axis of amounts starts at zero when the data come near it.
  const start = scale === "linear" && low >= 0 && low < 0.35 * high ? 0 : low - margin;
  const end = scale === "linear" && high <= 0 && high > 0.35 * low ? 0 : high + margin;
  return scale === "log" ? [10 ** start, 10 ** end] : [start, end];
}

/** 0 at the low end, 1 at the high one. */
export function axisPosition(scale: Axis["scale"], range: AxisRange, value: number): number {
  const [low, high] = scale === "log" ? [Math.log10(range[0]), Math.log10(range[1])] : range;
  return ((scale === "log" ? Math.log10(value) : value) - low) / (high - low);
}

/** The value at a position of 0..1. */
export function axisValue(scale: Axis["scale"], range: AxisRange, position: number): number {
  if (scale === "linear") return range[0] + position * (range[1] - range[0]);
  return 10 ** (Math.log10(range[0]) + position * Math.log10(range[1] / range[0]));
}

/** About `count` ticks. */
export function axisTicks(scale: Axis["scale"], range: AxisRange, count: number): Tick[] {
  // Less than a decade has too few powers of ten to read.
  if (scale === "linear" || range[1] / range[0] < 12) return linearTicks(range, count);
  return logTicks(range, count);
}

export function linearTicks(range: AxisRange, count: number): Tick[] {
  const rough = (range[1] - range[0]) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? power;
  const ticks: Tick[] = [];
  for (let i = Math.ceil(range[0] / step); i * step <= range[1] * (1 + 1e-12); i++)
    ticks.push({ value: i * step, text: plainNumber(i * step, step), isMajor: true });
  return ticks;
}

export function logTicks(range: AxisRange, count: number): Tick[] {
  const first = Math.floor(Math.log10(range[0]) + 1e-9);
  const last = Math.ceil(Math.log10(range[1]) - 1e-9);
  const stride = Math.max(1, Math.ceil((last - first) / count));
  const ticks: Tick[] = [];
  for (let decade = first; decade <= last; decade++) {
    const isMajor = (decade - first) % stride === 0;
    for (const factor of stride > 1 ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const value = factor * 10 ** decade;
      if (value < range[0] * (1 - 1e-9) || value > range[1] * (1 + 1e-9)) continue;
      ticks.push({ value, text: `10^${decade}`, isMajor: isMajor && factor === 1 });
    }
  }
  return ticks;
}

/** As many decimals as the step needs; powers of ten where there would be many zeros. */
export function plainNumber(value: number, step: number): string {
  if (Math.abs(value) < step / 1e6) return "0";
  if (Math.abs(value) >= 1e5 || step < 1e-4) {
    const power = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
    return `${Number((value / 10 ** power).toPrecision(4))}·10^${power}`;
  }
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return value.toFixed(Math.min(8, decimals)).replace("-", "\u2212");
}
