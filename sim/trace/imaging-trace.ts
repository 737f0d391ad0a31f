// Waveforms of the imaging modes: the row sequencer's machine with ramp, comparators and latches of a few pixels beside
// it. Not modelled: slopes of digital edges, the node's way between reset and sample, settling of the follower.

import { ImagingBand } from "../imaging/imaging-band.ts";
import type { ImagingSetup } from "../pool/imaging-job.ts";
import { frameStartCycle, type ImagingTiming, imagingTiming } from "../roic/imaging-timing.ts";
import { checkImagingRegisters } from "../roic/sequencer/imaging-checks.ts";
import { type ImagingListener, imagingUnits } from "../roic/sequencer/imaging-program.ts";
import { runMachine } from "../roic/sequencer/machine.ts";
import { type Edge, Outputs } from "../roic/sequencer/outputs.ts";
import type { ChipTrace } from "./chip-trace.ts";
import { edgesWithin, type WindowContent } from "./edge-rates.ts";
import { acquisitionCycles, imagingContent } from "./imaging-length.ts";
import { ImagingSampler, nominalRamp, type TraceConditions, tracedBand } from "./imaging-sampler.ts";
import { binOf } from "./pixel-bins.ts";
import { type SignalLayout, type TracedPixels, type TracedSignal, tracedPixels } from "./pixel-signals.ts";
import { PixelUnit } from "./pixel-unit.ts";
import { RampUnit } from "./ramp-unit.ts";
import type { CycleWindow } from "./trace-length.ts";
import { imagingLayout, imagingTraceSignals } from "./trace-signals.ts";
import type { TriggerTrain } from "./trigger-train.ts";

/** Rows and columns are those of the sensor. */
export interface ImagingTraceRequest extends TracedPixels, CycleWindow {
  readonly frames: number;
  /** Triggers one by one instead of the generator's; the registers must ask for a trigger. */
  readonly train?: TriggerTrain | undefined;
}

/** Pixels that are looked at, and where their levels come from. */
interface Analog {
  readonly sampler: ImagingSampler;
  readonly pixels: PixelUnit;
}

/** Frames 0, 1, ... of a board that has just been switched on, all under the same settings. */
export class ImagingTrace implements ChipTrace {
  readonly signals: readonly TracedSignal[];
  readonly timing: ImagingTiming;
  private readonly setup: ImagingSetup;
  private readonly conditions: TraceConditions;
  private readonly request: ImagingTraceRequest;
  private readonly layout: SignalLayout;
  private readonly content: WindowContent;

  /** @throws RangeError when the sequencer cannot run these registers. */
  constructor(setup: ImagingSetup, conditions: TraceConditions, request: ImagingTraceRequest) {
    const { adc, array } = setup.profile;
    checkImagingRegisters(conditions.registers);
    this.setup = setup;
    this.conditions = conditions;
    this.request = request;
    this.timing = imagingTiming(conditions.registers);
    this.content = this.contentOf(request);
    this.layout = imagingLayout(array.heightPx, request);
    this.signals = imagingTraceSignals(array.heightPx, adc.bits, request);
  }

  expectedEdges(signal: TracedSignal): number {
    return edgesWithin(this.content, signal.rate);
  }

  /** Of a train: all of it, whatever the window. */
  private contentOf({ frames, train, ...request }: ImagingTraceRequest): WindowContent {
    if (train === undefined) return imagingContent(this.timing, frames, request);
    const all = { fromCycle: 0, toCycle: acquisitionCycles(this.timing, frames) + 1 };
    return { ...imagingContent(this.timing, frames, all), frame: train.pulses.length + 1 };
  }

  async edges(selected: ReadonlySet<number>): Promise<Iterable<Edge>> {
    const outputs = new Outputs(this.layout.count, (signal) => selected.has(signal));
    const seesPixels = [...selected].some((signal) => signal >= this.layout.pixels);
    const analog = seesPixels ? await this.analog(outputs) : undefined;
    const seesRamp = selected.has(this.layout.counter) || selected.has(this.layout.rampV);
    const ramp = seesRamp ? this.rampUnit() : undefined;
    const units = [
      ...imagingUnits(this.conditions.registers, {
        frames: this.request.frames,
        listener: this.listener(analog, ramp),
        ...(this.request.train && { triggers: this.request.train.pulses }),
      }),
      ...(ramp === undefined ? [] : [ramp]),
      ...(analog === undefined ? [] : [analog.pixels]),
    ];
    return runMachine({ units, outputs }, this.request.toCycle);
  }

  private startCycle(frame: number): number {
    return this.request.train?.startCycles[frame] ?? frameStartCycle(this.timing, frame);
  }

  private rampUnit(): RampUnit {
    const { adc, pixel } = this.setup.profile;
    const voltsPerDn = pixel.swingV / (2 ** adc.bits - adc.pedestalDn);
    return new RampUnit(this.layout, nominalRamp(this.setup.profile), voltsPerDn);
  }

  private async analog(outputs: Outputs): Promise<Analog> {
    const { adc, array, pixel } = this.setup.profile;
    const { registers } = this.conditions;
    const band = await ImagingBand.open(this.setup, tracedBand(this.request.rows, array.heightPx));
    const traced = tracedPixels(this.request);
    const sampler = new ImagingSampler(
      this.setup,
      this.conditions,
      (frame) => this.startCycle(frame),
      band,
      traced,
    );
    const pixels = new PixelUnit(
      {
        groups: traced.map((place) => binOf(registers, place)?.group),
        layout: this.layout,
        bits: adc.bits,
        resetV: pixel.swingV,
        read: (ordinal, conversion) => sampler.reading(ordinal, conversion),
      },
      outputs,
    );
    return { sampler, pixels };
  }

  private listener(analog: Analog | undefined, ramp: RampUnit | undefined): ImagingListener {
    const { convertCycles } = this.timing;
    const { fromCycle } = this.request;
    return {
      resetAsserted(_cycle, frame, group) {
        analog?.sampler.begin(frame);
        analog?.pixels.resetAsserted(group);
      },
      sampled(cycle, conversion) {
        analog?.pixels.sampled(cycle, conversion);
        if (cycle + convertCycles >= fromCycle) ramp?.start(cycle);
      },
      converted: (_cycle, conversion) => analog?.pixels.converted(conversion),
    };
  }
}
