import type { Scale } from "./scale.ts";

export interface Histogram {
  /** Valid pixels per bin from scale.range.min to max. */
  readonly bins: Uint32Array;
  readonly below: number;
  readonly above: number;
}

/** Valid values on the scale, in `count` bins of equal length on the screen. */
export function histogram(values: Float32Array, valid: Uint8Array, scale: Scale, count: number): Histogram {
  const bins = new Uint32Array(count);
  let below = 0;
  let above = 0;
  for (let pixel = 0; pixel < values.length; pixel++) {
    if (valid[pixel] === 0) continue;
    const bin = Math.floor(scale.position(values[pixel]!) * count);
    if (bin < 0) below++;
    else if (bin >= count) above++;
    else bins[bin]!++;
  }
  return { bins, below, above };
}
