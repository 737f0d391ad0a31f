import { PIXEL_FORMAT_LOSSLESS } from "../../hw-profiles/interface/reports.ts";
import type { FrameBuilder } from "./frame-builder.ts";
import type { Leader } from "./leader.ts";
import { decodeRaw } from "./line-decoder.ts";
import { decodeLossless } from "./lossless-stream.ts";
import { clearMissingRaw, markMissingRaw } from "./missing-pixels.ts";
import type { PacketError } from "./packet-error.ts";

/** Raw codes of a frame, and what of them did not arrive. */
export interface RawPlanes {
  /** K x H x W, plane-major. */
  readonly codes: Uint16Array;
  /** A contradiction in bytes that did arrive. */
  readonly error: PacketError | undefined;
  /** Marks the pixels (1 in `missing`, width x height) of which a sample is lost. */
  markMissing(missing: Uint8Array): void;
}

/** The planes of whatever arrived; undefined when the frame carries none. */
export function readRaw(builder: FrameBuilder, layout: Leader): RawPlanes | undefined {
  const { raw } = builder;
  if (!raw) return undefined;
  if (layout.rawFormat === PIXEL_FORMAT_LOSSLESS) return readLossless(builder, raw.bytes, layout);
  const codes = decodeRaw(raw.bytes, layout);
  const gaps = raw.arrived.gaps(layout.rawBytes);
  clearMissingRaw(codes, layout, gaps);
  return { codes, error: undefined, markMissing: (missing) => markMissingRaw(missing, layout, gaps) };
}

function readLossless(builder: FrameBuilder, bytes: Uint8Array, layout: Leader): RawPlanes {
  const length = Math.min(builder.rawLength, bytes.length);
  const gaps = builder.raw?.arrived.gaps(length) ?? [];
  const { codes, error, lost } = decodeLossless(bytes, length, gaps, layout);
  const { gates, width } = layout;
  const markMissing = (missing: Uint8Array): void =>
    lost.forEach((isLost, line) => {
      const start = Math.floor(line / gates) * width;
      if (isLost === 1) missing.fill(1, start, start + width);
    });
  return { codes, error, markMissing };
}
