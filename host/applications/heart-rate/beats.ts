/** Beats closer than this share of the mean interval are one beat: its dicrotic peak is none of its own. */
const REFRACTORY_SHARE = 0.6;
/** Beats lower than this share of the median one are none. */
const LEAST_HEIGHT = 0.3;

/** A heart's beats in a record. */
export interface Beats {
  /** Instants of the pulse's maxima, s from the first sample. */
  readonly timesS: readonly number[];
  /** Mean of the intervals as a rate, beats per minute; undefined with fewer than two beats. */
  readonly rateBpm: number | undefined;
  /** Standard error of that mean from the intervals' scatter; undefined with fewer than three intervals. */
  readonly standardErrorBpm: number | undefined;
}

/** Maxima of a band-passed pulse whose rate is about `rateHz`. */
export function findBeats(pulse: Float64Array, sampleRateHz: number, rateHz: number): Beats {
  const apart = (REFRACTORY_SHARE * sampleRateHz) / rateHz;
  const highest = maxima(pulse).sort((a, b) => pulse[b]! - pulse[a]!);
  const kept: number[] = [];
  for (const place of highest) if (kept.every((other) => Math.abs(other - place) >= apart)) kept.push(place);
  const median = pulse[kept[Math.floor(kept.length / 2)] ?? 0] ?? 0;
  const places = kept.filter((place) => pulse[place]! >= LEAST_HEIGHT * median).sort((a, b) => a - b);
  const timesS = places.map((place) => (place + vertex(pulse, place)) / sampleRateHz);
  return { timesS, ...rateOf(timesS) };
}

function maxima(pulse: Float64Array): number[] {
  const places: number[] = [];
  for (let i = 1; i + 1 < pulse.length; i++)
    if (pulse[i]! > 0 && pulse[i]! >= pulse[i - 1]! && pulse[i]! > pulse[i + 1]!) places.push(i);
  return places;
}

function vertex(pulse: Float64Array, i: number): number {
  const [low, middle, high] = [pulse[i - 1]!, pulse[i]!, pulse[i + 1]!];
  const bend = low - 2 * middle + high;
  return bend < 0 ? (0.5 * (low - high)) / bend : 0;
}

function rateOf(timesS: readonly number[]): Pick<Beats, "rateBpm" | "standardErrorBpm"> {
  const intervals = timesS.slice(1).map((time, i) => time - timesS[i]!);
  const count = intervals.length;
  if (count < 1) return { rateBpm: undefined, standardErrorBpm: undefined };
  const meanS = intervals.reduce((sum, value) => sum + value, 0) / count;
  const rateBpm = 60 / meanS;
  if (count < 3) return { rateBpm, standardErrorBpm: undefined };
  const squares = intervals.reduce((sum, value) => sum + (value - meanS) ** 2, 0);
  return { rateBpm, standardErrorBpm: (rateBpm * Math.sqrt(squares / (count - 1) / count)) / meanS };
}
