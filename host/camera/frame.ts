import type { MixedPixels } from "../mixed/mixed-image.ts";

/** A return of every pixel; an array has length 0 when it was not sent. */
export interface ReturnImages {
  /** Radial range, m; 0 where there is no such return. */
  readonly rangeM: Float32Array;
  /** Standard deviation of the range, m; Infinity where larger than the format can say; 0 where there is none. */
  readonly sigmaM: Float32Array;
  /** Electrons of the return that one gate plane's pulses carry (A); 0 where there is none. */
  readonly amplitudeE: Float32Array;
}

/**
 * One decoded frame of depth. Arrays are row-major, width x height; a pixel with PIXEL_INVALID flags has no range.
 * An array has length 0 when its component is not enabled; flags are always there. A pixel of which any byte was lost
 * carries PIXEL_MISSING and zeros; only the samples that were lost are 0 in gatesDn.
 */
export interface DepthFrame {
  readonly kind: "depth";
  readonly frameNumber: number;
  /** ROIC clock at the start of the frame. */
  readonly startCycle: bigint;
  readonly endCycle: bigint;
  readonly clockHz: number;
  /** startCycle in ns of device time. */
  readonly timeNs: number;
  readonly width: number;
  readonly height: number;
  readonly gates: number;
  readonly temperatureC: number;
  readonly pulsesPerGate: number;
  /** Radial range, m; 0 where invalid. */
  readonly rangeM: Float32Array;
  /** Standard deviation of the range, m; Infinity where larger than the format can say; 0 where invalid. */
  readonly sigmaM: Float32Array;
  /** Electrons of the return that one gate plane's pulses carry (A). */
  readonly amplitudeE: Float32Array;
  /** Background electrons per gate plane, dark subtracted. */
  readonly ambientE: Float32Array;
  /** The second and the third return of each pixel, as far as they are sent; none unless ReturnCount is above 1. */
  readonly furtherReturns: readonly ReturnImages[];
  /** Signed root of the variance of depth inside a pixel, m, and root of that variance's sigma; both 0: no estimate. */
  readonly spreadM: Float32Array;
  readonly spreadSigmaM: Float32Array;
  readonly flags: Uint8Array;
  /** Once labelMixed() looked for mixed pixels: both depths of each. */
  readonly mixed?: MixedPixels;
  /** Raw codes, K x H x W; undefined unless COMPONENT_RAW is enabled. */
  readonly gatesDn: Uint16Array | undefined;
  readonly probe: ProbeSamples | undefined;
  readonly counters: FrameCounters;
  readonly integrity: FrameIntegrity;
}

export interface ProbeSamples {
  readonly x: number;
  readonly y: number;
  readonly samplesDn: Uint16Array;
  readonly offsetDn: number;
  /** Dark signal at this frame's temperature, DN. */
  readonly darkDn: number;
}

/** As counted by the readout logic. */
export interface FrameCounters {
  readonly validPixels: number;
  readonly noReturn: number;
  readonly lowSignal: number;
  readonly saturated: number;
  readonly misfit: number;
  readonly bad: number;
  readonly window: number;
}

/**
 * What happened to this frame's reports between device and host. When the leader or the trailer was lost, the time
 * stamps follow from the other one and the length of the frame before.
 */
export interface FrameIntegrity {
  readonly complete: boolean;
  readonly lostReports: number;
  readonly corruptedReports: number;
  readonly duplicatedReports: number;
  readonly reorderedReports: number;
  /** Dropped by the device since AcquisitionStart, whole frames. */
  readonly droppedFrames: number;
}

/**
 * One decoded picture. Arrays are row-major, width x height; an array has length 0 when its component is not enabled;
 * flags are always there. A pixel of which any byte was lost carries PIXEL_MISSING and zeros.
 */
export interface ImagingFrame {
  readonly kind: "image";
  readonly frameNumber: number;
  readonly startCycle: bigint;
  readonly endCycle: bigint;
  readonly clockHz: number;
  readonly timeNs: number;
  readonly width: number;
  readonly height: number;
  /** First output pixel of the region. */
  readonly offsetX: number;
  readonly offsetY: number;
  readonly binningX: number;
  readonly binningY: number;
  readonly decimationX: number;
  readonly decimationY: number;
  /** Reads N of the exposure. */
  readonly reads: number;
  readonly readMode: "single" | "cds" | "ramp";
  readonly exposureNs: number;
  readonly gainEPerDn: number;
  readonly temperatureC: number;
  /** Corrected signal, DN over the exposure; may be negative. */
  readonly intensityDn: Float32Array;
  /** Temporal standard deviation of intensityDn as the readout logic states it, DN; Infinity where larger than the format can say. */
  readonly sigmaDn: Float32Array;
  readonly flags: Uint8Array;
  /** Raw codes, N x H x W; undefined unless COMPONENT_RAW is enabled. */
  readonly readsDn: Uint16Array | undefined;
  readonly probe: ProbeSamples | undefined;
  readonly counters: FrameCounters;
  readonly integrity: FrameIntegrity;
}

export type CameraFrame = DepthFrame | ImagingFrame;
