import type { CameraFrame, DepthFrame, FrameIntegrity, ImagingFrame, ProbeSamples } from "../camera/frame.ts";
import { countersOf, countFlags } from "./count-flags.ts";
import type { FrameBuilder } from "./frame-builder.ts";
import type { FramePlanes } from "./frame-planes.ts";
import type { ImageLeader, Leader } from "./leader.ts";
import { blankMissing, decodeImage, decodeLines } from "./line-decoder.ts";
import { markMissingLines } from "./missing-pixels.ts";
import type { Probe } from "./probe.ts";
import { type RawPlanes, readRaw } from "./raw-planes.ts";

const KELVIN_AT_0_C = 273.15;
/** By READ_*. */
const READ_MODES = ["single", "cds", "ramp"] as const;

/** Start and end of a frame in ROIC cycles. */
export interface FrameSpan {
  readonly startCycle: bigint;
  readonly endCycle: bigint;
}

/**
 * Decode what arrived. The builder must know its layout; contradictions in raw lines are added to its account.
 * @param lender of memory for a depth frame's ranges and flags
 */
export function finishFrame(
  builder: FrameBuilder,
  layout: Leader,
  span: FrameSpan,
  lender?: FramePlanes,
): CameraFrame {
  if (!builder.complete) builder.clearMissingLines();
  const raw = readRaw(builder, layout);
  if (raw?.error) builder.corrupted++;
  return layout.image
    ? finishImage(builder, layout, layout.image, raw, span)
    : finishDepth(builder, layout, raw, span, lender);
}

function finishDepth(
  builder: FrameBuilder,
  layout: Leader,
  raw: RawPlanes | undefined,
  span: FrameSpan,
  lender: FramePlanes | undefined,
): DepthFrame {
  const images = decodeLines(builder.lines.bytes, layout, lender);
  const complete = isComplete(builder, raw);
  if (!complete) {
    const ofReturns = [images, ...images.furtherReturns].flatMap((r) => [r.rangeM, r.sigmaM, r.amplitudeE]);
    const { ambientE, spreadM, spreadSigmaM } = images;
    const all = [...ofReturns, ambientE, spreadM, spreadSigmaM];
    blankMissing(images.flags, all, missingPixels(builder, layout, raw));
  }
  return {
    kind: "depth",
    ...stampOf(builder, layout, span),
    gates: layout.gates,
    pulsesPerGate: layout.pulsesPerGate,
    ...images,
    gatesDn: raw?.codes,
    ...accountOf(builder, layout, images.flags, complete),
  };
}

function finishImage(
  builder: FrameBuilder,
  layout: Leader,
  image: ImageLeader,
  raw: RawPlanes | undefined,
  span: FrameSpan,
): ImagingFrame {
  const images = decodeImage(builder.lines.bytes, layout, image);
  const { flags, intensityDn, sigmaDn } = images;
  const complete = isComplete(builder, raw);
  if (!complete) blankMissing(flags, [intensityDn, sigmaDn], missingPixels(builder, layout, raw));
  const { readMode, intensityOffset: _, intensityScaleDn: __, ...geometry } = image;
  return {
    kind: "image",
    ...stampOf(builder, layout, span),
    ...geometry,
    reads: layout.gates,
    readMode: READ_MODES[readMode]!,
    ...images,
    readsDn: raw?.codes,
    ...accountOf(builder, layout, flags, complete),
  };
}

function isComplete(builder: FrameBuilder, raw: RawPlanes | undefined): boolean {
  return builder.complete && raw?.error === undefined;
}

function stampOf(builder: FrameBuilder, layout: Leader, span: FrameSpan) {
  return {
    frameNumber: builder.frameNumber,
    startCycle: span.startCycle,
    endCycle: span.endCycle,
    clockHz: layout.clockHz,
    timeNs: cyclesToNs(span.startCycle, layout.clockHz),
    width: layout.width,
    height: layout.height,
    temperatureC: layout.temperatureMk / 1000 - KELVIN_AT_0_C,
  };
}

function accountOf(builder: FrameBuilder, layout: Leader, flags: Uint8Array, complete: boolean) {
  return {
    probe: builder.probe && probeSamples(builder.probe),
    counters: builder.trailer ? countersOf(builder.trailer) : countFlags(flags),
    integrity: integrityOf(builder, layout, complete),
  };
}

function integrityOf(builder: FrameBuilder, layout: Leader, complete: boolean): FrameIntegrity {
  return {
    complete,
    lostReports: builder.lost,
    corruptedReports: builder.corrupted,
    duplicatedReports: builder.duplicated,
    reorderedReports: builder.reordered,
    droppedFrames: layout.droppedFrames,
  };
}

function missingPixels(builder: FrameBuilder, layout: Leader, raw: RawPlanes | undefined): Uint8Array {
  const missing = new Uint8Array(layout.width * layout.height);
  markMissingLines(missing, layout, builder.lines.arrived.gaps(layout.linesBytes));
  raw?.markMissing(missing);
  return missing;
}

function cyclesToNs(cycles: bigint, clockHz: number): number {
  return (Number(cycles) / clockHz) * 1e9;
}

function probeSamples(probe: Probe): ProbeSamples {
  return {
    x: probe.x,
    y: probe.y,
    samplesDn: probe.samplesDn,
    offsetDn: probe.offsetDn,
    darkDn: probe.referenceDarkDn * probe.darkScale,
  };
}
