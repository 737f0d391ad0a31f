import { MAX_COLUMNS, MAX_GATES, MAX_ROWS } from "../../hw-profiles/interface/abi.ts";
import { MODE_IMAGING, MODE_LIDAR, READ_RAMP } from "../../hw-profiles/interface/memory-map.ts";
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
  /** In imaging DN per LSB. */
  readonly sigmaScale: number;
  /** Electrons per LSB. */
  readonly amplitudeScaleE: number;
  readonly ambientScaleE: number;
  readonly temperatureMk: number;
  readonly droppedFrames: number;
  readonly pulsesPerGate: number;
  readonly linesBytes: number;
  /** In the lossless format: at most; the trailer tells. */
  readonly rawBytes: number;
  /** Imaging only. */
  readonly image: ImageLeader | undefined;
}

/** What a leader says of a picture. */
export interface ImageLeader {
  /** READ_*. */
  readonly readMode: number;
  /** Code of signal zero, and DN per LSB. */
  readonly intensityOffset: number;
  readonly intensityScaleDn: number;
  readonly exposureNs: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly binningX: number;
  readonly binningY: number;
  readonly decimationX: number;
  readonly decimationY: number;
  readonly gainEPerDn: number;
}

const MAX_FACTOR = 255;

function requireRange(what: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max)) throw new PacketError("limit", what, value, `${min}..${max}`);
}

function requireScale(what: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new PacketError("limit", what, value, "a positive number");
}

/** At least one component, and none that the mode does not have. */
function requireComponents({ components, image }: Leader): void {
  const possible = image ? R.COMPONENT_IMAGING : R.COMPONENT_LIDAR;
  if (components !== 0 && (components & ~possible) === 0) return;
  throw new PacketError("limit", "components of a leader", components, `bits of 0x${possible.toString(16)}`);
}

function checkRanges(leader: Leader): void {
  requireScale("range scale of a leader", leader.rangeScaleM);
  requireScale("sigma scale of a leader", leader.sigmaScale);
  requireScale("amplitude scale of a leader", leader.amplitudeScaleE);
  requireScale("ambient scale of a leader", leader.ambientScaleE);
}

function checkImage(image: ImageLeader, sigmaScaleDn: number): void {
  requireRange("read mode of a leader", image.readMode, 0, READ_RAMP);
  requireScale("intensity scale of a leader", image.intensityScaleDn);
  requireScale("sigma scale of a leader", sigmaScaleDn);
  requireScale("electrons per DN of a leader", image.gainEPerDn);
  for (const factor of ["binningX", "binningY", "decimationX", "decimationY"] as const)
    requireRange(`${factor} of a leader`, image[factor], 1, MAX_FACTOR);
}

/** Sizes must be within the ABI's limits and agree with each other: nothing is allocated on a lie. */
function checkLeader(leader: Leader): Leader {
  requireRange("width of a leader", leader.width, 1, MAX_COLUMNS);
  requireRange("height of a leader", leader.height, 1, MAX_ROWS);
  requireRange("gate count of a leader", leader.gates, 1, MAX_GATES);
  requireRange("raw format of a leader", leader.rawFormat, R.PIXEL_FORMAT_MONO16, R.PIXEL_FORMAT_LOSSLESS);
  requireScale("clock of a leader", leader.clockHz);
  requireComponents(leader);
  if (leader.image) checkImage(leader.image, leader.sigmaScale);
  else checkRanges(leader);
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
    sigmaScale: view.getFloat32(R.LEADER_SIGMA_SCALE, true),
    amplitudeScaleE: view.getFloat32(R.LEADER_AMPLITUDE_SCALE, true),
    ambientScaleE: view.getFloat32(R.LEADER_AMBIENT_SCALE, true),
    temperatureMk: view.getUint32(R.LEADER_TEMPERATURE_MK, true),
    droppedFrames: view.getUint32(R.LEADER_DROPPED_FRAMES, true),
    pulsesPerGate: view.getUint32(R.LEADER_PULSES_PER_GATE, true),
    linesBytes: view.getUint32(R.LEADER_LINES_BYTES, true),
    rawBytes: view.getUint32(R.LEADER_RAW_BYTES, true),
    image: parseImage(view),
  });
}

function parseImage(view: DataView): ImageLeader | undefined {
  const mode = view.getUint32(R.LEADER_MODE, true);
  requireRange("mode of a leader", mode, MODE_LIDAR, MODE_IMAGING);
  if (mode === MODE_LIDAR) return undefined;
  return {
    readMode: view.getUint16(R.LEADER_READ_MODE, true),
    intensityOffset: view.getUint16(R.LEADER_INTENSITY_OFFSET, true),
    intensityScaleDn: view.getFloat32(R.LEADER_INTENSITY_SCALE, true),
    exposureNs: view.getUint32(R.LEADER_EXPOSURE_NS, true),
    offsetX: view.getUint16(R.LEADER_OFFSET_X, true),
    offsetY: view.getUint16(R.LEADER_OFFSET_Y, true),
    binningX: view.getUint8(R.LEADER_BINNING_X),
    binningY: view.getUint8(R.LEADER_BINNING_Y),
    decimationX: view.getUint8(R.LEADER_DECIMATION_X),
    decimationY: view.getUint8(R.LEADER_DECIMATION_Y),
    gainEPerDn: view.getFloat32(R.LEADER_GAIN_E_PER_DN, true),
  };
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
  view.setFloat32(R.LEADER_SIGMA_SCALE, leader.sigmaScale, true);
  view.setFloat32(R.LEADER_AMPLITUDE_SCALE, leader.amplitudeScaleE, true);
  view.setFloat32(R.LEADER_AMBIENT_SCALE, leader.ambientScaleE, true);
  view.setUint32(R.LEADER_TEMPERATURE_MK, leader.temperatureMk, true);
  view.setUint32(R.LEADER_DROPPED_FRAMES, leader.droppedFrames, true);
  view.setUint32(R.LEADER_PULSES_PER_GATE, leader.pulsesPerGate, true);
  view.setUint32(R.LEADER_LINES_BYTES, leader.linesBytes, true);
  view.setUint32(R.LEADER_RAW_BYTES, leader.rawBytes, true);
  if (leader.image) writeImage(view, leader.image);
  return payload;
}

function writeImage(view: DataView, image: ImageLeader): void {
  view.setUint32(R.LEADER_MODE, MODE_IMAGING, true);
  view.setUint16(R.LEADER_READ_MODE, image.readMode, true);
  view.setUint16(R.LEADER_INTENSITY_OFFSET, image.intensityOffset, true);
  view.setFloat32(R.LEADER_INTENSITY_SCALE, image.intensityScaleDn, true);
  view.setUint32(R.LEADER_EXPOSURE_NS, image.exposureNs, true);
  view.setUint16(R.LEADER_OFFSET_X, image.offsetX, true);
  view.setUint16(R.LEADER_OFFSET_Y, image.offsetY, true);
  view.setUint8(R.LEADER_BINNING_X, image.binningX);
  view.setUint8(R.LEADER_BINNING_Y, image.binningY);
  view.setUint8(R.LEADER_DECIMATION_X, image.decimationX);
  view.setUint8(R.LEADER_DECIMATION_Y, image.decimationY);
  view.setFloat32(R.LEADER_GAIN_E_PER_DN, image.gainEPerDn, true);
}
