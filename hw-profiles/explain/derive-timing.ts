// What follows for the frame. Equations: docs/physics.md, timing. Whole cycles of the ROIC clock.

import type { LidarProfile } from "../sensor-profile.ts";
import { type DerivedValue, derived, digits } from "./derived-value.ts";

/** Shortest whole number of cycles that is not below a time; 1e-6 of a cycle absorbs decimal fractions. */
function cyclesAtLeast(timeNs: number, clockHz: number): number {
  return Math.ceil((timeNs * clockHz) / 1e9 - 1e-6);
}

function rowTime({ adc, roic }: LidarProfile): { cycles: number; last: number; value: DerivedValue } {
  const settle = cyclesAtLeast(roic.settleNs, adc.clockHz);
  const transfer = cyclesAtLeast(roic.transferNs, adc.clockHz);
  const sample = settle + 2 ** adc.bits;
  const cycles = roic.pipelined ? Math.max(sample, transfer) : sample + transfer;
  const formula = roic.pipelined ? "max(settle + 2^bits, transfer)" : "settle + 2^bits + transfer";
  const numbers = `settle ${settle}, conversion ${2 ** adc.bits}, transfer ${transfer} cycles`;
  return { cycles, last: sample + transfer, value: derived("rowTime", cycles, "cycles", formula, numbers) };
}

/** Pulse period, row, gate, plane and frame times, and the frame rate. */
export function deriveTiming(profile: LidarProfile): DerivedValue[] {
  const { adc, array, emitter, gates, roic } = profile;
  const clock = adc.clockHz;
  const period = Math.round(clock / emitter.repetitionHz);
  const row = rowTime(profile);
  const groups = Math.ceil(array.heightPx / roic.adcBanks);
  const reset = cyclesAtLeast(roic.globalResetNs, clock);
  const gate = reset + gates.pulsesPerGate * period;
  const plane = (groups - 1) * row.cycles + row.last;
  const count = gates.delaysNs.length;
  const frame = count * (gate + plane);
  const planeSteps = `(${groups} - 1) x ${row.cycles} + ${row.last}`;
  return [
    derived(
      "pulsePeriod",
      period,
      "cycles",
      "clock / repetition",
      `${clock} Hz / ${emitter.repetitionHz} Hz`,
    ),
    row.value,
    derived("rowGroups", groups, "1", "rows / ADC banks, rounded up", `${array.heightPx} / ${roic.adcBanks}`),
    derived(
      "gateTime",
      gate,
      "cycles",
      "reset + M x period",
      `${reset} + ${gates.pulsesPerGate} x ${period}`,
    ),
    derived("planeReadTime", plane, "cycles", "(groups - 1) x row + settle + 2^bits + transfer", planeSteps),
    derived("frameTime", frame, "cycles", "K x (gate + plane read)", `${count} x (${gate} + ${plane})`),
    derived("frameRate", clock / frame, "Hz", "clock / frame", `${clock} Hz / ${digits(frame)}`),
  ];
}
