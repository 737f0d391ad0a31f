// The timeline of the chip's waveforms: what page and server say about it. No Node, no DOM.

/** What a page asks: the waveforms around the select of a sensor row. */
export interface TimelineRequest {
  readonly type: "timeline";
  readonly id: number;
  /** Row of the sensor. */
  readonly row: number;
  /** Window in ROIC cycles from the row's first select; undefined: as long as the row is selected, with room around. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** One digital signal: its value at the window's start, then time and value of every edge. */
export interface TimelineLane {
  readonly name: string;
  readonly bits: number;
  readonly startValue: number;
  /** time, value, time, value, ...; times in cycles from the row's select. */
  readonly edges: readonly number[];
  /** There are too many edges to show: zoom in. */
  readonly isDense: boolean;
}

export interface TimelineAnswer {
  readonly type: "timeline";
  readonly id: number;
  readonly row: number;
  readonly clockHz: number;
  /** Cycle of the row's first select in the frame. */
  readonly selectCycle: number;
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly TimelineLane[];
  /** Why there are none. */
  readonly problem?: string;
}

/** An answer without lanes. @param problem why there are none. */
export function noTimeline({ id, row }: TimelineRequest, problem: string): TimelineAnswer {
  return { type: "timeline", id, row, clockHz: 0, selectCycle: 0, from: 0, to: 0, lanes: [], problem };
}

/** The answer of a board that is not simulated. */
export function noWaveforms(request: TimelineRequest): TimelineAnswer {
  return noTimeline(
    request,
    "Waveforms come from simulated boards; nothing on a board on USB measures them.",
  );
}
