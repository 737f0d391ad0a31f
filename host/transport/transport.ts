/** Data reports that HID can have on their way at once: Linux keeps 63 unread ones and drops what comes then. */
export const HID_REPORTS_IN_FLIGHT = 48;

/**
 * The seam between host and device: what every bus offers. Adapters stay thin; nothing above knows which one it has.
 * Runs in Node and in the browser.
 */
export interface Transport {
  /** For people: "sim:inas-lidar-320x240", "hid:SERIAL". */
  readonly name: string;
  /** Data reports that may be on their way at once, if that is not HID_REPORTS_IN_FLIGHT. */
  readonly reportsInFlight?: number | undefined;
  /** Called for every input report (whole report, report id included) in the order of arrival. */
  onReport(listener: (report: Uint8Array) => void): void;
  /** Called once when the device is gone; no report follows. */
  onClosed(listener: (reason: Error | undefined) => void): void;
  /** Output report, report id first. */
  sendReport(report: Uint8Array): Promise<void>;
  sendFeatureReport(report: Uint8Array): Promise<void>;
  getFeatureReport(reportId: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Ground truth that only a simulated board can give; never crosses the wire. */
export interface FrameTruth {
  readonly frameNumber: number;
  readonly width: number;
  readonly height: number;
  readonly gates: number;
  /** Radial range of the strongest return, m; 0 = none. Signal-weighted mean over the rays of that surface. */
  readonly rangeM: Float32Array;
  /** Radial range of the second-strongest return, m; 0 = none. */
  readonly secondRangeM: Float32Array;
  /** Share of the signal that comes from everything but the strongest return, 0..1. */
  readonly secondFraction: Float32Array;
  /** Mean signal + ambient electrons per gate, without dark: K x H x W, plane-major. Empty unless asked for. */
  readonly electrons: Float32Array;
  /** Sum over gates of the mean signal electrons. */
  readonly signalE: Float32Array;
  /** Mean background electrons per gate plane (ambient, without dark). */
  readonly ambientE: Float32Array;
  /** Mean dark electrons per gate plane. */
  readonly darkE: Float32Array;
}

export interface TruthSource {
  /** Undefined when the frame is no longer kept (the last few frames are). */
  truth(frameNumber: number): Promise<FrameTruth | undefined>;
}

/** Ground truth of a picture, before any noise; per output pixel, the mean over its bin. */
export interface ImagingTruth {
  readonly frameNumber: number;
  readonly width: number;
  readonly height: number;
  /** On the whole area of a sensor pixel, before crosstalk. */
  readonly photonsPerS: Float32Array;
  /**
   * Mean electrons that light and dark current bring a sensor pixel until the last read, without lag, at the film bias of
   * the reset node. As the node fills, fewer come: the device undoes that, so that its picture is proportional to the light.
   */
  readonly meanChargeE: Float32Array;
  /** The part of it that comes without light. */
  readonly darkE: Float32Array;
}

export interface ImagingTruthSource {
  /** Undefined when the frame is no longer kept (the last few frames are), or the sensor sends ranges. */
  imagingTruth(frameNumber: number): Promise<ImagingTruth | undefined>;
}

/** A half-open range of rows or columns: `first` to `end` - 1. */
export interface TraceRange {
  readonly first: number;
  readonly end: number;
}

/** What of the chip's waveforms is wanted. */
export interface TraceRequest {
  /** Frames from power-on. */
  readonly frames: number;
  readonly rows?: TraceRange | undefined;
  readonly columns?: TraceRange | undefined;
  /** Cycles of the ROIC clock from the first frame's start, half-open. */
  readonly fromCycle?: number | undefined;
  readonly toCycle?: number | undefined;
  /** Rises of trigger_in, cycles, instead of what the registers ask for; each starts a frame or is missed. */
  readonly triggerCycles?: readonly number[] | undefined;
}

export interface TraceSignal {
  readonly name: string;
  /** Bits of a digital signal; "real" for an analog node, in volts. */
  readonly bits: number | "real";
  /** Edges within the window, an upper bound. */
  readonly expectedEdges: number;
  /** Changes at every counter clock. */
  readonly isFast: boolean;
}

/** One change of one signal, at cycle + phase / phasesPerCycle. */
export interface TraceEdge {
  readonly cycle: number;
  readonly phase: number;
  /** Place of the signal in the list that edges() was given. */
  readonly signal: number;
  readonly value: number;
}

/** Waveforms of a simulated chip; docs/timing.md defines every signal. */
export interface Trace {
  readonly clockHz: number;
  readonly phasesPerCycle: number;
  readonly frames: number;
  readonly frameCycles: number;
  readonly fromCycle: number;
  readonly toCycle: number;
  readonly signals: readonly TraceSignal[];
  /** All signals are 0 before cycle 0. Edges by rising time from cycle 0, so that values at fromCycle are known. */
  edges(selected: readonly TraceSignal[]): Promise<Iterable<TraceEdge>>;
}

export interface TraceSource {
  /** @throws RangeError for rows, columns or cycles that are not there. */
  trace(request: TraceRequest): Trace;
}
