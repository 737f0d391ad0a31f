import { checkRamp, crossingCount, type RampSpec } from "../roic/adc/single-slope.ts";
import type { Unit } from "../roic/sequencer/machine.ts";
import type { Outputs } from "../roic/sequencer/outputs.ts";
import { inNanovolts } from "./ramp-unit.ts";
import { ADC_IN_V, CODE, COMPARATOR, NODE_V, pixelBase, type SignalLayout } from "./trace-signals.ts";

export interface PixelLevels {
  readonly nodeV: number;
  readonly adcInDn: number;
}

export interface TracedPixel {
  readonly row: number;
  readonly column: number;
}

export interface PixelUnitOptions {
  /** Row by row, as the layout has them. */
  readonly pixels: readonly TracedPixel[];
  readonly layout: SignalLayout;
  readonly ramp: RampSpec;
  readonly voltsPerDn: number;
  /** Node after a reset. */
  readonly resetV: number;
  readonly rowsPerGroup: number;
  /** The sample of a pixel in the gate plane at hand. */
  readonly levels: (pixel: TracedPixel) => PixelLevels;
}

interface Crossing {
  readonly cycle: number;
  readonly base: number;
  readonly code: number;
}

/** Nodes, comparators and latches of the traced pixels. Comparators flip where the ramp crosses, solved, not stepped. */
export class PixelUnit implements Unit {
  dueCycle = Infinity;
  private crossings: Crossing[] = [];
  private next = 0;
  private readonly options: PixelUnitOptions;
  private readonly outputs: Outputs;

  /** @throws RangeError for a ramp that the crossing cannot be solved on. */
  constructor(options: PixelUnitOptions, outputs: Outputs) {
    checkRamp(options.ramp);
    this.options = options;
    this.outputs = outputs;
  }

  fire(cycle: number, outputs: Outputs): void {
    for (; this.crossings[this.next]?.cycle === cycle; this.next++) {
      const { base, code } = this.crossings[this.next]!;
      outputs.set(base + COMPARATOR, 1);
      outputs.set(base + CODE, code);
    }
    this.dueCycle = this.crossings[this.next]?.cycle ?? Infinity;
  }

  resetAsserted(): void {
    const { layout, pixels, resetV } = this.options;
    pixels.forEach((_, i) => {
      this.outputs.set(pixelBase(layout, i) + NODE_V, inNanovolts(resetV));
    });
  }

  exposed(): void {
    const { layout, levels, pixels } = this.options;
    pixels.forEach((pixel, i) => {
      this.outputs.set(pixelBase(layout, i) + NODE_V, inNanovolts(levels(pixel).nodeV));
    });
  }

  sampled(cycle: number, group: number): void {
    const { levels, ramp, voltsPerDn } = this.options;
    this.crossings = [];
    this.eachOf(group, (pixel, base) => {
      const { adcInDn } = levels(pixel);
      this.outputs.set(base + ADC_IN_V, inNanovolts(adcInDn * voltsPerDn));
      const code = crossingCount(ramp, adcInDn);
      if (code < 2 ** ramp.bits) this.crossings.push({ cycle: cycle + code, base, code });
    });
    this.crossings.sort((a, b) => a.cycle - b.cycle || a.base - b.base);
    this.next = 0;
    this.dueCycle = this.crossings[0]?.cycle ?? Infinity;
  }

  /** Comparators fall with the ramp; one that has not flipped leaves the last count. */
  converted(group: number): void {
    const flipped = new Set(this.crossings.map(({ base }) => base));
    this.eachOf(group, (_, base) => {
      this.outputs.set(base + COMPARATOR, 0);
      if (!flipped.has(base)) this.outputs.set(base + CODE, 2 ** this.options.ramp.bits - 1);
    });
  }

  private eachOf(group: number, use: (pixel: TracedPixel, base: number) => void): void {
    const { layout, pixels, rowsPerGroup } = this.options;
    pixels.forEach((pixel, i) => {
      if (Math.floor(pixel.row / rowsPerGroup) === group) use(pixel, pixelBase(layout, i));
    });
  }
}
