import { MODE_IMAGING } from "../../../hw-profiles/interface/memory-map.ts";
import * as Flags from "../../../hw-profiles/interface/pixel-flags.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import type { ReferenceFrame, ReferenceRow } from "./frame.ts";
import { pack12, pack16 } from "./pack.ts";
import { packLossless } from "./pack-lossless.ts";
import type { ReferenceParameters } from "./parameters.ts";
import type { ReferenceSender } from "./reports.ts";

const LINE_COMPONENTS = [
  Reports.COMPONENT_RANGE,
  Reports.COMPONENT_SIGMA,
  Reports.COMPONENT_AMPLITUDE,
  Reports.COMPONENT_AMBIENT,
  Reports.COMPONENT_INTENSITY,
  Reports.COMPONENT_SECOND,
  Reports.COMPONENT_THIRD,
  Reports.COMPONENT_SPREAD,
  Reports.COMPONENT_FLAGS,
];
const FURTHER = Reports.COMPONENT_SECOND | Reports.COMPONENT_THIRD;

function componentBytes(bit: number): number {
  if (bit === Reports.COMPONENT_FLAGS) return 1;
  if (bit === Reports.COMPONENT_SPREAD) return 4;
  return bit & FURTHER ? 6 : 2;
}

function lineBytes(p: ReferenceParameters): number {
  return LINE_COMPONENTS.filter((bit) => p.components & bit).reduce(
    (sum, bit) => sum + componentBytes(bit) * p.width,
    0,
  );
}

/** Of a frame; lossless: at most. */
function rawBytes(p: ReferenceParameters): number {
  if (!(p.components & Reports.COMPONENT_RAW)) return 0;
  const lines = p.gates * p.height;
  if (p.rawFormat === Reports.PIXEL_FORMAT_MONO12P) return lines * Math.ceil((p.width * 12) / 8);
  if (p.rawFormat === Reports.PIXEL_FORMAT_MONO16) return lines * 2 * p.width;
  const bytes = lines * (2 * p.width + 1);
  const room = Reports.DATA_PAYLOAD_MAX - Reports.RAW_HEAD_BYTES;
  return bytes + Math.ceil(bytes / room) * Reports.RAW_HEAD_BYTES;
}

function imagingLeader(view: DataView, p: ReferenceParameters): void {
  view.setUint32(Reports.LEADER_MODE, p.mode, true);
  view.setUint16(Reports.LEADER_READ_MODE, p.readMode, true);
  view.setUint16(Reports.LEADER_INTENSITY_OFFSET, p.intensityOffset, true);
  view.setFloat32(Reports.LEADER_INTENSITY_SCALE, p.intensityScale, true);
  view.setUint32(Reports.LEADER_EXPOSURE_NS, p.exposureNs, true);
  view.setUint16(Reports.LEADER_OFFSET_X, p.offsetX, true);
  view.setUint16(Reports.LEADER_OFFSET_Y, p.offsetY, true);
  view.setUint8(Reports.LEADER_BINNING_X, p.binning & 0xff);
  view.setUint8(Reports.LEADER_BINNING_Y, p.binning >> 8);
  view.setUint8(Reports.LEADER_DECIMATION_X, p.decimation & 0xff);
  view.setUint8(Reports.LEADER_DECIMATION_Y, p.decimation >> 8);
  view.setFloat32(Reports.LEADER_GAIN_E_PER_DN, p.gainEPerDn, true);
}

export function leader(p: ReferenceParameters, frame: ReferenceFrame): Uint8Array {
  const payload = new Uint8Array(Reports.LEADER_BYTES);
  const view = new DataView(payload.buffer);
  view.setUint32(Reports.LEADER_FRAME, frame.frame, true);
  view.setUint32(Reports.LEADER_COMPONENTS, p.components, true);
  view.setBigUint64(Reports.LEADER_START_CYCLE, frame.startCycle, true);
  view.setUint32(Reports.LEADER_CLOCK_HZ, p.clockHz, true);
  view.setUint16(Reports.LEADER_WIDTH, p.width, true);
  view.setUint16(Reports.LEADER_HEIGHT, p.height, true);
  view.setUint16(Reports.LEADER_GATES, p.gates, true);
  view.setUint16(Reports.LEADER_RAW_FORMAT, p.rawFormat, true);
  view.setFloat32(Reports.LEADER_RANGE_SCALE, p.rangeScale, true);
  view.setFloat32(Reports.LEADER_SIGMA_SCALE, p.sigmaScale, true);
  view.setFloat32(Reports.LEADER_AMPLITUDE_SCALE, p.amplitudeScale, true);
  view.setFloat32(Reports.LEADER_AMBIENT_SCALE, p.ambientScale, true);
  view.setUint32(Reports.LEADER_TEMPERATURE_MK, frame.temperatureMk, true);
  view.setUint32(Reports.LEADER_DROPPED_FRAMES, frame.dropped, true);
  view.setUint32(Reports.LEADER_PULSES_PER_GATE, p.pulsesPerGate, true);
  view.setUint32(Reports.LEADER_LINES_BYTES, lineBytes(p) * p.height, true);
  view.setUint32(Reports.LEADER_RAW_BYTES, rawBytes(p), true);
  if (p.mode === MODE_IMAGING) imagingLeader(view, p);
  return payload;
}

export function probe(p: ReferenceParameters, row: ReferenceRow, darkScale: number): Uint8Array {
  const payload = new Uint8Array(Reports.PROBE_SAMPLES + 2 * p.gates);
  const view = new DataView(payload.buffer);
  view.setUint16(Reports.PROBE_X, p.probeX, true);
  view.setUint16(Reports.PROBE_Y, p.probeY, true);
  view.setUint16(Reports.PROBE_GATES, p.gates, true);
  view.setUint16(Reports.PROBE_OFFSET_DN16, row.offset[p.probeX]!, true);
  view.setUint16(Reports.PROBE_DARK_DN16, row.dark[p.probeX]!, true);
  view.setFloat32(Reports.PROBE_DARK_SCALE, darkScale, true);
  for (let k = 0; k < p.gates; k++) {
    view.setUint16(Reports.PROBE_SAMPLES + 2 * k, row.samples[k * p.width + p.probeX]!, true);
  }
  return payload;
}

/** `flags`: of every pixel of the frame; `sender`: has sent all but the trailer. */
export function trailer(
  frame: ReferenceFrame,
  flags: readonly number[],
  sender: ReferenceSender,
): Uint8Array {
  const payload = new Uint8Array(Reports.TRAILER_BYTES);
  const view = new DataView(payload.buffer);
  const count = (bit: number): number => flags.filter((value) => (value & bit) !== 0).length;
  view.setUint32(Reports.TRAILER_FRAME, frame.frame, true);
  view.setUint32(Reports.TRAILER_STATUS, STATUS_OK, true);
  view.setBigUint64(Reports.TRAILER_END_CYCLE, frame.endCycle, true);
  view.setUint32(Reports.TRAILER_VALID_PIXELS, flags.length - count(Flags.PIXEL_INVALID), true);
  view.setUint32(Reports.TRAILER_NO_RETURN, count(Flags.PIXEL_NO_RETURN), true);
  view.setUint32(Reports.TRAILER_LOW_SIGNAL, count(Flags.PIXEL_LOW_SIGNAL), true);
  view.setUint32(Reports.TRAILER_SATURATED, count(Flags.PIXEL_SATURATED), true);
  view.setUint32(Reports.TRAILER_MISFIT, count(Flags.PIXEL_MISFIT), true);
  view.setUint32(Reports.TRAILER_BAD, count(Flags.PIXEL_BAD), true);
  view.setUint32(Reports.TRAILER_WINDOW, count(Flags.PIXEL_WINDOW), true);
  view.setUint32(Reports.TRAILER_REPORTS, sender.reports.length + 1, true);
  view.setUint32(Reports.TRAILER_RAW_BYTES, sender.sent(Reports.KIND_RAW), true);
  return payload;
}

function rawLine(p: ReferenceParameters, samples: Uint16Array, gate: number): Uint8Array {
  const gateLine = (k: number) => samples.subarray(k * p.width, (k + 1) * p.width);
  const line = gateLine(gate);
  if (p.rawFormat === Reports.PIXEL_FORMAT_MONO12P) return pack12(line);
  if (p.rawFormat === Reports.PIXEL_FORMAT_MONO16) return pack16(line);
  return packLossless(line, gate === 0 ? undefined : gateLine(gate - 1));
}

/** Sends the raw gate lines of a row as they travel. */
export function sendRawLines(
  sender: ReferenceSender,
  p: ReferenceParameters,
  samples: Uint16Array,
  row: number,
): void {
  if (!(p.components & Reports.COMPONENT_RAW)) return;
  const marked = p.rawFormat === Reports.PIXEL_FORMAT_LOSSLESS;
  for (let gate = 0; gate < p.gates; gate++) {
    const mark = marked ? row * p.gates + gate : undefined;
    sender.append(Reports.KIND_RAW, rawLine(p, samples, gate), mark);
  }
}
