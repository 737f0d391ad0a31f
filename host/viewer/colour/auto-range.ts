import { niceStep, type ScaleKind, type ValueRange } from "./scale.ts";

const LOW_SHARE = 0.01;
const HIGH_SHARE = 0.99;

/**
 * Limits that show nearly all valid values: 1st to 99th percentile, rounded outward.
 * Undefined when there is no finite value.
 */
export function autoRange(values: Float32Array, valid: Uint8Array, kind: ScaleKind): ValueRange | undefined {
  const finite = values.filter((value, pixel) => valid[pixel] === 1 && Number.isFinite(value));
  if (finite.length === 0) return undefined;
  finite.sort();
  const low = finite[Math.floor((finite.length - 1) * LOW_SHARE)]!;
  const high = finite[Math.ceil((finite.length - 1) * HIGH_SHARE)]!;
  return kind === "log" ? roundLog(low, high) : roundLinear(low, high);
}

function roundLinear(low: number, high: number): ValueRange {
  const step = niceStep((high - low || Math.abs(high) || 1) / 20);
  const min = Math.floor(low / step) * step;
  const max = Math.ceil(high / step) * step;
  return { min: tidy(min), max: tidy(max > min ? max : min + step) };
}

function roundLog(low: number, high: number): ValueRange {
  const lowest = Math.max(low, high / 1e5, 1e-6);
  const min = roundDown(lowest);
  const max = roundUp(Math.max(high, lowest));
  return { min: tidy(min), max: tidy(max > min ? max : min * 2) };
}

function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([5, 2, 1].find((d) => d * power <= value) ?? 1) * power;
}

function roundUp(value: number): number {
  return niceStep(value);
}

function tidy(value: number): number {
  return Number(value.toPrecision(6));
}
