// From fit to bytes: flags, and range, sigma, amplitude and ambient in their line scales.
import { TIME_MAP_NS } from "../../hw-profiles/interface/memory-map.ts";
import {
  PIXEL_BAD,
  PIXEL_INVALID,
  PIXEL_LOW_SIGNAL,
  PIXEL_MISFIT,
  PIXEL_NO_RETURN,
  PIXEL_SATURATED,
  PIXEL_SEVERAL,
  PIXEL_WINDOW,
} from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { fit } from "./fit.ts";
import { insideWindow } from "./scoring.ts";

/** Of the detection threshold at an end of the window: 4.5 becomes 5.4. */
const END_FACTOR: f64 = 1.2;
/** Half the speed of light, m/ns: round-trip time to range. */
export const HALF_LIGHT_M_PER_NS: f64 = 0.149896229;

/** Pixels of the present frame by flag, in the order of the trailer. */
@unmanaged
export class Counters {
  valid: u32 = 0;
  noReturn: u32 = 0;
  lowSignal: u32 = 0;
  saturated: u32 = 0;
  misfit: u32 = 0;
  bad: u32 = 0;
  window: u32 = 0;
}

export const counters = changetype<Counters>(memory.data(offsetof<Counters>()));

/** Writes the counters one after the other. */
export function copyCounters(target: usize): void {
  memory.copy(target, changetype<usize>(counters), offsetof<Counters>());
}

export function clearCounters(): void {
  memory.fill(changetype<usize>(counters), 0, offsetof<Counters>());
}

/** Counts `pixels` pixels that have these flags. */
export function countFlags(flags: u32, pixels: u32): void {
  if ((flags & PIXEL_INVALID) === 0) counters.valid += pixels;
  if ((flags & PIXEL_NO_RETURN) !== 0) counters.noReturn += pixels;
  if ((flags & PIXEL_LOW_SIGNAL) !== 0) counters.lowSignal += pixels;
  if ((flags & PIXEL_SATURATED) !== 0) counters.saturated += pixels;
  if ((flags & PIXEL_MISFIT) !== 0) counters.misfit += pixels;
  if ((flags & PIXEL_BAD) !== 0) counters.bad += pixels;
  if ((flags & PIXEL_WINDOW) !== 0) counters.window += pixels;
}

/** Rounds to the nearest code in 0..65535. */
function code16(value: f64): u16 {
  return u16(u32(max(0.0, min(65535.0, Math.floor(value + 0.5)))));
}

function ambientCode(column: u32, backgroundE: f64): i16 {
  const darkE = f64(load<u16>(setup.darkMap + (column << 1))) * f64(setup.darkScale) * f64(setup.gainE16);
  const code = Math.floor((backgroundE - darkE) / f64(parameters.ambientScale) + 0.5);
  return i16(i32(max(-32768.0, min(32767.0, code))));
}

/** The codes of a return, in the three lines from `lines` on. */
function storeCodes(column: u32, lines: usize, range: f64, sigma: f64, amplitude: f64): void {
  const target = lines + (column << 1);
  store<u16>(target, code16(range));
  store<u16>(target + (setup.width << 1), code16(sigma));
  store<u16>(target + (setup.width << 2), code16(amplitude));
}

function put(column: u32, ambient: i16, flags: u32): void {
  store<i16>(setup.ambientLine + (column << 1), ambient);
  store<u8>(setup.flagsLine + column, u8(flags));
  countFlags(flags, 1);
}

/** A pixel of the defect map. */
export function putBad(column: u32): void {
  storeCodes(column, setup.rangeLine, 0, 0, 0);
  put(column, 0, PIXEL_BAD);
}

/** A pixel without a return: everything it saw is background. */
export function putNoReturn(column: u32, saturated: bool): void {
  storeCodes(column, setup.rangeLine, 0, 0, 0);
  put(column, ambientCode(column, fit.meanE), PIXEL_NO_RETURN | (saturated ? PIXEL_SATURATED : 0));
}

/** Return time less the calibrated offsets of the device and of the pixel, ns. */
function returnTimeNs(column: u32): f64 {
  const pixel = f64(load<i16>(setup.timeMap + (column << 1))) * TIME_MAP_NS;
  return f64(parameters.t0MinNs) + fit.positionNs - f64(parameters.timeOffsetNs) - pixel;
}

/** Whether the fitted amplitude stands out of its own sigma; at an end of the window, where noise gathers, more so. */
export function detected(): bool {
  return isAbove(f64(parameters.detectionSigma) * (insideWindow() ? 1.0 : END_FACTOR));
}

function isAbove(sigmas: f64): bool {
  return fit.amplitudeE * fit.amplitudeE >= sigmas * sigmas * fit.amplitudeVariance;
}

/** The return in `fit`, in the three lines from `lines` on. Gives its range, not rounded. */
export function storeReturn(column: u32, lines: usize): f64 {
  const range = (returnTimeNs(column) * HALF_LIGHT_M_PER_NS) / f64(parameters.rangeScale);
  const sigma = (Math.sqrt(fit.positionVariance) * HALF_LIGHT_M_PER_NS) / f64(parameters.sigmaScale);
  storeCodes(column, lines, range, sigma, fit.amplitudeE / f64(parameters.amplitudeScale));
  return range;
}

/** A pixel with a return, from `fit`. `several`: there are others. */
export function putReturn(column: u32, saturated: bool, several: bool): void {
  const range = storeReturn(column, setup.rangeLine);
  let flags: u32 = saturated ? PIXEL_SATURATED : 0;
  if (several) flags |= PIXEL_SEVERAL;
  if (!isAbove(f64(parameters.lowSignalSigma))) flags |= PIXEL_LOW_SIGNAL;
  if (fit.misfit > f64(parameters.misfitChi2)) flags |= PIXEL_MISFIT;
  if (!insideWindow() || range < 0.0) flags |= PIXEL_WINDOW;
  put(column, ambientCode(column, fit.backgroundE), flags);
}
