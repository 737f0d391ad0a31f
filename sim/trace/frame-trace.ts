// Waveforms of the chip: the row sequencer's machine with ramp, comparators and latches of a few pixels beside it.
// Not modelled: slopes of digital edges, the node's way between reset and sample, settling of the follower.

import type { ExposureSettings } from "../pixel/exposure-maps.ts";
import { Band } from "../pool/band.ts";
import type { ExposureSetup } from "../pool/exposure-job.ts";
import { checkRamp, crossingCount, idealRamp, type RampSpec } from "../roic/adc/single-slope.ts";
import { type FrameTiming, frameTiming } from "../roic/frame-timing.ts";
import { lidarUnits, type SensorListener } from "../roic/sequencer/lidar-program.ts";
import { runMachine } from "../roic/sequencer/machine.ts";
import { type Edge, Outputs } from "../roic/sequencer/outputs.ts";
import { sequencerRegisters } from "../roic/sequencer/registers.ts";
import type { ChipTrace } from "./chip-trace.ts";
import { edgesWithin } from "./edge-rates.ts";
import { PixelSampler } from "./pixel-sampler.ts";
import { type SignalLayout, type TracedPixels, type TracedSignal, tracedPixels } from "./pixel-signals.ts";
import { PixelUnit } from "./pixel-unit.ts";
import { RampUnit } from "./ramp-unit.ts";
import { type CycleWindow, windowContent } from "./trace-length.ts";
import { lidarLayout, lidarTraceSignals } from "./trace-signals.ts";

export interface FrameTraceRequest extends TracedPixels, CycleWindow {
  readonly frames: number;
}

/** Frames 0, 1, ... of a board that has just been switched on. */
export class FrameTrace implements ChipTrace {
  readonly signals: readonly TracedSignal[];
  readonly timing: FrameTiming;
  private readonly setup: ExposureSetup;
  private readonly settings: ExposureSettings;
  private readonly request: FrameTraceRequest;

  /** @throws RangeError when the sequencer cannot run these registers. */
  constructor(setup: ExposureSetup, settings: ExposureSettings, request: FrameTraceRequest) {
    const { adc, array } = setup.profile;
    sequencerRegisters(setup.profile, settings.pulsesPerGate);
    this.setup = setup;
    this.settings = settings;
    this.request = request;
    this.timing = frameTiming(setup.profile, settings.pulsesPerGate);
    this.signals = lidarTraceSignals(array.heightPx, adc.bits, request);
  }

  /** Edges of a signal within the window, an upper bound. */
  expectedEdges(signal: TracedSignal): number {
    return edgesWithin(windowContent(this.timing, this.request.frames, this.request), signal.rate);
  }

  /**
   * Edges by rising time from cycle 0 to the window's end, so that a reader knows all values where its window starts;
   * counter and ramp rest before the window.
   * @param selected machine indices of the signals to give.
   */
  async edges(selected: ReadonlySet<number>): Promise<Iterable<Edge>> {
    const { array } = this.setup.profile;
    const band = await Band.open(this.setup, { firstRow: 0, rows: array.heightPx });
    return this.run(band, selected);
  }

  private run(band: Band, selected: ReadonlySet<number>): Iterable<Edge> {
    const { profile } = this.setup;
    const { adc, array, pixel } = profile;
    const layout = lidarLayout(array.heightPx, this.request);
    const outputs = new Outputs(layout.count, (signal) => selected.has(signal));
    const ramp = idealRamp(adc.bits);
    const voltsPerDn = pixel.swingV / (2 ** adc.bits - adc.pedestalDn);
    const sampler = new PixelSampler(this.setup, this.settings, this.timing, band);
    const seesPixels = [...selected].some((signal) => signal >= layout.pixels);
    const pixelUnit = this.pixelUnit({ layout, outputs, ramp, voltsPerDn, sampler, seesPixels });
    const seesRamp = selected.has(layout.counter) || selected.has(layout.rampV);
    const rampUnit = seesRamp ? new RampUnit(layout, ramp, voltsPerDn) : undefined;
    const registers = sequencerRegisters(profile, this.settings.pulsesPerGate);
    const units = lidarUnits(registers, this.request.frames, this.listener(sampler, pixelUnit, rampUnit));
    const all = rampUnit === undefined ? [...units, pixelUnit] : [...units, rampUnit, pixelUnit];
    return runMachine({ units: all, outputs }, this.request.toCycle);
  }

  private listener(sampler: PixelSampler, pixels: PixelUnit, ramp: RampUnit | undefined): SensorListener {
    const { convertCycles } = this.timing;
    const { fromCycle } = this.request;
    return {
      resetAsserted(_cycle, frame, gate) {
        sampler.plane(frame, gate);
        pixels.resetAsserted();
      },
      exposed: () => pixels.exposed(sampler.frame, sampler.gate),
      sampled(cycle, conversion) {
        pixels.sampled(cycle, conversion);
        if (cycle + convertCycles >= fromCycle) ramp?.start(cycle);
      },
      converted: (_cycle, conversion) => pixels.converted(conversion),
    };
  }

  private pixelUnit(parts: PixelParts): PixelUnit {
    const { layout, outputs, ramp, sampler, voltsPerDn } = parts;
    const { adc, pixel, roic } = this.setup.profile;
    const pixels = parts.seesPixels ? tracedPixels(this.request) : [];
    checkRamp(ramp);
    return new PixelUnit(
      {
        groups: pixels.map(({ row }) => Math.floor(row / roic.adcBanks)),
        layout,
        bits: adc.bits,
        resetV: pixel.swingV,
        read: (ordinal) => {
          const { adcInDn, nodeV } = sampler.levels(pixels[ordinal]!);
          return { nodeV, adcInV: adcInDn * voltsPerDn, count: crossingCount(ramp, adcInDn) };
        },
      },
      outputs,
    );
  }
}

interface PixelParts {
  readonly layout: SignalLayout;
  readonly outputs: Outputs;
  readonly ramp: RampSpec;
  readonly voltsPerDn: number;
  readonly sampler: PixelSampler;
  readonly seesPixels: boolean;
}
