import { MAX_COLUMNS, MAX_GATES, MAX_ROWS } from "../../hw-profiles/interface/abi.ts";
import * as R from "../../hw-profiles/interface/reports.ts";
import { streamBytes } from "./line-layout.ts";
import { PacketError, requireLength, viewOf } from "./packet-error.ts";

/** First report of a frame: what is needed to read the others. */
export interface Leader {
  readonly frameNumber: number;
  /** COMPONENT_* bits. */
  readonly components: number;
  readonly startCycle: bigint;
  readonly clockHz: number;
  readonly width: number;
  readonly height: number;
  readonly gates: number;
  /** PIXEL_FORMAT_*. */
  readonly rawFormat: number;
  /** Metres per LSB. */
  readonly rangeScaleM: number;
  readonly sigmaScaleM: number;
  /** Electrons per LSB. */
  readonly amplitudeScaleE: number;
  readonly ambientScaleE: number;
  readonly temperatureMk: number;
  readonly droppedFrames: number;
  readonly pulsesPerGate: number;
  readonly linesBytes: number;
  readonly rawBytes: number;
}

function requireRange(what: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max)) throw new PacketError("limit", what, value, `${min}..${max}`);
}

function requireScale(what: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new PacketError("limit", what, value, "a positive number");
}

/** Sizes must be within the ABI's limits and agree with each other: nothing is allocated on a lie. */
function checkLeader(leader: Leader): Leader {
  requireRange("width of a leader", leader.width, 1, MAX_COLUMNS);
  requireRange("height of a leader", leader.height, 1, MAX_ROWS);
  requireRange("gate count of a leader", leader.gates, 1, MAX_GATES);
  requireRange("raw format of a leader", leader.rawFormat, R.PIXEL_FORMAT_MONO16, R.PIXEL_FORMAT_MONO12P);
  requireRange("components of a leader", leader.components, 1, R.COMPONENT_ALL);
  requireScale("clock of a leader", leader.clockHz);
  requireScale("range scale of a leader", leader.rangeScaleM);
  requireScale("sigma scale of a leader", leader.sigmaScaleM);
  requireScale("amplitude scale of a leader", leader.amplitudeScaleE);
  requireScale("ambient scale of a leader", leader.ambientScaleE);
  const bytes = streamBytes(leader);
  if (leader.linesBytes !== bytes.lines)
    throw new PacketError("inconsistent", "line bytes of a leader", leader.linesBytes, bytes.lines);
  if (leader.rawBytes !== bytes.raw)
    throw new PacketError("inconsistent", "raw bytes of a leader", leader.rawBytes, bytes.raw);
  return leader;
}

/** @throws PacketError when the payload is short, a size exceeds the ABI's limits or the sizes contradict. */
export function parseLeader(payload: Uint8Array): Leader {
  requireLength("leader", payload, R.LEADER_BYTES);
  const view = viewOf(payload);
  return checkLeader({
    frameNumber: view.getUint32(R.LEADER_FRAME, true),
    components: view.getUint32(R.LEADER_COMPONENTS, true),
    startCycle: view.getBigUint64(R.LEADER_START_CYCLE, true),
    clockHz: view.getUint32(R.LEADER_CLOCK_HZ, true),
    width: view.getUint16(R.LEADER_WIDTH, true),
    height: view.getUint16(R.LEADER_HEIGHT, true),
    gates: view.getUint16(R.LEADER_GATES, true),
    rawFormat: view.getUint16(R.LEADER_RAW_FORMAT, true),
    rangeScaleM: view.getFloat32(R.LEADER_RANGE_SCALE, true),
    sigmaScaleM: view.getFloat32(R.LEADER_SIGMA_SCALE, true),
    amplitudeScaleE: view.getFloat32(R.LEADER_AMPLITUDE_SCALE, true),
    ambientScaleE: view.getFloat32(R.LEADER_AMBIENT_SCALE, true),
    temperatureMk: view.getUint32(R.LEADER_TEMPERATURE_MK, true),
    droppedFrames: view.getUint32(R.LEADER_DROPPED_FRAMES, true),
    pulsesPerGate: view.getUint32(R.LEADER_PULSES_PER_GATE, true),
    linesBytes: view.getUint32(R.LEADER_LINES_BYTES, true),
    rawBytes: view.getUint32(R.LEADER_RAW_BYTES, true),
  });
}

/** @throws PacketError as parseLeader does. */
export function buildLeader(leader: Leader): Uint8Array {
  checkLeader(leader);
  const payload = new Uint8Array(R.LEADER_BYTES);
  const view = viewOf(payload);
  view.setUint32(R.LEADER_FRAME, leader.frameNumber, true);
  view.setUint32(R.LEADER_COMPONENTS, leader.components, true);
  view.setBigUint64(R.LEADER_START_CYCLE, leader.startCycle, true);
  view.setUint32(R.LEADER_CLOCK_HZ, leader.clockHz, true);
  view.setUint16(R.LEADER_WIDTH, leader.width, true);
  view.setUint16(R.LEADER_HEIGHT, leader.height, true);
  view.setUint16(R.LEADER_GATES, leader.gates, true);
  view.setUint16(R.LEADER_RAW_FORMAT, leader.rawFormat, true);
  view.setFloat32(R.LEADER_RANGE_SCALE, leader.rangeScaleM, true);
  view.setFloat32(R.LEADER_SIGMA_SCALE, leader.sigmaScaleM, true);
  view.setFloat32(R.LEADER_AMPLITUDE_SCALE, leader.amplitudeScaleE, true);
  view.setFloat32(R.LEADER_AMBIENT_SCALE, leader.ambientScaleE, true);
  view.setUint32(R.LEADER_TEMPERATURE_MK, leader.temperatureMk, true);
  view.setUint32(R.LEADER_DROPPED_FRAMES, leader.droppedFrames, true);
  view.setUint32(R.LEADER_PULSES_PER_GATE, leader.pulsesPerGate, true);
  view.setUint32(R.LEADER_LINES_BYTES, leader.linesBytes, true);
  view.setUint32(R.LEADER_RAW_BYTES, leader.rawBytes, true);
  return payload;
}
