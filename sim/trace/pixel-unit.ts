import type { Conversion } from "../roic/sequencer/conversion-unit.ts";
import type { Unit } from "../roic/sequencer/machine.ts";
import type { Outputs } from "../roic/sequencer/outputs.ts";
import { ADC_IN_V, CODE, COMPARATOR, NODE_V, pixelBase, type SignalLayout } from "./pixel-signals.ts";
import { inNanovolts } from "./ramp-unit.ts";

/** A pixel in one plane. */
export interface PixelReading {
  readonly nodeV: number;
  readonly adcInV: number;
  /** Counter clock at which the ramp has passed the level; 2^bits: never. */
  readonly count: number;
}

export interface PixelUnitOptions {
  /** Row group of every traced pixel, as the layout has them; undefined: no line reads it. */
  readonly groups: readonly (number | undefined)[];
  readonly layout: SignalLayout;
  readonly bits: number;
  /** Node after a reset. */
  readonly resetV: number;
  /** The sample of the `ordinal`-th traced pixel. */
  readonly read: (ordinal: number, conversion: Pick<Conversion, "frame" | "plane">) => PixelReading;
}

interface Crossing {
  readonly cycle: number;
  readonly base: number;
  readonly count: number;
}

/** Nodes, comparators and latches of the traced pixels. Comparators flip where the ramp crosses, solved, not stepped. */
export class PixelUnit implements Unit {
  dueCycle = Infinity;
  private crossings: Crossing[] = [];
  private next = 0;
  private readonly options: PixelUnitOptions;
  private readonly outputs: Outputs;

  constructor(options: PixelUnitOptions, outputs: Outputs) {
    this.options = options;
    this.outputs = outputs;
  }

  fire(cycle: number, outputs: Outputs): void {
    for (; this.crossings[this.next]?.cycle === cycle; this.next++) {
      const { base, count } = this.crossings[this.next]!;
      outputs.set(base + COMPARATOR, 1);
      outputs.set(base + CODE, count);
    }
    this.dueCycle = this.crossings[this.next]?.cycle ?? Infinity;
  }

  /** @param group undefined: all pixels. */
  resetAsserted(group?: number): void {
    const { groups, layout, resetV } = this.options;
    groups.forEach((groupOf, ordinal) => {
      if (group !== undefined && groupOf !== group) return;
      this.outputs.set(pixelBase(layout, ordinal) + NODE_V, inNanovolts(resetV));
    });
  }

  /** The charge of all pixels is complete. */
  exposed(frame: number, plane: number): void {
    const { groups, layout, read } = this.options;
    groups.forEach((_, ordinal) => {
      const { nodeV } = read(ordinal, { frame, plane });
      this.outputs.set(pixelBase(layout, ordinal) + NODE_V, inNanovolts(nodeV));
    });
  }

  sampled(cycle: number, conversion: Conversion): void {
    const { bits, read } = this.options;
    this.crossings = [];
    this.eachOf(conversion.group, (ordinal, base) => {
      const { adcInV, count, nodeV } = read(ordinal, conversion);
      this.outputs.set(base + NODE_V, inNanovolts(nodeV));
      this.outputs.set(base + ADC_IN_V, inNanovolts(adcInV));
      if (count < 2 ** bits) this.crossings.push({ cycle: cycle + count, base, count });
    });
    this.crossings.sort((a, b) => a.cycle - b.cycle || a.base - b.base);
    this.next = 0;
    this.dueCycle = this.crossings[0]?.cycle ?? Infinity;
  }

  /** Comparators fall with the ramp; one that has not flipped leaves the last count. */
  converted({ group }: Conversion): void {
    const flipped = new Set(this.crossings.map(({ base }) => base));
    this.eachOf(group, (_, base) => {
      this.outputs.set(base + COMPARATOR, 0);
      if (!flipped.has(base)) this.outputs.set(base + CODE, 2 ** this.options.bits - 1);
    });
  }

  private eachOf(group: number, use: (ordinal: number, base: number) => void): void {
    const { groups, layout } = this.options;
    groups.forEach((groupOf, ordinal) => {
      if (groupOf === group) use(ordinal, pixelBase(layout, ordinal));
    });
  }
}
