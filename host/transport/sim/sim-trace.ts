import type { ExposureSettings } from "../../../sim/pixel/exposure-maps.ts";
import type { ExposureSetup } from "../../../sim/pool/exposure-job.ts";
import { frameTiming } from "../../../sim/roic/frame-timing.ts";
import type { Edge } from "../../../sim/roic/sequencer/outputs.ts";
import { FrameTrace } from "../../../sim/trace/frame-trace.ts";
import type { TracedSignal } from "../../../sim/trace/pixel-signals.ts";
import type { Trace, TraceEdge, TraceRange, TraceRequest, TraceSignal } from "../transport.ts";

/** Waveforms of frames as a board with these settings takes them after power-on. */
export function simTrace(setup: ExposureSetup, settings: ExposureSettings, request: TraceRequest): Trace {
  const { array, roic } = setup.profile;
  const { clockHz, frameCycles } = frameTiming(setup.profile, settings.pulsesPerGate);
  const rows = within("rows", request.rows, array.heightPx);
  const middle = Math.floor(array.widthPx / 2);
  const columns = within("columns", request.columns ?? { first: middle, end: middle + 1 }, array.widthPx);
  const lastCycle = request.frames * frameCycles;
  const cycles = within(
    "cycles",
    { first: request.fromCycle ?? 0, end: request.toCycle ?? lastCycle },
    lastCycle,
  );
  const window = { fromCycle: cycles.first, toCycle: cycles.end };
  // The edges that end the last frame lie on its last cycle's end.
  const toCycle = window.toCycle === lastCycle ? lastCycle + 1 : window.toCycle;
  const trace = new FrameTrace(setup, settings, {
    frames: request.frames,
    rows,
    columns,
    ...window,
    toCycle,
  });
  const signals = trace.signals.map((signal) => ({
    name: signal.name,
    bits: signal.bits,
    expectedEdges: trace.expectedEdges(signal),
    isFast: signal.rate.clock > 0,
  }));
  return {
    clockHz,
    phasesPerCycle: roic.gatePhasesPerClock,
    frames: request.frames,
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
  trace: FrameTrace,
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
