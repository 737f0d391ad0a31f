// Single and CDS reads of the scalar build, column by column: the numbers are those of direct.ts, operation by operation.
// What is the same for all columns stands in locals, as the loops write to memory and would read it again each time.
import { READ_CDS, READ_SINGLE } from "../../hw-profiles/interface/memory-map.ts";
import { PIXEL_BAD, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { COMPONENT_SIGMA } from "../../hw-profiles/interface/reports.ts";
import { setup } from "../setup.ts";
import { imaging, parameters } from "../views.ts";
import { factors, image } from "./buffers.ts";
import { clippedCode } from "./encode.ts";

/** DN of the offset map's sixteenths. */
const DN_PER_16TH: f32 = 0.0625;

/** Flags of the defect map. Most columns are good: eight at a time. */
function startFlags(flags: usize): void {
  const map = setup.badMap;
  const width = setup.width;
  for (let column: usize = 0; column < width; column += 8) {
    store<u64>(flags + column, 0);
    if (load<u64>(map + column) === 0) continue;
    for (let at = column; at < column + 8; at++) {
      if (load<u8>(map + at) !== 0) store<u8>(flags + at, PIXEL_BAD);
    }
  }
}

/** Flags the columns of a line of reads that are at the saturation level. */
function markSaturated(flags: usize, reads: usize): void {
  for (let column: usize = 0; column < setup.width; column++) {
    if (load<u16>(reads + (column << 1)) < setup.saturationDn) continue;
    store<u8>(flags + column, load<u8>(flags + column) | PIXEL_SATURATED);
  }
}

/**
 * Whether a line is a mere difference: a single read of a straight response, of which no sigma is asked, and which no
 * read takes beyond the largest code.
 */
function isPlain(): bool {
  if (imaging.readMode !== READ_SINGLE || factors.offsetMask === 0) return false;
  if ((parameters.components & COMPONENT_SIGMA) !== 0) return false;
  if (f32(setup.saturationDn) * factors.intensityPerDn + factors.intensityBias >= 65536) return false;
  return imaging.linear1 === 1 && imaging.linear2 === 0 && imaging.linear3 === 0;
}

/** Intensity of a plain line, without its dark signal unless `darkened`; whether a column is saturated. */
export function plainCodes(target: usize, darkened: bool): bool {
  const limit = setup.saturationDn;
  // In sixteenths of a DN, so that code and offset are subtracted as integers: exact, and powers of two change no digit.
  const darkScale: f32 = factors.darkScale * 16;
  const perDn: f32 = factors.intensityPerDn * DN_PER_16TH;
  const bias = factors.intensityBias;
  const samples = setup.samples;
  const offsets = setup.offsetMap;
  const darks = setup.darkMap;
  const end = setup.width << 1;
  let saturated = false;
  for (let at: usize = 0; at < end; at += 2) {
    let code = u32(load<u16>(samples + at));
    if (code >= limit) {
      code = limit;
      saturated = true;
    }
    const difference = f32(i32((code << 4) - load<u16>(offsets + at)));
    const signal = darkened ? difference - f32(load<u16>(darks + at)) * darkScale : difference;
    store<u16>(target + at, u16(u32(signal * perDn + bias)));
  }
  return saturated;
}

/** Intensity and sigma of a line of `last` reads, from the level that they started at: a CDS read or the offset. */
function directCodes(line: usize, last: usize, cds: bool): void {
  const limit = setup.saturationDn;
  const linear1 = imaging.linear1;
  const linear2 = imaging.linear2;
  const linear3 = imaging.linear3;
  const shown = factors.offsetMask;
  const darkScale = factors.darkScale;
  const variancePerDn = factors.variancePerDn;
  const shotBend = factors.shotBend;
  const fixedVariance = factors.fixedVariance;
  const flickerScale = factors.flickerScale;
  const flickerBend = factors.flickerBend;
  const perDn = factors.intensityPerDn;
  const bias = factors.intensityBias;
  const sigmaPerDn = factors.sigmaPerDn;
  const starts = cds ? setup.samples : setup.offsetMap;
  const darks = setup.darkMap;
  const intensity = image.intensity + (line << 1);
  const sigma = image.sigma + (line << 1);
  const end = setup.width << 1;
  for (let at: usize = 0; at < end; at += 2) {
    const code = f32(min<u32>(load<u16>(last + at), limit));
    const read = code * (linear1 + code * (linear2 + code * linear3));
    const start = f32(cds ? min<u32>(load<u16>(starts + at), limit) : load<u16>(starts + at));
    const level = cds ? start * (linear1 + start * (linear2 + start * linear3)) : start * DN_PER_16TH;
    const dark = f32(load<u16>(darks + at));
    const difference = read - level;
    const signal = (shown !== 0 ? difference : read) - dark * darkScale;
    const charge: f32 = difference > 0 ? difference : 0;
    const white = charge * (variancePerDn + charge * shotBend) + fixedVariance;
    const variance = white + dark * flickerScale * (1 + charge * flickerBend);
    store<u16>(intensity + at, clippedCode(signal * perDn + bias));
    store<u16>(sigma + at, clippedCode(Mathf.sqrt(variance) * sigmaPerDn + 0.5));
  }
}

/** Computes a line of single or CDS reads into the ring's line at `line`. */
export function directLine(line: usize): void {
  const flags = image.flags + line;
  const cds = imaging.readMode === READ_CDS;
  const last = cds ? setup.samples + (setup.width << 1) : setup.samples;
  startFlags(flags);
  if (isPlain()) {
    if (plainCodes(image.intensity + (line << 1), true)) markSaturated(flags, last);
    return;
  }
  if (cds) directCodes(line, last, true);
  else directCodes(line, last, false);
  markSaturated(flags, last);
  if (cds) markSaturated(flags, setup.samples);
}
