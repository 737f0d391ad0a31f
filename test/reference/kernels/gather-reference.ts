/**
 * Slow reference of the kernel gatherSignal, one number at a time, with the kernel's order of f32 operations: sums over
 * rays or gates run in four lanes (index modulo 4), which are then added as (l0 + l2) + (l1 + l3).
 */
import type { ResponseTable } from "../../../sim/detector/response.ts";
import { exp } from "../../../sim/math/elementary.ts";
import type { GatherOptions } from "../../../sim/pixel/pixel-kernels.ts";
import type { PixelArrays } from "./pixel-arrays.ts";

const f = Math.fround;
const NEAR_ROWS = 8;

interface Ray {
  /** Electrons; 0 for a ray that does not count. */
  readonly weight: number;
  /** Row of the response table. */
  readonly x: number;
}

interface WeightedRow {
  readonly row: number;
  readonly weight: number;
}

function sumInLanes(count: number, valueAt: (index: number) => number): number {
  const lanes = [0, 0, 0, 0];
  for (let index = 0; index < count; index++) lanes[index % 4] = f(lanes[index % 4]! + valueAt(index));
  return f(f(lanes[0]! + lanes[2]!) + f(lanes[1]! + lanes[3]!));
}

function position(rangeM: number, lateRows: number, table: ResponseTable): number {
  const rowsPerMetre = f(2 / 0.299792458 / table.stepNs);
  const x = f(f(rangeM * rowsPerMetre) - f(f(table.t0MinNs / table.stepNs) + lateRows));
  const wrap = f(table.periodNs / table.stepNs);
  if (wrap === 0 || (x >= 0 && x < wrap)) return x;
  const wrapped = f(x - f(wrap * Math.floor(f(x / wrap))));
  return Math.min(Math.max(wrapped, 0), table.rows - 1);
}

function weighRay(arrays: PixelArrays, ray: number, scaleE: number, table: ResponseTable): Ray {
  const rangeM = arrays.hits.rangeM[ray]!;
  const weight = f(f(scaleE * arrays.hits.signalRho[ray]!) / f(rangeM * rangeM));
  const x = position(rangeM, arrays.maps.lateRows[Math.floor(ray / arrays.raysPerPixel)]!, table);
  const valid = rangeM > 0 && weight > 0 && x >= 0 && x <= table.rows - 1;
  return valid ? { weight, x } : { weight: 0, x: 0 };
}

function attenuate(ray: Ray, rangeM: number, extinctionPerM: number): Ray {
  const passed = -2 * extinctionPerM * rangeM < -700 ? 0 : exp(-2 * extinctionPerM * rangeM);
  return ray.weight > 0 ? { weight: f(ray.weight * f(passed)), x: ray.x } : ray;
}

function tentRows(rays: readonly Ray[], first: number, last: number): WeightedRow[] {
  const rows: WeightedRow[] = [];
  for (let row = first; row <= last; row++) {
    const share = ({ weight, x }: Ray) => f(weight * Math.max(f(1 - Math.abs(f(x - row))), 0));
    rows.push({ row, weight: sumInLanes(rays.length, (index) => share(rays[index]!)) });
  }
  return rows;
}

/** Rays far apart: bins in the order in which they were first touched. */
function binnedRows(rays: readonly Ray[], lastRow: number): WeightedRow[] {
  const bins = new Map<number, number>();
  const deposit = (row: number, weight: number) => bins.set(row, f((bins.get(row) ?? 0) + weight));
  for (const { weight, x } of rays) {
    if (!(weight > 0)) continue;
    const cell = Math.min(Math.trunc(x), lastRow - 1);
    const upper = f(weight * f(x - cell));
    deposit(cell, f(weight - upper));
    deposit(cell + 1, upper);
  }
  return [...bins].map(([row, weight]) => ({ row, weight }));
}

/** Rows are chosen before extinction, which can only turn a weight to 0. */
function weightedRows(rays: readonly Ray[], attenuated: readonly Ray[], lastRow: number): WeightedRow[] {
  const positions = rays.filter((ray) => ray.weight > 0).map((ray) => ray.x);
  if (positions.length === 0) return [];
  const first = Math.trunc(Math.min(...positions));
  const last = Math.min(Math.trunc(Math.max(...positions)) + 1, lastRow);
  return last - first < NEAR_ROWS ? tentRows(attenuated, first, last) : binnedRows(attenuated, lastRow);
}

function sumGates(arrays: PixelArrays, pixel: number): number {
  return sumInLanes(arrays.gateStride, (gate) => arrays.meanE[pixel * arrays.gateStride + gate]!);
}

function collect(
  arrays: PixelArrays,
  pixel: number,
  rows: readonly WeightedRow[],
  table: ResponseTable,
): void {
  for (let gate = 0; gate < arrays.gateStride; gate++) {
    let sum = 0;
    for (const { row, weight } of rows) {
      const response = gate < table.gates ? table.values[row * table.gates + gate]! : 0;
      sum = f(sum + f(weight * response));
    }
    arrays.meanE[pixel * arrays.gateStride + gate] = sum;
  }
}

function applyChart(arrays: PixelArrays, pixel: number, chart: NonNullable<GatherOptions["chart"]>): void {
  const sum = sumGates(arrays, pixel);
  const scale = sum > 0 ? f(f(chart.electrons) / sum) : 0;
  const from = pixel * arrays.gateStride;
  for (let at = from; at < from + arrays.gateStride; at++) arrays.meanE[at] = f(arrays.meanE[at]! * scale);
  const ambient = f((chart.electrons * chart.ambientRatio) / arrays.gates);
  arrays.ambientE[pixel] = sum > 0 ? ambient : 0;
}

/** Same results as PixelKernels.gatherSignal, bit for bit. */
export function gatherSignalReference(
  arrays: PixelArrays,
  table: ResponseTable,
  options: GatherOptions,
): void {
  const { firstPixel, count, extinctionPerM, chart } = options;
  const { raysPerPixel, hits, maps } = arrays;
  const inverseRays = f(1 / raysPerPixel);
  for (let pixel = firstPixel; pixel < firstPixel + count; pixel++) {
    const firstRay = pixel * raysPerPixel;
    const scaleE = f(maps.signalScaleE[pixel]! * inverseRays);
    const rays = Array.from({ length: raysPerPixel }, (_, i) =>
      weighRay(arrays, firstRay + i, scaleE, table),
    );
    const attenuated =
      extinctionPerM > 0
        ? rays.map((ray, i) => attenuate(ray, hits.rangeM[firstRay + i]!, extinctionPerM))
        : rays;
    collect(arrays, pixel, weightedRows(rays, attenuated, table.rows - 1), table);
    const ambientRho = f(sumInLanes(raysPerPixel, (i) => hits.ambientRho[firstRay + i]!) * inverseRays);
    arrays.ambientE[pixel] = f(maps.ambientScaleE[pixel]! * ambientRho);
    if (chart) applyChart(arrays, pixel, chart);
    arrays.signalE[pixel] = sumGates(arrays, pixel);
  }
}
