import { access, constants, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { TraceSignal } from "../transport/transport.ts";
import { changeBytes, headerText, identifier } from "./vcd-text.ts";

/** A trace that its disk cannot take. */
export class TraceSizeError extends Error {
  override readonly name = "TraceSizeError";
}

/** Left free for others. */
const RESERVE_BYTES = 64 << 20;

/** Bytes of the file, an upper bound; usually two thirds of it are used. */
export function estimatedBytes(signals: readonly TraceSignal[]): number {
  const idBytes = identifier(Math.max(0, signals.length - 1)).length;
  const changes = signals.reduce(
    (sum, signal) => sum + (signal.expectedEdges + 1) * changeBytes(signal, idBytes),
    0,
  );
  return headerText({ timescale: "100 fs", comments: [], signals }).length + 1024 + changes;
}

/** @throws errors of node:fs, before any work is done, when no file can be written there. */
export async function requireWritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR", path });
  }
  await access(dirname(path), constants.W_OK);
}

/** @throws TraceSizeError when the file could fill the disk, an error of node:fs when there is no such folder. */
export async function checkSpace(path: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path));
  requireSpace(path, bytes, bavail * bsize);
}

export function requireSpace(path: string, bytes: number, freeBytes: number): void {
  if (bytes + RESERVE_BYTES <= freeBytes) return;
  throw new TraceSizeError(
    `${path}: found ${sizeText(freeBytes)} free, expected ${sizeText(bytes)} for the trace and ` +
      `${sizeText(RESERVE_BYTES)} left over; ask for fewer frames, rows, columns or signals, or a window of cycles`,
  );
}

export function sizeText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${Number((bytes / 1000 ** step).toPrecision(3))} ${units[step]}`;
}
