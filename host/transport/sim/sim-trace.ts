import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { type ImagingProgram, imagingProgram } from "../../../sim/board/imaging/imaging-program.ts";
import type { ImagingSettings } from "../../../sim/board/imaging/imaging-settings.ts";
import { lidarRun } from "../../../sim/board/lidar/lidar-run.ts";
import type { LidarSettings } from "../../../sim/board/lidar/lidar-settings.ts";
import type { ExposureSetup } from "../../../sim/pool/exposure-job.ts";
import type { ImagingSetup } from "../../../sim/pool/imaging-job.ts";
import type { Edge } from "../../../sim/roic/sequencer/outputs.ts";
import type { ChipTrace } from "../../../sim/trace/chip-trace.ts";
import { FrameTrace } from "../../../sim/trace/frame-trace.ts";
import { acquisitionCycles } from "../../../sim/trace/imaging-length.ts";
import { ImagingTrace, type ImagingTraceRequest } from "../../../sim/trace/imaging-trace.ts";
import type { TracedSignal } from "../../../sim/trace/pixel-signals.ts";
import { type TriggerTrain, triggerTrain } from "../../../sim/trace/trigger-train.ts";
import type { Trace, TraceEdge, TraceRange, TraceRequest, TraceSignal } from "../transport.ts";

/** A chip with its settings, as a trace sees it. */
interface Chip {
  readonly clockHz: number;
  readonly phasesPerCycle: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly frameCycles: number;
  /** To the end of the last of so many frames. */
  endCycle(frames: number): number;
  trace(request: ImagingTraceRequest): ChipTrace;
}

/** What of a LiDAR board's settings its waveforms depend on. */
export type LidarTraceSettings = Pick<
  LidarSettings,
  "pulsesPerGate" | "gates" | "ambientSun" | "temperatureMk" | "triggerMode" | "triggerPeriodCycles"
>;

/** Waveforms of frames as a LiDAR board with these settings takes them after power-on. */
export function simTrace(setup: ExposureSetup, settings: LidarTraceSettings, request: TraceRequest): Trace {
  const { array, roic } = setup.profile;
  const { periodCycles, startCycles, timing, triggerPeriodCycles } = lidarRun(setup.profile, settings);
  const { ambientSun, gates, pulsesPerGate, temperatureMk } = settings;
  const train = trainOf(request, timing.frameCycles);
  const lastStart = (frames: number) =>
    train?.startCycles.at(-1) ?? startCycles + (frames - 1) * periodCycles;
  const chip: Chip = {
    ...array,
    clockHz: timing.clockHz,
    frameCycles: train === undefined ? periodCycles : timing.frameCycles,
    phasesPerCycle: roic.gatePhasesPerClock,
    endCycle: (frames) => lastStart(frames) + timing.frameCycles,
    trace: (window) => {
      const exposure = { ambientSun, gates, pulsesPerGate, temperatureMk };
      return new FrameTrace(setup, exposure, { ...window, triggerPeriodCycles, train });
    },
  };
  return traceOf(chip, request);
}

/** The same for an imaging board. @throws RangeError also when it waits for a trigger that never comes. */
export function simImagingTrace(
  setup: ImagingSetup,
  settings: ImagingSettings,
  request: TraceRequest,
): Trace {
  const { adc, array } = setup.profile;
  const { triggerCycles } = request;
  if (triggerCycles === undefined && settings.triggerMode !== 0 && settings.triggerPeriodCycles === 0) {
    throw new RangeError(
      "trace: found TriggerMode on and SimTriggerPeriod 0 (no trigger comes), expected a period; set one, or switch " +
        "TriggerMode off",
    );
  }
  const { registers, timing } = traceProgram(setup.profile, settings, triggerCycles !== undefined);
  const train = trainOf(request, timing.activeCycles);
  const lastStart = train?.startCycles.at(-1);
  const { analogGain, lightFactor, temperatureMk } = settings;
  const conditions = { registers, analogGain, lightFactor, temperatureMk };
  const chip: Chip = {
    ...array,
    clockHz: adc.clockHz,
    frameCycles: timing.frameCycles,
    phasesPerCycle: 1,
    endCycle: (frames) =>
      lastStart === undefined ? acquisitionCycles(timing, frames) : lastStart + timing.activeCycles,
    trace: (window) => new ImagingTrace(setup, conditions, { ...window, train }),
  };
  return traceOf(chip, request);
}

/** Told its triggers one by one, the chip waits for them whatever its registers say. */
function traceProgram(profile: ImagingProfile, settings: ImagingSettings, hasTrain: boolean): ImagingProgram {
  if (!hasTrain) return imagingProgram(profile, settings);
  const waiting = (triggerPeriodCycles: number) =>
    imagingProgram(profile, { ...settings, triggerMode: 1, triggerPeriodCycles });
  return waiting(waiting(1).timing.activeCycles);
}

function trainOf({ frames, triggerCycles }: TraceRequest, activeCycles: number): TriggerTrain | undefined {
  return triggerCycles && triggerTrain(triggerCycles, activeCycles, frames);
}

function traceOf(chip: Chip, request: TraceRequest): Trace {
  const { clockHz, frameCycles, heightPx, phasesPerCycle, widthPx } = chip;
  const { frames } = request;
  const rows = within("rows", request.rows, heightPx);
  const middle = Math.floor(widthPx / 2);
  const columns = within("columns", request.columns ?? { first: middle, end: middle + 1 }, widthPx);
  const lastCycle = chip.endCycle(frames);
  const cycles = within(
    "cycles",
    { first: request.fromCycle ?? 0, end: request.toCycle ?? lastCycle },
    lastCycle,
  );
  const window = { fromCycle: cycles.first, toCycle: cycles.end };
  // The edges that end the last frame lie on its last cycle's end.
  const toCycle = window.toCycle === lastCycle ? lastCycle + 1 : window.toCycle;
  const trace = chip.trace({ frames, rows, columns, ...window, toCycle });
  const signals = trace.signals.map((signal) => ({
    name: signal.name,
    bits: signal.bits,
    expectedEdges: trace.expectedEdges(signal),
    isFast: signal.rate.clock > 0,
  }));
  return {
    clockHz,
    phasesPerCycle,
    frames,
    frameCycles,
    ...window,
    signals,
    edges: (selected) => selectedEdges(trace, selected),
  };
}

function within(what: string, range: TraceRange | undefined, size: number): TraceRange {
  const { first, end } = range ?? { first: 0, end: size };
  if (first >= 0 && first < end && end <= size) return { first, end };
  throw new RangeError(
    `${what}: found ${first} to ${end} (end not included), expected a range within 0 to ${size} that is not empty`,
  );
}

async function selectedEdges(
  trace: ChipTrace,
  selected: readonly TraceSignal[],
): Promise<Iterable<TraceEdge>> {
  const byName = new Map(trace.signals.map((signal): [string, TracedSignal] => [signal.name, signal]));
  const places = new Map<number, number>();
  selected.forEach(({ name }, place) => {
    const signal = byName.get(name);
    if (signal === undefined)
      throw new RangeError(`trace: found no signal ${name}, expected one of the trace`);
    places.set(signal.index, place);
  });
  return placed(await trace.edges(new Set(places.keys())), places);
}

function* placed(edges: Iterable<Edge>, places: ReadonlyMap<number, number>): Generator<TraceEdge> {
  for (const { cycle, phase, signal, value } of edges) {
    yield { cycle, phase, signal: places.get(signal)!, value };
  }
}
