import * as F from "../../hw-profiles/interface/pixel-flags.ts";
import type { DepthFrame, FrameCounters, FrameIntegrity, ProbeSamples } from "../camera/frame.ts";
import type { FrameBuilder } from "./frame-builder.ts";
import type { Leader } from "./leader.ts";
import { blankMissing, decodeLines, decodeRaw } from "./line-decoder.ts";
import { markMissingLines, markMissingRaw } from "./missing-pixels.ts";
import type { Probe } from "./probe.ts";
import type { Trailer } from "./trailer.ts";

const KELVIN_AT_0_C = 273.15;

/** Start and end of a frame in ROIC cycles. */
export interface FrameSpan {
  readonly startCycle: bigint;
  readonly endCycle: bigint;
}

/** Decode what arrived. The builder must know its layout. */
export function finishFrame(builder: FrameBuilder, layout: Leader, span: FrameSpan): DepthFrame {
  const lines = builder.lines;
  const raw = builder.raw;
  const images = decodeLines(lines.bytes, layout);
  const { complete } = builder;
  if (!complete) blankMissing(images, missingPixels(builder, layout));
  return {
    kind: "depth",
    frameNumber: builder.frameNumber,
    startCycle: span.startCycle,
    endCycle: span.endCycle,
    clockHz: layout.clockHz,
    timeNs: cyclesToNs(span.startCycle, layout.clockHz),
    width: layout.width,
    height: layout.height,
    gates: layout.gates,
    temperatureC: layout.temperatureMk / 1000 - KELVIN_AT_0_C,
    pulsesPerGate: layout.pulsesPerGate,
    ...images,
    gatesDn: raw && decodeRaw(raw.bytes, layout),
    probe: builder.probe && probeSamples(builder.probe),
    counters: builder.trailer ? countersOf(builder.trailer) : countFlags(images.flags),
    integrity: integrityOf(builder, layout, complete),
  };
}

function countersOf(trailer: Trailer): FrameCounters {
  const { validPixels, noReturn, lowSignal, saturated, misfit, bad, window } = trailer;
  return { validPixels, noReturn, lowSignal, saturated, misfit, bad, window };
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

function missingPixels(builder: FrameBuilder, layout: Leader): Uint8Array {
  const missing = new Uint8Array(layout.width * layout.height);
  markMissingLines(missing, layout, builder.lines.arrived.gaps(layout.linesBytes));
  if (builder.raw) markMissingRaw(missing, layout, builder.raw.arrived.gaps(layout.rawBytes));
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

/** What a trailer would have said, from the flags of the pixels that arrived. */
export function countFlags(flags: Uint8Array): FrameCounters {
  const pixelsByFlags = new Uint32Array(256);
  for (const value of flags) pixelsByFlags[value]!++;
  const count = (mask: number, set: boolean): number =>
    pixelsByFlags.reduce((sum, pixels, value) => sum + (((value & mask) !== 0) === set ? pixels : 0), 0);
  return {
    validPixels: count(F.PIXEL_INVALID, false),
    noReturn: count(F.PIXEL_NO_RETURN, true),
    lowSignal: count(F.PIXEL_LOW_SIGNAL, true),
    saturated: count(F.PIXEL_SATURATED, true),
    misfit: count(F.PIXEL_MISFIT, true),
    bad: count(F.PIXEL_BAD, true),
    window: count(F.PIXEL_WINDOW, true),
  };
}
