import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { Draws } from "../../../sim/random/draws.ts";

const base = loadLidarProfile("inas-lidar-64x48");
const CLOCKS_HZ = [10e6, 40e6, 133e6, 400e6];

/** A small sensor with random rows, banks, bits, clock, phases, times, pipelining, gating, delays and pulses. */
export function randomProfile(seed: number): { profile: LidarProfile; pulses: number; draws: Draws } {
  const draws = new Draws(seed, 200);
  let index = 0;
  const from = (min: number, max: number) => min + draws.integer(index++, max - min + 1);
  const clockHz = CLOCKS_HZ[from(0, CLOCKS_HZ.length - 1)]!;
  const phases = from(1, 8);
  const stepNs = 1e9 / clockHz / phases;
  const periodCycles = from(12, 40);
  const resetCycles = from(1, 9);
  // Times between clock edges are rounded up; whole ones stay.
  const ns = (cycles: number) => ((cycles - (from(0, 1) ? 0.4 : 0)) * 1e9) / clockHz;
  const swept = from(0, 2) === 0;
  const gates = from(1, 4);
  const earlyPhases = from(0, 3 * phases);
  const widthPhases = from(1, 4 * phases);
  const lastPhases = (periodCycles - Math.ceil(earlyPhases / phases)) * phases - widthPhases;
  const delays = Array.from({ length: gates }, (_, gate) => {
    if (swept) return from(-(periodCycles - 1) * phases, resetCycles * phases);
    return gate === 0 ? -earlyPhases : from(-earlyPhases, lastPhases);
  });
  const profile: LidarProfile = {
    ...base,
    array: { ...base.array, heightPx: from(1, 12) },
    adc: { ...base.adc, bits: from(2, 6), clockHz },
    emitter: { ...base.emitter, repetitionHz: clockHz / periodCycles },
    roic: {
      adcBanks: from(1, 5),
      settleNs: ns(from(1, 12)),
      transferNs: ns(from(1, 90)),
      pipelined: from(0, 1) === 1,
      globalResetNs: ns(resetCycles),
      gatePhasesPerClock: phases,
    },
    gates: {
      ...base.gates,
      gating: swept ? "swept-reset" : "film-bias",
      delaysNs: delays.map((delay) => delay * stepNs),
      widthsNs: delays.map(() => widthPhases * stepNs),
    },
  };
  return { profile, pulses: swept ? 1 : from(1, 4), draws };
}
