import { PIXEL_MISSING, PIXEL_NO_RETURN } from "../../hw-profiles/interface/pixel-flags.ts";
import { PIXEL_FORMAT_MONO12P } from "../../hw-profiles/interface/reports.ts";
import type { ReturnImages } from "../camera/frame.ts";
import {
  decodeComponent,
  decodeFlagLines,
  decodeSigma,
  type LineStream,
  lineStream,
} from "./component-lines.ts";
import type { FramePlanes } from "./frame-planes.ts";
import type { ImageLeader, Leader } from "./leader.ts";
import { type LineLayout, lineLayout, rawLineBytes } from "./line-layout.ts";
import { unpackMono12p, unpackMono16 } from "./pixel-format.ts";

/** Row-major images; those of components that the device did not send have length 0, flags are always there. */
export interface DecodedLines {
  readonly rangeM: Float32Array;
  readonly sigmaM: Float32Array;
  readonly amplitudeE: Float32Array;
  readonly ambientE: Float32Array;
  readonly furtherReturns: readonly ReturnImages[];
  readonly spreadM: Float32Array;
  readonly spreadSigmaM: Float32Array;
  readonly flags: Uint8Array;
}

/** The same for a picture. */
export interface DecodedImage {
  readonly intensityDn: Float32Array;
  readonly sigmaDn: Float32Array;
  readonly flags: Uint8Array;
}

/**
 * Decode a LiDAR frame's KIND_LINES stream (linesBytes long, rows in order).
 * @param lender of memory for ranges and flags, where there are ranges
 */
export function decodeLines(stream: Uint8Array, leader: Leader, lender?: FramePlanes): DecodedLines {
  const layout = lineLayout(leader.components, leader.width);
  const lines = lineStream(stream, leader, layout.recordBytes);
  const { amplitudeOffset, rangeOffset, sigmaOffset } = layout;
  const planes = rangeOffset < 0 ? undefined : lender?.lend(leader.width, leader.height);
  const first = decodeReturn(lines, leader, [rangeOffset, sigmaOffset, amplitudeOffset], planes?.rangeM);
  return {
    ...first,
    ambientE: decodeComponent(lines, layout.ambientOffset, { scale: leader.ambientScaleE, signed: true }),
    furtherReturns: decodeFurther(lines, leader, layout),
    ...decodeSpread(lines, leader, layout.spreadOffset),
    flags:
      decodeFlagLines(lines, layout.flagsOffset, planes?.flags) ??
      flagsOfRanges(leader, first.rangeM, planes?.flags),
  };
}

function decodeReturn(
  lines: LineStream,
  leader: Leader,
  [range, sigma, amplitude]: readonly [number, number, number],
  rangeM?: Float32Array,
): ReturnImages {
  return {
    rangeM: decodeComponent(lines, range, { scale: leader.rangeScaleM }, rangeM),
    sigmaM: decodeSigma(lines, sigma, leader.sigmaScale),
    amplitudeE: decodeComponent(lines, amplitude, { scale: leader.amplitudeScaleE }),
  };
}

/** Second and third return; the second has no pixels when only the third was sent. */
function decodeFurther(lines: LineStream, leader: Leader, layout: LineLayout): ReturnImages[] {
  const { secondOffset, thirdOffset } = layout;
  const sent = thirdOffset >= 0 ? [secondOffset, thirdOffset] : [secondOffset].filter((start) => start >= 0);
  return sent.map((start) => {
    const line = start < 0 ? 0 : 2 * leader.width;
    return decodeReturn(lines, leader, [start, start + line, start + 2 * line]);
  });
}

function decodeSpread(
  lines: LineStream,
  { rangeScaleM: scale, width }: Leader,
  offset: number,
): Pick<DecodedLines, "spreadM" | "spreadSigmaM"> {
  return {
    spreadM: decodeComponent(lines, offset, { scale, signed: true }),
    spreadSigmaM: decodeComponent(lines, offset < 0 ? offset : offset + 2 * width, { scale }),
  };
}

/** Decode an imaging frame's KIND_LINES stream. */
export function decodeImage(stream: Uint8Array, leader: Leader, image: ImageLeader): DecodedImage {
  const layout = lineLayout(leader.components, leader.width);
  const lines = lineStream(stream, leader, layout.recordBytes);
  return {
    intensityDn: decodeComponent(lines, layout.intensityOffset, {
      scale: image.intensityScaleDn,
      zero: image.intensityOffset,
    }),
    sigmaDn: decodeSigma(lines, layout.sigmaOffset, leader.sigmaScale),
    flags: decodeFlagLines(lines, layout.flagsOffset) ?? new Uint8Array(leader.width * leader.height),
  };
}

/** Without the FLAGS component, a range of 0 is all that tells a pixel without return. */
function flagsOfRanges(
  { width, height }: Leader,
  rangeM: Float32Array,
  flags: Uint8Array = new Uint8Array(width * height),
): Uint8Array {
  flags.fill(0);
  for (let i = 0; i < rangeM.length; i++) if (rangeM[i] === 0) flags[i] = PIXEL_NO_RETURN;
  return flags;
}

/** Decode a frame's KIND_RAW stream into K x H x W codes, plane-major. */
export function decodeRaw(stream: Uint8Array, leader: Leader): Uint16Array {
  const { width, height, gates, rawFormat } = leader;
  const unpack = rawFormat === PIXEL_FORMAT_MONO12P ? unpackMono12p : unpackMono16;
  const lineBytes = rawLineBytes(rawFormat, width);
  const codes = new Uint16Array(gates * height * width);
  for (let row = 0, start = 0; row < height; row++)
    for (let gate = 0; gate < gates; gate++, start += lineBytes)
      unpack(stream, start, codes, (gate * height + row) * width, width);
  return codes;
}

/** Set PIXEL_MISSING and clear the values: a pixel of which a byte was lost has no value. */
export function blankMissing(flags: Uint8Array, images: readonly Float32Array[], missing: Uint8Array): void {
  for (let i = 0; i < missing.length; i++) {
    if (missing[i] === 0) continue;
    flags[i]! |= PIXEL_MISSING;
    for (const image of images) if (image.length > 0) image[i] = 0;
  }
}
