// Payloads that are one report each: leader, probe, trailer. `report` is where to put it together.
import { PARAM_BLOCK, PARAM_RANGE_SCALE } from "../hw-profiles/interface/memory-map.ts";
import {
  DATA_HEADER_BYTES,
  KIND_LEADER,
  KIND_PROBE,
  KIND_TRAILER,
  LEADER_BINNING_X,
  LEADER_BINNING_Y,
  LEADER_BYTES,
  LEADER_CLOCK_HZ,
  LEADER_COMPONENTS,
  LEADER_DECIMATION_X,
  LEADER_DECIMATION_Y,
  LEADER_DROPPED_FRAMES,
  LEADER_EXPOSURE_NS,
  LEADER_FRAME,
  LEADER_GAIN_E_PER_DN,
  LEADER_GATES,
  LEADER_HEIGHT,
  LEADER_INTENSITY_OFFSET,
  LEADER_INTENSITY_SCALE,
  LEADER_LINES_BYTES,
  LEADER_MODE,
  LEADER_OFFSET_X,
  LEADER_OFFSET_Y,
  LEADER_PULSES_PER_GATE,
  LEADER_RANGE_SCALE,
  LEADER_RAW_BYTES,
  LEADER_RAW_FORMAT,
  LEADER_READ_MODE,
  LEADER_START_CYCLE,
  LEADER_TEMPERATURE_MK,
  LEADER_WIDTH,
  PROBE_DARK_DN16,
  PROBE_DARK_SCALE,
  PROBE_GATES,
  PROBE_OFFSET_DN16,
  PROBE_SAMPLES,
  PROBE_X,
  PROBE_Y,
  TRAILER_BYTES,
  TRAILER_END_CYCLE,
  TRAILER_FRAME,
  TRAILER_RAW_BYTES,
  TRAILER_REPORTS,
  TRAILER_STATUS,
  TRAILER_VALID_PIXELS,
} from "../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../hw-profiles/interface/status.ts";
import { isImaging } from "./modes.ts";
import { linesBytesPerRow, rawBytesOfFrame } from "./segments.ts";
import { setup } from "./setup.ts";
import { copyCounters } from "./stages/classify.ts";
import { rawStream, reportsOfFrame, sendReport } from "./stages/reports.ts";
import { frameBlock, imaging, parameters } from "./views.ts";

const SCALES_BYTES: usize = 16;

function payloadOf(report: usize): usize {
  return report + DATA_HEADER_BYTES;
}

/** What a LiDAR has no use for is 0 there. */
function storeImagingLeader(p: usize): void {
  memory.fill(p + LEADER_MODE, 0, LEADER_BYTES - LEADER_MODE);
  if (!isImaging()) return;
  store<u32>(p, imaging.mode, LEADER_MODE);
  store<u16>(p, u16(imaging.readMode), LEADER_READ_MODE);
  store<u16>(p, u16(imaging.intensityOffset), LEADER_INTENSITY_OFFSET);
  store<f32>(p, imaging.intensityScale, LEADER_INTENSITY_SCALE);
  store<u32>(p, imaging.exposureNs, LEADER_EXPOSURE_NS);
  store<u16>(p, u16(imaging.offsetX), LEADER_OFFSET_X);
  store<u16>(p, u16(imaging.offsetY), LEADER_OFFSET_Y);
  store<u8>(p, u8(imaging.binning), LEADER_BINNING_X);
  store<u8>(p, u8(imaging.binning >> 8), LEADER_BINNING_Y);
  store<u8>(p, u8(imaging.decimation), LEADER_DECIMATION_X);
  store<u8>(p, u8(imaging.decimation >> 8), LEADER_DECIMATION_Y);
  store<f32>(p, parameters.gainEPerDn, LEADER_GAIN_E_PER_DN);
}

/** First report of a frame. */
export function sendLeader(report: usize): void {
  const p = payloadOf(report);
  store<u32>(p, frameBlock.frame, LEADER_FRAME);
  store<u32>(p, parameters.components, LEADER_COMPONENTS);
  store<u64>(p, frameBlock.startCycle, LEADER_START_CYCLE);
  store<u32>(p, parameters.clockHz, LEADER_CLOCK_HZ);
  store<u16>(p, u16(setup.width), LEADER_WIDTH);
  store<u16>(p, u16(setup.height), LEADER_HEIGHT);
  store<u16>(p, u16(setup.gates), LEADER_GATES);
  store<u16>(p, u16(parameters.rawFormat), LEADER_RAW_FORMAT);
  // Of range, sigma, amplitude and ambient.
  memory.copy(p + LEADER_RANGE_SCALE, PARAM_BLOCK + PARAM_RANGE_SCALE, SCALES_BYTES);
  store<u32>(p, frameBlock.temperatureMk, LEADER_TEMPERATURE_MK);
  store<u32>(p, frameBlock.dropped, LEADER_DROPPED_FRAMES);
  store<u32>(p, parameters.pulsesPerGate, LEADER_PULSES_PER_GATE);
  store<u32>(p, linesBytesPerRow() * setup.height, LEADER_LINES_BYTES);
  store<u32>(p, rawBytesOfFrame(), LEADER_RAW_BYTES);
  storeImagingLeader(p);
  sendReport(report, KIND_LEADER, LEADER_BYTES, 0);
}

/** Gate samples of the probe pixel, from the line buffers of its row. */
export function sendProbe(report: usize): void {
  const p = payloadOf(report);
  const column = parameters.probeX << 1;
  store<u16>(p, u16(parameters.probeX), PROBE_X);
  store<u16>(p, u16(parameters.probeY), PROBE_Y);
  store<u16>(p, u16(setup.gates), PROBE_GATES);
  store<u16>(p, load<u16>(setup.offsetMap + column), PROBE_OFFSET_DN16);
  store<u32>(p, u32(load<u16>(setup.darkMap + column)), PROBE_DARK_DN16);
  store<f32>(p, setup.darkScale, PROBE_DARK_SCALE);
  for (let gate: u32 = 0; gate < setup.gates; gate++) {
    store<u16>(p + (gate << 1), load<u16>(setup.samples + gate * (setup.width << 1) + column), PROBE_SAMPLES);
  }
  sendReport(report, KIND_PROBE, PROBE_SAMPLES + (setup.gates << 1), 0);
}

/** Last report of a frame. */
export function sendTrailer(report: usize): void {
  const p = payloadOf(report);
  store<u32>(p, frameBlock.frame, TRAILER_FRAME);
  store<u32>(p, STATUS_OK, TRAILER_STATUS);
  store<u64>(p, frameBlock.endCycle, TRAILER_END_CYCLE);
  copyCounters(p + TRAILER_VALID_PIXELS);
  store<u32>(p, reportsOfFrame() + 1, TRAILER_REPORTS);
  store<u32>(p, rawStream.sent, TRAILER_RAW_BYTES);
  sendReport(report, KIND_TRAILER, TRAILER_BYTES, 0);
}
