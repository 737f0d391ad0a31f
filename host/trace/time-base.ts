const FEMTOSECONDS_PER_SECOND = 10n ** 15n;
/** VCD knows 1, 10 and 100 of a unit. */
const TIMESCALES: readonly (readonly [name: string, femtoseconds: bigint])[] = [
  ["1 ns", 10n ** 6n],
  ["100 ps", 10n ** 5n],
  ["10 ps", 10n ** 4n],
  ["1 ps", 10n ** 3n],
  ["100 fs", 10n ** 2n],
  ["10 fs", 10n],
  ["1 fs", 1n],
];

/** How the times of a trace are told in a VCD file. */
export interface TimeBase {
  /** Text of $timescale. */
  readonly timescale: string;
  /** False when a gate phase is no whole number of femtoseconds: times are then rounded to the next one. */
  readonly isExact: boolean;
  /** Time of cycle + phase / phasesPerCycle in units of the time scale. */
  time(cycle: number, phase: number): bigint;
}

/**
 * The coarsest time scale in which a gate phase, 1 / (clock * phases), is a whole number; 1 fs when there is none.
 * @param clockHz whole hertz.
 */
export function timeBase(clockHz: number, phasesPerCycle: number): TimeBase {
  const phaseHz = BigInt(Math.round(clockHz)) * BigInt(phasesPerCycle);
  const phases = BigInt(phasesPerCycle);
  const isWhole = (unit: bigint) => FEMTOSECONDS_PER_SECOND % (phaseHz * unit) === 0n;
  const exact = TIMESCALES.find(([, unit]) => isWhole(unit));
  const [timescale, unit] = exact ?? TIMESCALES.at(-1)!;
  const divisor = phaseHz * unit;
  return {
    timescale,
    isExact: exact !== undefined,
    time: (cycle, phase) => {
      const scaled = (BigInt(cycle) * phases + BigInt(phase)) * FEMTOSECONDS_PER_SECOND;
      return (scaled + divisor / 2n) / divisor;
    },
  };
}
