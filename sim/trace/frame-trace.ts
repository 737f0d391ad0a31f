// Waveforms of the chip: the row sequencer's machine with ramp, comparators and latches of a few pixels beside it.
// Not modelled: slopes of digital edges, the node's way between reset and sample, settling of the follower.

import type { ExposureSettings } from "../pixel/exposure-maps.ts";
import { Band } from "../pool/band.ts";
import type { ExposureSetup } from "../pool/exposure-job.ts";
import { checkRamp, crossingCount, idealRamp, type RampSpec } from "../roic/adc/single-slope.ts";
import { cyclesToNs, type FrameTiming, frameTiming } from "../roic/frame-timing.ts";
import { gatedProfile } from "../roic/gated-profile.ts";
import { type LidarTrigger, lidarUnits, type SensorListener } from "../roic/sequencer/lidar-program.ts";
import { runMachine } from "../roic/sequencer/machine.ts";
import { type Edge, Outputs } from "../roic/sequencer/outputs.ts";
import { type SequencerRegisters, sequencerRegisters } from "../roic/sequencer/registers.ts";
import { periodicTrigger, TRIGGER_LATENCY_CYCLES } from "../roic/sequencer/trigger-unit.ts";
import type { ChipTrace } from "./chip-trace.ts";
import { edgesWithin, type WindowContent } from "./edge-rates.ts";
import { PixelSampler } from "./pixel-sampler.ts";
import { type SignalLayout, type TracedPixels, type TracedSignal, tracedPixels } from "./pixel-signals.ts";
import { PixelUnit } from "./pixel-unit.ts";
import { RampUnit } from "./ramp-unit.ts";
import { type CycleWindow, triggeredContent, windowContent } from "./trace-length.ts";
import { lidarLayout, lidarTraceSignals } from "./trace-signals.ts";
import type { TriggerTrain } from "./trigger-train.ts";

export interface FrameTraceRequest extends TracedPixels, CycleWindow {
  readonly frames: number;
  /** Of the trigger that starts every frame; 0: frames run back to back. */
  readonly triggerPeriodCycles: number;
  /** Triggers one by one instead of the generator's. */
  readonly train?: TriggerTrain | undefined;
}

/** Pixels that are looked at, and where their levels come from. */
interface Analog {
  readonly sampler: PixelSampler;
  readonly pixels: PixelUnit;
}

/** Frames 0, 1, ... of a board that has just been switched on. */
export class FrameTrace implements ChipTrace {
  readonly signals: readonly TracedSignal[];
  readonly timing: FrameTiming;
  private readonly setup: ExposureSetup;
  private readonly settings: ExposureSettings;
  private readonly registers: SequencerRegisters;
  private readonly request: FrameTraceRequest;
  private readonly layout: SignalLayout;
  private readonly ramp: RampSpec;
  private readonly content: WindowContent;

  /** @throws RangeError when the sequencer cannot run these registers. */
  constructor(setup: ExposureSetup, settings: ExposureSettings, request: FrameTraceRequest) {
    const { adc, array } = setup.profile;
    this.setup = setup;
    this.settings = settings;
    this.registers = sequencerRegisters(gatedProfile(setup.profile, settings.gates), settings.pulsesPerGate);
    this.request = request;
    this.timing = frameTiming(gatedProfile(setup.profile, settings.gates), settings.pulsesPerGate);
    this.layout = lidarLayout(array.heightPx, request);
    this.ramp = idealRamp(adc.bits);
    checkRamp(this.ramp);
    const isTriggered = request.triggerPeriodCycles > 0 || request.train !== undefined;
    this.signals = lidarTraceSignals(array.heightPx, adc.bits, request, isTriggered);
    this.content = this.contentOf(request);
  }

  /** Edges of a signal within the window, an upper bound. */
  expectedEdges(signal: TracedSignal): number {
    return edgesWithin(this.content, signal.rate);
  }

  /** Of a train: all of it, whatever the window. */
  private contentOf({ frames, train, triggerPeriodCycles: periodCycles }: FrameTraceRequest): WindowContent {
    if (train !== undefined) {
      const content = windowContent(this.timing, frames, { fromCycle: 0, toCycle: Infinity });
      return { ...content, frame: train.pulses.length };
    }
    if (periodCycles === 0) return windowContent(this.timing, frames, this.request);
    const starts = { periodCycles, startCycle: TRIGGER_LATENCY_CYCLES };
    return triggeredContent(this.timing, frames, this.request, starts);
  }

  private startNs(frame: number): number {
    const { clockHz, frameCycles } = this.timing;
    const { train, triggerPeriodCycles } = this.request;
    const periodic =
      triggerPeriodCycles === 0 ? frame * frameCycles : TRIGGER_LATENCY_CYCLES + frame * triggerPeriodCycles;
    return cyclesToNs(train?.startCycles[frame] ?? periodic, clockHz);
  }

  /**
   * Edges by rising time from cycle 0 to the window's end, so that a reader knows all values where its window starts;
   * counter and ramp rest before the window.
   * @param selected machine indices of the signals to give.
   */
  async edges(selected: ReadonlySet<number>): Promise<Iterable<Edge>> {
    const outputs = new Outputs(this.layout.count, (signal) => selected.has(signal));
    // Light and pixels cost far more than the sequencer: only for those who look at them.
    const seesPixels = [...selected].some((signal) => signal >= this.layout.pixels);
    const analog = seesPixels ? await this.analog(outputs) : undefined;
    const seesRamp = selected.has(this.layout.counter) || selected.has(this.layout.rampV);
    const ramp = seesRamp ? new RampUnit(this.layout, this.ramp, this.voltsPerDn) : undefined;
    const units = [
      ...lidarUnits(this.registers, this.request.frames, this.listener(analog, ramp), this.trigger()),
      ...(ramp === undefined ? [] : [ramp]),
      ...(analog === undefined ? [] : [analog.pixels]),
    ];
    return runMachine({ units, outputs }, this.request.toCycle);
  }

  private trigger(): LidarTrigger | undefined {
    const { train, triggerPeriodCycles } = this.request;
    if (train !== undefined) return { pulses: train.pulses };
    return triggerPeriodCycles > 0 ? { pulses: periodicTrigger(triggerPeriodCycles) } : undefined;
  }

  private get voltsPerDn(): number {
    const { adc, pixel } = this.setup.profile;
    return pixel.swingV / (2 ** adc.bits - adc.pedestalDn);
  }

  private listener(analog: Analog | undefined, ramp: RampUnit | undefined): SensorListener {
    const { convertCycles } = this.timing;
    const { fromCycle } = this.request;
    return {
      resetAsserted(_cycle, frame, gate) {
        analog?.sampler.plane(frame, gate);
        analog?.pixels.resetAsserted();
      },
      exposed: () => analog?.pixels.exposed(analog.sampler.frame, analog.sampler.gate),
      sampled(cycle, conversion) {
        analog?.pixels.sampled(cycle, conversion);
        if (cycle + convertCycles >= fromCycle) ramp?.start(cycle);
      },
      converted: (_cycle, conversion) => analog?.pixels.converted(conversion),
    };
  }

  private async analog(outputs: Outputs): Promise<Analog> {
    const { adc, array, pixel, roic } = this.setup.profile;
    const band = await Band.open(this.setup, { firstRow: 0, rows: array.heightPx });
    const sampler = new PixelSampler(this.setup, this.settings, (frame) => this.startNs(frame), band);
    const traced = tracedPixels(this.request);
    const { ramp, voltsPerDn } = this;
    const pixels = new PixelUnit(
      {
        groups: traced.map(({ row }) => Math.floor(row / roic.adcBanks)),
        layout: this.layout,
        bits: adc.bits,
        resetV: pixel.swingV,
        read: (ordinal) => {
          const { adcInDn, nodeV } = sampler.levels(traced[ordinal]!);
          return { nodeV, adcInV: adcInDn * voltsPerDn, count: crossingCount(ramp, adcInDn) };
        },
      },
      outputs,
    );
    return { sampler, pixels };
  }
}
