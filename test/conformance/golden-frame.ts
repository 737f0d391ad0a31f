import type { DepthFrame, FrameCounters } from "../../host/camera/frame.ts";
import { FrameAssembler } from "../../host/packet/frame-assembler.ts";
import { REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";
import type { FrameStart } from "../../sim/board/firmware-host.ts";
import type { ReferenceRow } from "../reference/firmware/frame.ts";

/** Twin of a golden vector: what its binaries hold, in words and numbers. */
export interface GoldenTwin {
  readonly about: string;
  readonly width: number;
  readonly height: number;
  readonly gates: number;
  /** Frame block; cycles as decimal text. */
  readonly frame: {
    readonly number: number;
    readonly temperatureMk: number;
    readonly startCycle: string;
    readonly endCycle: string;
    readonly dropped: number;
  };
  readonly scales: LineScales;
  readonly decoded: DecodedTwin;
}

/** Physical value of one LSB. */
export interface LineScales {
  readonly rangeM: number;
  readonly amplitudeE: number;
  readonly ambientE: number;
}

/** What a host must read from the reports. Scaled values are in LSB, so that the twin holds integers. */
export interface DecodedTwin {
  readonly reports: number;
  readonly rangeLsb: readonly number[];
  readonly amplitudeLsb: readonly number[];
  readonly ambientLsb: readonly number[];
  readonly flags: readonly number[];
  readonly counters: FrameCounters;
  readonly probe: { readonly x: number; readonly y: number; readonly samplesDn: readonly number[] };
  /** Sum over all raw samples, DN. */
  readonly rawSumDn: number;
}

/** Frame block values of a twin. */
export function frameStart({ frame }: GoldenTwin): FrameStart {
  return {
    frame: frame.number,
    temperatureMk: frame.temperatureMk,
    startCycle: BigInt(frame.startCycle),
    endCycle: BigInt(frame.endCycle),
    dropped: frame.dropped,
  };
}

/** Bytes of one row: samples u16[K][W], offset u16[W], dark u16[W], bad u8[W]. */
export function encodeRow(row: ReferenceRow): Uint8Array {
  const parts = [row.samples, row.offset, row.dark, row.bad].map(
    (part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
  );
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Rows of a golden vector. */
export function decodeRows(bytes: Uint8Array, width: number, gates: number): ReferenceRow[] {
  const rowBytes = width * (2 * gates + 5);
  return Array.from({ length: bytes.length / rowBytes }, (_, y) => {
    const row = bytes.slice(y * rowBytes, (y + 1) * rowBytes);
    const samples = 2 * gates * width;
    return {
      samples: new Uint16Array(row.buffer.slice(0, samples)),
      offset: new Uint16Array(row.buffer.slice(samples, samples + 2 * width)),
      dark: new Uint16Array(row.buffer.slice(samples + 2 * width, samples + 4 * width)),
      bad: new Uint8Array(row.buffer.slice(samples + 4 * width)),
    };
  });
}

export function joinReports(reports: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(reports.length * REPORT_BYTES);
  reports.forEach((report, i) => {
    bytes.set(report, i * REPORT_BYTES);
  });
  return bytes;
}

export function splitReports(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length / REPORT_BYTES }, (_, i) =>
    bytes.slice(i * REPORT_BYTES, (i + 1) * REPORT_BYTES),
  );
}

const lsb = (values: Float32Array, scale: number) => [...values].map((value) => Math.round(value / scale));

function countersOf({ counters }: DepthFrame): FrameCounters {
  const { validPixels, noReturn, lowSignal, saturated, misfit, bad, window } = counters;
  return { validPixels, noReturn, lowSignal, saturated, misfit, bad, window };
}

/** Read the reports of one frame with the host's decoder. */
export function decodeReports(reports: readonly Uint8Array[], scales: LineScales): DecodedTwin {
  const assembler = new FrameAssembler();
  const [frame] = reports.flatMap((report) => assembler.push(report));
  if (frame?.kind !== "depth" || frame.gatesDn === undefined || frame.probe === undefined) {
    throw new Error("found no complete frame with raw samples and a probe in the reports");
  }
  return {
    reports: reports.length,
    rangeLsb: lsb(frame.rangeM, scales.rangeM),
    amplitudeLsb: lsb(frame.amplitudeE, scales.amplitudeE),
    ambientLsb: lsb(frame.ambientE, scales.ambientE),
    flags: [...frame.flags],
    counters: countersOf(frame),
    probe: { x: frame.probe.x, y: frame.probe.y, samplesDn: [...frame.probe.samplesDn] },
    rawSumDn: frame.gatesDn.reduce((sum, code) => sum + code, 0),
  };
}
