import { describe, expect, test } from "vitest";
import type { ImagingFrame } from "../../../host/camera/frame.ts";
import { buildDataReport } from "../../../host/packet/data-report.ts";
import { FrameAssembler } from "../../../host/packet/frame-assembler.ts";
import { buildLeader, type Leader, parseLeader } from "../../../host/packet/leader.ts";
import { streamBytes } from "../../../host/packet/line-layout.ts";
import { buildTrailer } from "../../../host/packet/trailer.ts";
import { READ_RAMP } from "../../../hw-profiles/interface/memory-map.ts";
import { PIXEL_BAD, PIXEL_MISSING, PIXEL_REPLACED } from "../../../hw-profiles/interface/pixel-flags.ts";
import * as R from "../../../hw-profiles/interface/reports.ts";

const WIDTH = 301;
const HEIGHT = 7;
const READS = 3;
const SHAPE = {
  components: R.COMPONENT_IMAGING,
  width: WIDTH,
  height: HEIGHT,
  gates: READS,
  rawFormat: R.PIXEL_FORMAT_MONO16,
};
const BYTES = streamBytes(SHAPE);

const LEADER: Leader = {
  ...SHAPE,
  frameNumber: 4,
  startCycle: 1000n,
  clockHz: 100_000_000,
  rangeScaleM: 0,
  sigmaScale: 0.25,
  amplitudeScaleE: 0,
  ambientScaleE: 0,
  temperatureMk: 300_150,
  droppedFrames: 0,
  pulsesPerGate: 0,
  linesBytes: BYTES.lines,
  rawBytes: BYTES.raw,
  image: {
    readMode: READ_RAMP,
    intensityOffset: 1024,
    intensityScaleDn: 0.125,
    exposureNs: 12_000_000,
    offsetX: 16,
    offsetY: 8,
    binningX: 2,
    binningY: 1,
    decimationX: 1,
    decimationY: 4,
    gainEPerDn: 2.5,
  },
};

const intensityCode = (pixel: number) => 1000 + pixel;
const sigmaCode = (pixel: number) => (pixel === 5 ? 0xffff : 8 + (pixel % 100));
const flagsOf = (pixel: number) => (pixel === 9 ? PIXEL_BAD | PIXEL_REPLACED : 0);
const readCode = (read: number, pixel: number) => 100 * read + pixel;

/** Written out from docs/reports.md: sigma, intensity, flags of a row; then, in the raw stream, its reads. */
function streams(): { lines: Uint8Array; raw: Uint8Array } {
  const lines: number[] = [];
  const raw: number[] = [];
  const u16 = (to: number[], value: number) => to.push(value & 0xff, value >> 8);
  for (let row = 0; row < HEIGHT; row++) {
    const pixels = Array.from({ length: WIDTH }, (_, x) => row * WIDTH + x);
    for (const pixel of pixels) u16(lines, sigmaCode(pixel));
    for (const pixel of pixels) u16(lines, intensityCode(pixel));
    for (const pixel of pixels) lines.push(flagsOf(pixel));
    for (let read = 0; read < READS; read++) for (const pixel of pixels) u16(raw, readCode(read, pixel));
  }
  return { lines: Uint8Array.from(lines), raw: Uint8Array.from(raw) };
}

function reports(): Uint8Array[] {
  const { lines, raw } = streams();
  const parts: [kind: number, offset: number, payload: Uint8Array][] = [
    [R.KIND_LEADER, 0, buildLeader(LEADER)],
  ];
  for (const [kind, bytes] of [
    [R.KIND_LINES, lines],
    [R.KIND_RAW, raw],
  ] as const)
    for (let at = 0; at < bytes.length; at += R.DATA_PAYLOAD_MAX)
      parts.push([kind, at, bytes.subarray(at, at + R.DATA_PAYLOAD_MAX)]);
  const counters = {
    validPixels: WIDTH * HEIGHT - 1,
    noReturn: 0,
    lowSignal: 0,
    saturated: 0,
    misfit: 0,
    bad: 1,
    window: 0,
  };
  const trailer = buildTrailer({
    frameNumber: 4,
    status: 0,
    endCycle: 5000n,
    reports: parts.length + 1,
    rawBytes: BYTES.raw,
    ...counters,
  });
  parts.push([R.KIND_TRAILER, 0, trailer]);
  return parts.map(([kind, offset, payload], sequence) =>
    buildDataReport({ kind, sequence, frameNumber: 4, offset, payload }),
  );
}

function assemble(input: readonly Uint8Array[]): ImagingFrame {
  const assembler = new FrameAssembler();
  const [frame] = [...input.flatMap((report) => assembler.push(report)), ...assembler.flush()];
  if (frame?.kind !== "image") throw new Error(`found ${frame?.kind}, expected an image`);
  return frame;
}

describe("pictures", () => {
  test("the leader comes back as it was, and lies are refused", () => {
    expect(parseLeader(buildLeader(LEADER))).toEqual(LEADER);
    const lying = buildLeader(LEADER);
    lying[R.LEADER_BINNING_Y] = 0;
    expect(() => parseLeader(lying)).toThrow(/binningY of a leader: found 0, expected 1..255/);
    lying[R.LEADER_BINNING_Y] = 1;
    lying[R.LEADER_MODE] = 7;
    expect(() => parseLeader(lying)).toThrow(/mode of a leader: found 7, expected 0..1/);
    expect(() => buildLeader({ ...LEADER, components: R.COMPONENT_RANGE })).toThrow(/components of a leader/);
  });

  test("every value in its place and unit", () => {
    const frame = assemble(reports());
    expect(frame).toMatchObject({
      frameNumber: 4,
      width: WIDTH,
      height: HEIGHT,
      reads: READS,
      readMode: "ramp",
      exposureNs: 12_000_000,
      offsetX: 16,
      offsetY: 8,
      binningX: 2,
      decimationY: 4,
      gainEPerDn: 2.5,
    });
    expect(frame.integrity.complete).toBe(true);
    for (const pixel of [0, 5, 9, WIDTH + 3, WIDTH * HEIGHT - 1]) {
      expect(frame.intensityDn[pixel]).toBe((intensityCode(pixel) - 1024) * 0.125);
      expect(frame.sigmaDn[pixel]).toBe(pixel === 5 ? Infinity : sigmaCode(pixel) * 0.25);
      expect(frame.flags[pixel]).toBe(flagsOf(pixel));
      for (let read = 0; read < READS; read++)
        expect(frame.readsDn?.[read * WIDTH * HEIGHT + pixel]).toBe(readCode(read, pixel));
    }
  });

  test("a lost report marks its pixels alone", () => {
    const all = reports();
    const frame = assemble(all.filter((_, i) => i !== 2));
    expect(frame.integrity).toMatchObject({ complete: false, lostReports: 1 });
    const lines = streams().lines;
    const firstByte = R.DATA_PAYLOAD_MAX;
    const record = 5 * WIDTH;
    expect(lines.length).toBe(record * HEIGHT);
    // The second report of the lines: from the intensity of pixel (1004 - 602) / 2 of row 0 on.
    const firstPixel = (firstByte - 2 * WIDTH) / 2;
    expect(frame.flags[firstPixel]! & PIXEL_MISSING).toBe(PIXEL_MISSING);
    expect(frame.intensityDn[firstPixel]).toBe(0);
    const lastRow = (HEIGHT - 1) * WIDTH;
    expect(frame.flags.subarray(lastRow).every((flags) => (flags & PIXEL_MISSING) === 0)).toBe(true);
  });
});
