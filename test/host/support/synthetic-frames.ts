import type { CameraFrame, DepthFrame } from "../../../host/camera/frame.ts";
import { buildDataReport } from "../../../host/packet/data-report.ts";
import { buildLeader, type Leader } from "../../../host/packet/leader.ts";
import { rawLineBytes, streamBytes } from "../../../host/packet/line-layout.ts";
import { buildProbe } from "../../../host/packet/probe.ts";
import { buildTrailer } from "../../../host/packet/trailer.ts";
import {
  COMPONENT_DEPTH,
  COMPONENT_RAW,
  DATA_PAYLOAD_MAX,
  KIND_LEADER,
  KIND_LINES,
  KIND_PROBE,
  KIND_RAW,
  KIND_TRAILER,
  PIXEL_FORMAT_MONO12P,
} from "../../../hw-profiles/interface/reports.ts";

/** @throws Error unless it is a depth frame. */
export function depthFrame(frame: CameraFrame | undefined): DepthFrame {
  if (frame?.kind === "depth") return frame;
  throw new Error(`found ${frame?.kind ?? "no frame"}, expected a depth frame`);
}

/** A board's frames made by hand: every code is a simple function of frame, pixel and gate. */
export interface SyntheticOptions {
  readonly width: number;
  readonly height: number;
  readonly gates: number;
  readonly components: number;
  readonly rawFormat: number;
  readonly frameCycles: bigint;
}

export const SMALL: SyntheticOptions = {
  width: 33,
  height: 10,
  gates: 5,
  components: COMPONENT_DEPTH | COMPONENT_RAW,
  rawFormat: PIXEL_FORMAT_MONO12P,
  frameCycles: 1000n,
};

export const rangeCode = (frame: number, pixel: number): number => 1 + ((frame * 1000 + pixel * 7) % 60_000);
export const ambientCode = (pixel: number): number => (pixel % 200) - 100;
export const rawCode = (frame: number, gate: number, pixel: number): number =>
  (frame + gate * 37 + pixel * 3) % 4096;

export function leaderOf(frame: number, options: SyntheticOptions): Leader {
  const { lines, raw } = streamBytes(options);
  return {
    frameNumber: frame,
    components: options.components,
    startCycle: BigInt(frame) * options.frameCycles,
    clockHz: 400_000_000,
    width: options.width,
    height: options.height,
    gates: options.gates,
    rawFormat: options.rawFormat,
    rangeScaleM: 0.0005,
    sigmaScale: 0.0000625,
    amplitudeScaleE: 16,
    ambientScaleE: 8,
    temperatureMk: 298_150,
    droppedFrames: 0,
    pulsesPerGate: 500,
    linesBytes: lines,
    rawBytes: raw,
    image: undefined,
  };
}

function linesStream(frame: number, { width, height, components }: SyntheticOptions): Uint8Array {
  const bytes: number[] = [];
  const u16 = (value: number) => bytes.push(value & 0xff, (value >> 8) & 0xff);
  for (let row = 0; row < height; row++)
    for (let bit = 1; bit < COMPONENT_RAW; bit <<= 1)
      for (let x = 0; x < width && components & bit; x++) {
        const pixel = row * width + x;
        if (bit === 1) u16(rangeCode(frame, pixel));
        else if (bit === 2) u16(pixel === 3 ? 0xffff : pixel + 1);
        else if (bit === 4) u16(pixel * 2);
        else if (bit === 8) u16(ambientCode(pixel));
        else bytes.push(pixel % 11 === 0 ? 2 : 0);
      }
  return Uint8Array.from(bytes);
}

function rawStream(frame: number, { width, height, gates, rawFormat }: SyntheticOptions): Uint8Array {
  const lineBytes = rawLineBytes(rawFormat, width);
  const bytes = new Uint8Array(lineBytes * gates * height);
  for (let row = 0; row < height; row++)
    for (let gate = 0; gate < gates; gate++)
      for (let x = 0; x < width; x++) {
        const bits = rawFormat === PIXEL_FORMAT_MONO12P ? 12 : 16;
        const code = rawCode(frame, gate, row * width + x);
        for (let bit = 0; bit < bits; bit++) {
          const at = x * bits + bit;
          bytes[(row * gates + gate) * lineBytes + (at >> 3)]! |= ((code >> bit) & 1) << (at & 7);
        }
      }
  return bytes;
}

function* chunks(
  kind: number,
  stream: Uint8Array,
): Generator<{ kind: number; offset: number; payload: Uint8Array }> {
  for (let offset = 0; offset < stream.length; offset += DATA_PAYLOAD_MAX)
    yield { kind, offset, payload: stream.subarray(offset, offset + DATA_PAYLOAD_MAX) };
}

/** All reports of one frame, in order; the first has sequence number `sequence`. */
export function frameReports(
  frame: number,
  sequence: number,
  options: SyntheticOptions = SMALL,
): Uint8Array[] {
  const probe = {
    x: 2,
    y: 1,
    samplesDn: Uint16Array.from({ length: options.gates }, (_, k) => 100 + k),
    offsetDn: 96.5,
    referenceDarkDn: 2,
    darkScale: 1.5,
  };
  const parts = [
    { kind: KIND_LEADER, offset: 0, payload: buildLeader(leaderOf(frame, options)) },
    ...chunks(KIND_LINES, linesStream(frame, options)),
    ...(options.components & COMPONENT_RAW ? chunks(KIND_RAW, rawStream(frame, options)) : []),
    { kind: KIND_PROBE, offset: 0, payload: buildProbe(probe) },
  ];
  const pixels = options.width * options.height;
  const counters = {
    validPixels: pixels,
    noReturn: 0,
    lowSignal: 30,
    saturated: 0,
    misfit: 0,
    bad: 0,
    window: 0,
  };
  const trailer = buildTrailer({
    ...counters,
    frameNumber: frame,
    status: 0,
    endCycle: BigInt(frame + 1) * options.frameCycles,
    reports: parts.length + 1,
    rawBytes: streamBytes(options).raw,
  });
  return [...parts, { kind: KIND_TRAILER, offset: 0, payload: trailer }].map((part, i) =>
    buildDataReport({ ...part, sequence: (sequence + i) >>> 0, frameNumber: frame }),
  );
}

/** Reports of `count` frames from number 0 on, as one session starting at sequence number `first`. */
export function sessionReports(count: number, options: SyntheticOptions = SMALL, first = 0): Uint8Array[][] {
  let sequence = first;
  return Array.from({ length: count }, (_, frame) => {
    const reports = frameReports(frame, sequence, options);
    sequence += reports.length;
    return reports;
  });
}
