// The device's patterns in the converter's memory. They change only when an effect is switched.

import type { EffectsProfile } from "../../hw-profiles/sensor-profile.ts";
import { DEFECT_DEAD, DEFECT_STUCK } from "../pixel/device-patterns.ts";
import {
  columnSteps,
  type DefectPixel,
  defectPixels,
  offsetMapDn,
  type RtsPixel,
  rtsPixels,
} from "../pixel/imaging-patterns.ts";
import { nodeTransfer } from "../pixel/node-transfer.ts";
import { checkRamp, IDEAL_START_DN, rampDn } from "../roic/adc/single-slope.ts";
import {
  type ConverterPlan,
  type ConverterViews,
  OVERRIDE_RECORD_BYTES,
  RTS_RECORD_BYTES,
} from "./convert-plan.ts";
import type { BandLines } from "./output-lines.ts";

const LITTLE_ENDIAN = true;
/** Six roundings of f32. */
const F32_SHARE = 6 * 2 ** -24;

export class ConverterMaps {
  /** Whether the converter's ramp differs from the ideal one. */
  rampBent = false;
  /** Largest error of the kernel's f32 estimate of a crossing, counts. */
  rampError = 0;
  /** Whether the level is not a multiple of the charge. */
  transferBent = false;
  readonly #plan: ConverterPlan;
  readonly #views: ConverterViews;
  #stuck: readonly DefectPixel[] = [];
  #present = "";

  constructor(plan: ConverterPlan, views: ConverterViews) {
    this.#plan = plan;
    this.#views = views;
  }

  /** Fill the maps for these effects, unless they are there. */
  prepare(effects: EffectsProfile): void {
    const { offsetPattern, columnGain, inl, rts, defects, nodeCapacitance, followerNonlinearity } = effects;
    const wanted = JSON.stringify([
      [offsetPattern, columnGain, inl, rts, defects],
      [nodeCapacitance, followerNonlinearity],
    ]);
    if (wanted === this.#present) return;
    const { profile, band } = this.#plan;
    this.#views.offsetDn.set(offsetMapDn(profile, effects, band));
    this.#fillRamp(effects);
    const transfer = nodeTransfer(profile.pixel, effects);
    this.#views.transfer.set(transfer.coefficients);
    this.transferBent = transfer.bent;
    this.#fillRts(rtsPixels(profile, effects, band));
    const found = defectPixels(profile, effects, band);
    this.#fillOverrides(found);
    this.#stuck = found.filter(({ kind }) => kind === DEFECT_STUCK);
    this.#present = wanted;
  }

  /** @throws RangeError for a ramp that does not rise at every clock in every column. */
  #fillRamp(effects: EffectsProfile): void {
    const { bits } = this.#plan.profile.adc;
    const inlDn = effects.inl.on ? effects.inl.pointsDn : [];
    const steps = columnSteps(this.#plan.profile, effects);
    checkRamp({ bits, startDn: IDEAL_START_DN, stepDn: steps.reduce((a, b) => Math.min(a, b)), inlDn });
    this.#views.columnStep.set(steps);
    this.#views.columnInverse.set(steps.map((step) => 1 / step));
    const bend = { bits, startDn: 0, stepDn: 0, inlDn };
    for (let count = 0; count < 2 ** bits; count++) this.#views.inlDn[count] = rampDn(bend, count);
    this.#views.inlNearDn.set(this.#views.inlDn);
    this.rampBent = effects.columnGain.on || inlDn.length > 0;
    this.rampError = estimateError(bits, steps, inlDn);
  }

  #fillRts(pixels: readonly RtsPixel[]): void {
    const { rtsPixels: records, rtsStart } = this.#views;
    this.#checkRoom("telegraph", pixels.length, records.byteLength / RTS_RECORD_BYTES);
    fillStarts(rtsStart, pixels);
    pixels.forEach(({ column, amplitudeE, risePerS, fallPerS }, i) => {
      const at = i * RTS_RECORD_BYTES;
      records.setUint32(at, column, LITTLE_ENDIAN);
      records.setFloat32(at + 4, amplitudeE, LITTLE_ENDIAN);
      records.setFloat64(at + 8, risePerS / (risePerS + fallPerS), LITTLE_ENDIAN);
      records.setFloat64(at + 16, risePerS + fallPerS, LITTLE_ENDIAN);
    });
  }

  #fillOverrides(pixels: readonly DefectPixel[]): void {
    const { overrides, overrideStart, offsetDn } = this.#views;
    const { widthPx } = this.#plan.profile.array;
    this.#checkRoom("dead and stuck", pixels.length, overrides.byteLength / OVERRIDE_RECORD_BYTES);
    fillStarts(overrideStart, pixels);
    pixels.forEach(({ row, column, kind, code }, i) => {
      const levelDn = kind === DEFECT_DEAD ? offsetDn[row * widthPx + column]! : code;
      overrides.setUint32(i * OVERRIDE_RECORD_BYTES, column, LITTLE_ENDIAN);
      overrides.setFloat32(i * OVERRIDE_RECORD_BYTES + 4, levelDn, LITTLE_ENDIAN);
    });
  }

  #checkRoom(what: string, found: number, room: number): void {
    if (found <= room) return;
    throw new RangeError(
      `converter: found ${found} ${what} pixels, expected at most ${room}, those of the profile it was planned with`,
    );
  }

  /** A stuck pixel that stands alone in its bin shows its code, whatever the ramp does. */
  overwriteStuck(codes: Uint16Array, area: BandLines, width: number): void {
    const plane = area.lines * width;
    for (const { row, column, code } of this.#stuck) {
      const line = (row - area.firstRow) / area.rowStep;
      const x = (column - area.firstColumn) / area.columnStep;
      const inside = line >= 0 && line < area.lines && x >= 0 && x < width;
      if (!inside || !Number.isInteger(line) || !Number.isInteger(x)) continue;
      for (let at = line * width + x; at < codes.length; at += plane) codes[at] = code;
    }
  }
}

/**
 * Bound of the error of the kernel's estimate of a crossing, counts: INL is taken at the count where a ramp without INL
 * would cross, at most |INL| / step + 1 counts away; the rest is f32 arithmetic on numbers up to 2^bits.
 */
function estimateError(bits: number, steps: Float64Array, inlDn: readonly number[]): number {
  const slowest = steps.reduce((a, b) => Math.min(a, b));
  const largestDn = inlDn.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const spacing = 2 ** bits / (inlDn.length - 1);
  const steepest = inlDn.reduce((a, b, i) => Math.max(a, i ? Math.abs(b - inlDn[i - 1]!) / spacing : 0), 0);
  return ((largestDn / slowest + 1) * steepest) / slowest + (2 ** bits * F32_SHARE) / slowest;
}

/** Index of each row's first record. */
function fillStarts(starts: Uint32Array, pixels: readonly { readonly row: number }[]): void {
  starts.fill(0);
  for (const { row } of pixels) starts[row + 1]! += 1;
  for (let row = 1; row < starts.length; row++) starts[row]! += starts[row - 1]!;
}
