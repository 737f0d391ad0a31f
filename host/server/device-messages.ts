// Binary messages of DEVICE_PATH. All numbers little endian. Runs in Node and in the browser.

/** Server to page: input reports, batched. */
export const MESSAGE_REPORTS = 0x01;
/** Server to page: answer to a request. */
export const MESSAGE_REPLY = 0x02;
/** Page to server: an output report (credits). */
export const MESSAGE_OUTPUT = 0x11;
/** Page to server: requests; id, then the bytes. */
export const MESSAGE_SEND_FEATURE = 0x12;
export const MESSAGE_GET_FEATURE = 0x13;

const HEADER_BYTES = 8;
const BATCH_HEADER_BYTES = 24;

/** Input reports as they came from the device, and what the relay knows about them. */
export interface ReportBatch {
  /** Wall clock of the server when the frame was complete, ms. */
  readonly completedAtMs: number;
  /** Frames and reports that this page missed so far because it was slow. */
  readonly skippedFrames: number;
  readonly skippedReports: number;
  readonly reports: readonly Uint8Array[];
}

/** Kind, then [skipped frames u32, skipped reports u32, completed f64], then per report u32 length and bytes. */
export function encodeBatch(batch: ReportBatch): Uint8Array<ArrayBuffer> {
  let length = BATCH_HEADER_BYTES;
  for (const report of batch.reports) length += 4 + report.length;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, MESSAGE_REPORTS);
  view.setUint32(8, batch.skippedFrames, true);
  view.setUint32(12, batch.skippedReports, true);
  view.setFloat64(16, batch.completedAtMs, true);
  let at = BATCH_HEADER_BYTES;
  for (const report of batch.reports) {
    view.setUint32(at, report.length, true);
    bytes.set(report, at + 4);
    at += 4 + report.length;
  }
  return bytes;
}

/** Reports are views into `bytes`. Throws a RangeError when a length runs past the end. */
export function decodeBatch(bytes: Uint8Array): ReportBatch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reports: Uint8Array[] = [];
  let at = BATCH_HEADER_BYTES;
  while (at < bytes.length) {
    const length = view.getUint32(at, true);
    const end = at + 4 + length;
    if (end > bytes.length) {
      throw new RangeError(`batch ends at byte ${bytes.length}, a report in it claims to end at ${end}`);
    }
    reports.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return {
    completedAtMs: view.getFloat64(16, true),
    skippedFrames: view.getUint32(8, true),
    skippedReports: view.getUint32(12, true),
    reports,
  };
}

/** `body`: a report for MESSAGE_OUTPUT and MESSAGE_SEND_FEATURE; report id u8 + length u16 for MESSAGE_GET_FEATURE. */
export function encodeRequest(kind: number, id: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, kind);
  view.setUint32(4, id, true);
  bytes.set(body, HEADER_BYTES);
  return bytes;
}

export interface Request {
  readonly kind: number;
  readonly id: number;
  readonly body: Uint8Array;
}

/** Undefined when the message is shorter than its header. */
export function decodeRequest(bytes: Uint8Array): Request | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { kind: view.getUint8(0), id: view.getUint32(4, true), body: bytes.subarray(HEADER_BYTES) };
}

/** A reply carries bytes, or an error text with `failed` set. */
export function encodeReply(id: number, body: Uint8Array, failed: boolean): Uint8Array<ArrayBuffer> {
  const bytes = encodeRequest(MESSAGE_REPLY, id, body);
  bytes[1] = failed ? 1 : 0;
  return bytes;
}

/** True when a MESSAGE_REPLY carries an error text. */
export function replyFailed(bytes: Uint8Array): boolean {
  return bytes[1] === 1;
}
