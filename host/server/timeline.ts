import type { Trace, TraceSignal, TraceSource } from "../transport/transport.ts";
import {
  noTimeline,
  noWaveforms,
  type TimelineAnswer,
  type TimelineLane,
  type TimelineRequest,
} from "./timeline-messages.ts";

/** More edges of one lane than this are a grey bar on any screen. */
const MAX_LANE_EDGES = 2000;
/** Signals of other rows than the one asked for, and those that change at every clock, are left out. */
const ROW_LINE = /^row_(?:select|reset)_r\d+$/;

/** Waveforms of the first frame after power-on, with the settings that the device has now. */
export async function answerTimeline(
  request: TimelineRequest,
  source: TraceSource | undefined,
): Promise<TimelineAnswer> {
  if (source === undefined) return noWaveforms(request);
  try {
    return await timelineOf(request, source);
  } catch (error) {
    return noTimeline(request, error instanceof Error ? error.message : String(error));
  }
}

async function timelineOf(request: TimelineRequest, source: TraceSource): Promise<TimelineAnswer> {
  const { id, row } = request;
  const rows = { first: row, end: row + 1 };
  const whole = source.trace({ frames: 1, rows });
  const select = await firstPulse(whole, `row_select_r${row}`);
  if (select === undefined) return noTimeline(request, `row ${row} is not read with the present settings`);
  const length = select.fall - select.rise;
  const fromCycle = clamp(select.rise + (request.from ?? -length), 0, whole.toCycle - 1);
  const toCycle = clamp(select.rise + (request.to ?? 2 * length), fromCycle + 1, whole.toCycle);
  const trace = source.trace({ frames: 1, rows, fromCycle, toCycle });
  const window = { from: fromCycle - select.rise, to: toCycle - select.rise };
  const lanes = await lanesOf(trace, select.rise);
  return { type: "timeline", id, row, clockHz: trace.clockHz, selectCycle: select.rise, ...window, lanes };
}

async function firstPulse(trace: Trace, name: string): Promise<{ rise: number; fall: number } | undefined> {
  const signal = trace.signals.find((each) => each.name === name);
  if (signal === undefined) return undefined;
  let rise: number | undefined;
  for (const { cycle, value } of await trace.edges([signal])) {
    if (value === 1) rise ??= cycle;
    else if (rise !== undefined) return { rise, fall: cycle };
  }
  return undefined;
}

async function lanesOf(trace: Trace, originCycle: number): Promise<TimelineLane[]> {
  const signals = trace.signals.filter(isShown);
  const lanes = signals.map(({ name, bits }) => ({
    name,
    bits: bits === "real" ? 0 : bits,
    startValue: 0,
    edges: [] as number[],
    isDense: false,
  }));
  for (const { cycle, phase, signal, value } of await trace.edges(signals)) {
    const lane = lanes[signal]!;
    if (cycle < trace.fromCycle) lane.startValue = value;
    else if (lane.edges.length < 2 * MAX_LANE_EDGES)
      lane.edges.push(cycle + phase / trace.phasesPerCycle - originCycle, value);
    else lane.isDense = true;
  }
  return lanes.map((lane) => (lane.isDense ? { ...lane, edges: [] } : lane));
}

function isShown({ bits, isFast, name }: TraceSignal): boolean {
  // Nodes, comparators and codes of single pixels are for `cqd trace`; they need the light, a timeline does not.
  return bits !== "real" && !isFast && (ROW_LINE.test(name) || !/_r\d+(?:_c\d+)?$/.test(name));
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(Math.round(value), min), max);
}
