import { type RampSpec, rampDn } from "../roic/adc/single-slope.ts";
import type { Unit } from "../roic/sequencer/machine.ts";
import type { Outputs } from "../roic/sequencer/outputs.ts";
import type { SignalLayout } from "./pixel-signals.ts";

/** Counter and ramp voltage, clock by clock. Idle unless somebody looks at them. */
export class RampUnit implements Unit {
  dueCycle = Infinity;
  private startCycle = 0;
  private readonly layout: SignalLayout;
  private readonly ramp: RampSpec;
  private readonly voltsPerDn: number;

  constructor(layout: SignalLayout, ramp: RampSpec, voltsPerDn: number) {
    this.layout = layout;
    this.ramp = ramp;
    this.voltsPerDn = voltsPerDn;
  }

  start(cycle: number): void {
    this.startCycle = cycle;
    this.dueCycle = cycle;
  }

  fire(cycle: number, outputs: Outputs): void {
    const count = cycle - this.startCycle;
    if (count === 2 ** this.ramp.bits) {
      outputs.set(this.layout.counter, 0);
      outputs.set(this.layout.rampV, 0);
      this.dueCycle = Infinity;
      return;
    }
    outputs.set(this.layout.counter, count);
    outputs.set(this.layout.rampV, inNanovolts(rampDn(this.ramp, count) * this.voltsPerDn));
    this.dueCycle = cycle + 1;
  }
}

/** Volts in whole nanovolts, so that a trace's text tells a voltage exactly. */
export function inNanovolts(volts: number): number {
  return Math.round(volts * 1e9) / 1e9;
}
