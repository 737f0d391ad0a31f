import { meanSpectrum } from "../imaging/power-spectrum.ts";

const SEGMENT = 4096;
const FIRST_BIN = 32;

/** All half-overlapping segments of the records, interleaved as meanSpectrum takes them; an even number of them. */
function segments(records: readonly Float64Array[]): Float64Array {
  const starts = records.flatMap((record) => {
    const list: { record: Float64Array; start: number }[] = [];
    for (let start = 0; start + SEGMENT <= record.length; start += SEGMENT / 2) list.push({ record, start });
    return list;
  });
  const count = starts.length - (starts.length % 2);
  const values = new Float64Array(SEGMENT * count);
  for (let s = 0; s < count; s++) {
    const { record, start } = starts[s]!;
    for (let i = 0; i < SEGMENT; i++) values[i * count + s] = record[start + i]!;
  }
  return values;
}

/** Density by bin of the records, one-sided. */
export function density(records: readonly Float64Array[], rateHz: number) {
  return { values: meanSpectrum(segments(records), SEGMENT, 1 / rateHz), stepHz: rateHz / SEGMENT };
}

/** Measured over expected density, mean of each octave from FIRST_BIN up to half of the rate. */
export function octaveRatios(
  records: readonly Float64Array[],
  rateHz: number,
  expectedAt: (hz: number) => number,
): number[] {
  const { values, stepHz } = density(records, rateHz);
  const ratios: number[] = [];
  for (let from = FIRST_BIN; from < SEGMENT / 2; from *= 2) {
    let sum = 0;
    for (let k = from; k < 2 * from; k++) sum += values[k]! / expectedAt(k * stepHz);
    ratios.push(sum / from);
  }
  return ratios;
}
