import type { Trace } from "../../../host/transport/transport.ts";
import type { BenchRun } from "./icarus.ts";

/** One configuration: the simulator's trace, and the run of the bench that must give the same edges. */
export interface Case {
  readonly title: string;
  /** What it covers, for the test that everything is. */
  readonly covers: readonly string[];
  readonly trace: Trace;
  readonly run: BenchRun;
  /** Column of the first latch of a bank. */
  readonly firstColumn: number;
}

/** Where trigger_in is high. */
export interface TriggerPulse {
  readonly riseCycle: number;
  readonly fallCycle: number;
}

/** Words of the bench for trigger_in: the cycle of each change, the value in bit 31. */
export function triggerWords(pulses: readonly TriggerPulse[]): number[] {
  return pulses.flatMap(({ fallCycle, riseCycle }) => [riseCycle + 2 ** 31, fallCycle]);
}

/** Orders 64-bit integers as the doubles are ordered, so that the bench compares levels exactly. */
export function ordered(level: number): bigint {
  const bits = new BigInt64Array(new Float64Array([level === 0 ? 0 : level]).buffer)[0]!;
  return bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits;
}
