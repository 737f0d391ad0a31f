// Waveforms of the chip: the row sequencer's machine with ramp, comparators and latches of a few pixels beside it.
// Not modelled: slopes of digital edges, the node's way between reset and sample, settling of the follower.

import type { ExposureSettings } from "../pixel/exposure-maps.ts";
import { Band } from "../pool/band.ts";
import type { ExposureSetup } from "../pool/exposure-job.ts";
import { idealRamp } from "../roic/adc/single-slope.ts";
import { type FrameTiming, frameTiming } from "../roic/frame-timing.ts";
import { lidarUnits, type SensorListener } from "../roic/sequencer/lidar-program.ts";
import { runMachine } from "../roic/sequencer/machine.ts";
import { type Edge, Outputs } from "../roic/sequencer/outputs.ts";
import { sequencerRegisters } from "../roic/sequencer/registers.ts";
import { PixelSampler } from "./pixel-sampler.ts";
import { PixelUnit, type TracedPixel } from "./pixel-unit.ts";
import { RampUnit } from "./ramp-unit.ts";
import { type CycleWindow, edgesWithin, windowContent } from "./trace-length.ts";
import { signalLayout, type TracedPixels, type TracedSignal, traceSignals } from "./trace-signals.ts";

export interface FrameTraceRequest extends TracedPixels, CycleWindow {
  readonly frames: number;
}

/** Frames 0, 1, ... of a board that has just been switched on. */
export class FrameTrace {
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
    this.signals = traceSignals(array.heightPx, adc.bits, request);
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
    const { adc, array, pixel, roic } = profile;
    const layout = signalLayout(array.heightPx, this.request);
    const outputs = new Outputs(layout.count, (signal) => selected.has(signal));
    const ramp = idealRamp(adc.bits);
    const voltsPerDn = pixel.swingV / (2 ** adc.bits - adc.pedestalDn);
    const sampler = new PixelSampler(this.setup, this.settings, this.timing, band);
    const pixelUnit = new PixelUnit(
      {
        pixels: [...selected].some((signal) => signal >= layout.pixels) ? this.pixels() : [],
        layout,
        ramp,
        voltsPerDn,
        resetV: pixel.swingV,
        rowsPerGroup: roic.adcBanks,
        levels: (traced) => sampler.levels(traced),
      },
      outputs,
    );
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
      exposed: () => pixels.exposed(),
      sampled(cycle, { group }) {
        pixels.sampled(cycle, group);
        if (cycle + convertCycles >= fromCycle) ramp?.start(cycle);
      },
      converted: (_cycle, { group }) => pixels.converted(group),
    };
  }

  private pixels(): TracedPixel[] {
    const { columns, rows } = this.request;
    const pixels: TracedPixel[] = [];
    for (let row = rows.first; row < rows.end; row++) {
      for (let column = columns.first; column < columns.end; column++) pixels.push({ row, column });
    }
    return pixels;
  }
}
