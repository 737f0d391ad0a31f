// A whole readout logic of one's own in place of the package's: the order of calls, and a crude range finder that takes the
// brightest gate's opening for the return time. Memory, checks and reports are the package's; they could be one's own, too.
import { ABI_VERSION } from "../hw-profiles/interface/abi.ts";
import { MODE_LIDAR } from "../hw-profiles/interface/memory-map.ts";
import { PIXEL_BAD, PIXEL_NO_RETURN } from "../hw-profiles/interface/pixel-flags.ts";
import { KIND_LINES, KIND_RAW } from "../hw-profiles/interface/reports.ts";
import {
  STATUS_BAD_PARAMETER,
  STATUS_BAD_STATE,
  STATUS_MORE,
  STATUS_NO_MEMORY,
  STATUS_OK,
} from "../hw-profiles/interface/status.ts";
import { brightestGate, contrastDn, gateRangeM } from "./brightest-gate.ts";
import { crcTables, layOut, publishLayout } from "./layout.ts";
import { checkParameters } from "./parameters.ts";
import { sendLeader, sendTrailer } from "./payloads.ts";
import { LINE_SEGMENTS, lineSegmentAddress, lineSegmentBytes } from "./segments.ts";
import { setup } from "./setup.ts";
import { clearCounters, countFlags } from "./stages/classify.ts";
import { buildCrcTables } from "./stages/crc32c.ts";
import {
  appendBytes,
  flushStream,
  linesStream,
  nextReport,
  rawStream,
  reportsFull,
  startFrameReports,
  startStream,
} from "./stages/reports.ts";
import { frameBlock, imaging, parameters, statusBlock } from "./views.ts";

/** A gate must stand out of the darkest one by this to count as a return, DN. */
const CONTRAST_SMALLEST_DN: u32 = 40;

let configured = false;
/** Segment of the row that is being sent, and bytes of it that are gone; at LINE_SEGMENTS the row is out. */
let segment: u32 = 0;
let segmentSent: u32 = 0;
let rowsDone: u32 = 0;

function begin(): void {
  statusBlock.reportCount = 0;
  statusBlock.detail = 0;
}

function finish(status: u32): u32 {
  statusBlock.last = status;
  return status;
}

export function abi_version(): u32 {
  return ABI_VERSION;
}

export function configure(): u32 {
  begin();
  configured = false;
  buildCrcTables(crcTables());
  const status = checkParameters(crcTables());
  if (status !== STATUS_OK) return finish(status);
  if (imaging.mode !== MODE_LIDAR) return finish(STATUS_BAD_PARAMETER);
  if (!layOut()) return finish(STATUS_NO_MEMORY);
  // This logic has no raw stream: gate planes stay on the chip.
  parameters.components &= 0x1f;
  publishLayout();
  configured = true;
  return finish(STATUS_OK);
}

export function begin_frame(): u32 {
  begin();
  if (!configured) return finish(STATUS_BAD_STATE);
  clearCounters();
  startFrameReports(frameBlock.frame);
  sendLeader(nextReport());
  startStream(linesStream, KIND_LINES, setup.openLines, 0);
  startStream(rawStream, KIND_RAW, setup.openRaw, 0);
  rowsDone = 0;
  return finish(STATUS_OK);
}

function putPixel(column: u32): void {
  const gate = brightestGate(column);
  const contrast = contrastDn(column, gate);
  let flags: u32 = contrast >= CONTRAST_SMALLEST_DN ? 0 : PIXEL_NO_RETURN;
  if (load<u8>(setup.badMap + column) !== 0) flags = PIXEL_BAD;
  const rangeM = flags === 0 ? gateRangeM(gate) : 0.0;
  const amplitudeE = flags === 0 ? f64(contrast) * f64(parameters.gainEPerDn) : 0.0;
  store<u16>(setup.rangeLine + (column << 1), u16(rangeM / f64(parameters.rangeScale)));
  store<u16>(setup.sigmaLine + (column << 1), flags === 0 ? u16.MAX_VALUE : 0);
  store<u16>(
    setup.amplitudeLine + (column << 1),
    u16(min(amplitudeE / f64(parameters.amplitudeScale), 65535.0)),
  );
  store<u16>(setup.ambientLine + (column << 1), 0);
  store<u8>(setup.flagsLine + column, u8(flags));
  countFlags(flags, 1);
}

/** Sends the components of the row; reports that do not fit wait for resume(). */
function sendRow(): u32 {
  for (; segment < LINE_SEGMENTS; segment++) {
    const left = lineSegmentBytes(segment) - segmentSent;
    const taken = appendBytes(linesStream, lineSegmentAddress(segment) + segmentSent, left);
    segmentSent += taken;
    if (taken < left) return STATUS_MORE;
    segmentSent = 0;
  }
  return STATUS_OK;
}

export function process_line(row: u32): u32 {
  begin();
  if (!configured || row !== rowsDone || row >= setup.height) return finish(STATUS_BAD_STATE);
  for (let column: u32 = 0; column < setup.width; column++) putPixel(column);
  rowsDone++;
  segment = 0;
  segmentSent = 0;
  return finish(sendRow());
}

function sendEnd(): u32 {
  if (reportsFull()) return STATUS_MORE;
  flushStream(linesStream);
  if (reportsFull()) return STATUS_MORE;
  sendTrailer(nextReport());
  rowsDone = 0;
  return STATUS_OK;
}

export function end_frame(): u32 {
  begin();
  if (!configured || rowsDone !== setup.height) return finish(STATUS_BAD_STATE);
  return finish(sendEnd());
}

export function resume(): u32 {
  begin();
  if (segment < LINE_SEGMENTS) return finish(sendRow());
  return finish(rowsDone === setup.height ? sendEnd() : STATUS_BAD_STATE);
}
