// The order of calls, and what is still to be sent. A frame is leader, rows, trailer; reports that do not fit the
// board's area wait for resume(), which goes on at the step that stopped.
import { FRAME_TEMPERATURE_MK } from "../hw-profiles/interface/memory-map.ts";
import { KIND_LINES, KIND_RAW } from "../hw-profiles/interface/reports.ts";
import {
  STATUS_BAD_PARAMETER,
  STATUS_BAD_STATE,
  STATUS_MORE,
  STATUS_NO_MEMORY,
  STATUS_OK,
} from "../hw-profiles/interface/status.ts";
import { setFrameDark, setImagingConstants } from "./imaging/buffers.ts";
import { completeRow, computeRow } from "./imaging/rows.ts";
import { crcTables, layOut, publishLayout } from "./layout.ts";
import { isImaging } from "./modes.ts";
import { checkParameters } from "./parameters.ts";
import { sendLeader, sendProbe, sendTrailer } from "./payloads.ts";
import {
  LINE_SEGMENTS,
  lineSegmentAddress,
  lineSegmentBytes,
  rawHeadBytes,
  rawSegment,
  rawSegmentBytes,
  rawSegments,
} from "./segments.ts";
import { setup } from "./setup.ts";
import { clearCounters } from "./stages/classify.ts";
import { darkFactor } from "./stages/correct.ts";
import { buildCrcTables } from "./stages/crc32c.ts";
import { processPixels } from "./stages/line.ts";
import {
  appendBytes,
  flushStream,
  linesStream,
  makeRoom,
  markLine,
  nextReport,
  rawStream,
  reportsFull,
  startFrameReports,
  startStream,
} from "./stages/reports.ts";
import { buildEdges } from "./stages/response.ts";
import { buildTemplates } from "./stages/tables.ts";
import { frameBlock, parameters, statusBlock } from "./views.ts";

const STATE_UNCONFIGURED = 0;
const STATE_IDLE = 1;
const STATE_ROWS = 2;

// Steps of what waits to be sent.
const STEP_NONE: u32 = 0;
const STEP_LINES: u32 = 1;
const STEP_RAW: u32 = 2;
const STEP_PROBE: u32 = 3;
const STEP_FLUSH_LINES: u32 = 4;
const STEP_FLUSH_RAW: u32 = 5;
const STEP_TRAILER: u32 = 6;
/** Imaging: the row that waited for the one after it, at the end of the frame. */
const STEP_LAST_LINES: u32 = 7;

const TEMPERATURE_MK_MIN: u32 = 50_000;
const TEMPERATURE_MK_MAX: u32 = 1_000_000;

// Literals, not STATE_UNCONFIGURED and STEP_NONE: asc would set those in a start function, which a board refuses.
let state = 0;
let nextRow: u32 = 0;
let step: u32 = 0;
/** Segment of the row that is being sent, and bytes of it that are gone. */
let segment: u32 = 0;
let segmentSent: u32 = 0;

/** Ends a call: publishes its status. */
function finish(status: u32): u32 {
  statusBlock.last = status;
  return status;
}

function begin(): void {
  statusBlock.reportCount = 0;
  statusBlock.detail = 0;
}

/** Reads the parameter block, checks it, lays out the memory and builds the tables. Drops a frame in progress. */
export function configureModule(): u32 {
  begin();
  state = STATE_UNCONFIGURED;
  step = STEP_NONE;
  buildCrcTables(crcTables());
  const status = checkParameters(crcTables());
  if (status !== STATUS_OK) return finish(status);
  if (!layOut()) return finish(STATUS_NO_MEMORY);
  if (isImaging()) setImagingConstants();
  else prepareLidar();
  publishLayout();
  state = STATE_IDLE;
  return finish(STATUS_OK);
}

function prepareLidar(): void {
  const gain = f64(parameters.gainEPerDn);
  const reset = f64(parameters.resetNoiseE);
  const read = f64(parameters.readNoiseE);
  setup.gainE16 = f32(gain / 16.0);
  setup.noiseVarianceE2 = f32(reset * reset + read * read + (gain * gain) / 12.0);
  buildEdges();
  buildTemplates();
}

/** Starts a frame from the frame block and sends its leader. */
export function beginFrame(): u32 {
  begin();
  if (state !== STATE_IDLE || step !== STEP_NONE) return finish(STATUS_BAD_STATE);
  const temperatureMk = frameBlock.temperatureMk;
  if (temperatureMk < TEMPERATURE_MK_MIN || temperatureMk > TEMPERATURE_MK_MAX) {
    statusBlock.detail = FRAME_TEMPERATURE_MK;
    return finish(STATUS_BAD_PARAMETER);
  }
  setup.darkScale = darkFactor(temperatureMk);
  setFrameDark(setup.darkScale);
  clearCounters();
  startFrameReports(frameBlock.frame);
  sendLeader(nextReport());
  startStream(linesStream, KIND_LINES, setup.openLines, 0);
  startStream(rawStream, KIND_RAW, setup.openRaw, rawHeadBytes());
  nextRow = 0;
  state = STATE_ROWS;
  return finish(STATUS_OK);
}

/** Computes one row from the line buffers and sends it. */
export function processRow(row: u32): u32 {
  begin();
  if (state !== STATE_ROWS || step !== STEP_NONE || row !== nextRow || row >= setup.height) {
    return finish(STATUS_BAD_STATE);
  }
  step = isImaging() ? takeImagingRow(row) : takeLidarRow();
  nextRow++;
  segment = 0;
  segmentSent = 0;
  return finish(send());
}

function takeLidarRow(): u32 {
  processPixels();
  return STEP_LINES;
}

/** The samples of a row leave at once, its line when the next row has come. */
function takeImagingRow(row: u32): u32 {
  computeRow(row);
  if (row === 0) return STEP_RAW;
  completeRow(row - 1);
  return STEP_LINES;
}

/** Sends what is left of the frame and its trailer. */
export function endFrame(): u32 {
  begin();
  if (state !== STATE_ROWS || step !== STEP_NONE || nextRow !== setup.height) return finish(STATUS_BAD_STATE);
  segment = 0;
  step = STEP_FLUSH_LINES;
  if (isImaging()) {
    completeRow(setup.height - 1);
    step = STEP_LAST_LINES;
  }
  return finish(send());
}

/** Goes on after STATUS_MORE. */
export function resumeSending(): u32 {
  begin();
  if (step === STEP_NONE) return finish(STATUS_BAD_STATE);
  return finish(send());
}

/** Takes steps until nothing waits or the board must take reports. */
function send(): u32 {
  while (step !== STEP_NONE) {
    if (step === STEP_LINES || step === STEP_LAST_LINES) {
      if (!sendLines()) return STATUS_MORE;
    } else if (step === STEP_RAW) {
      if (!sendRaw()) return STATUS_MORE;
    } else {
      if (reportsFull()) return STATUS_MORE;
      sendSingle();
    }
  }
  return STATUS_OK;
}

function sendLines(): bool {
  for (; segment < LINE_SEGMENTS; segment++) {
    const left = lineSegmentBytes(segment) - segmentSent;
    const taken = appendBytes(linesStream, lineSegmentAddress(segment) + segmentSent, left);
    segmentSent += taken;
    if (taken < left) return false;
    segmentSent = 0;
  }
  segment = 0;
  step = step === STEP_LINES ? STEP_RAW : STEP_FLUSH_LINES;
  return true;
}

function sendRaw(): bool {
  for (; segment < rawSegments(); segment++) {
    if (segmentSent === 0) {
      if (!makeRoom(rawStream)) return false;
      markLine(rawStream, (nextRow - 1) * setup.gates + segment);
    }
    const line = rawSegment(segment);
    const left = rawSegmentBytes() - segmentSent;
    const taken = appendBytes(rawStream, line + segmentSent, left);
    segmentSent += taken;
    if (taken < left) return false;
    segmentSent = 0;
  }
  const probeRow = nextRow - 1 === parameters.probeY && parameters.probeX < setup.width;
  step = probeRow ? STEP_PROBE : STEP_NONE;
  return true;
}

/** A step that sends at most one report. */
function sendSingle(): void {
  if (step === STEP_PROBE) {
    sendProbe(nextReport());
    step = STEP_NONE;
  } else if (step === STEP_FLUSH_LINES) {
    flushStream(linesStream);
    step = STEP_FLUSH_RAW;
  } else if (step === STEP_FLUSH_RAW) {
    flushStream(rawStream);
    step = STEP_TRAILER;
  } else {
    sendTrailer(nextReport());
    step = STEP_NONE;
    state = STATE_IDLE;
  }
}
