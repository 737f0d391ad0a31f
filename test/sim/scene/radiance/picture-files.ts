// Writers of PFM and EXR for tests, made from the format descriptions.

import { deflateSync } from "node:zlib";

/** `sample(row, column, channel)`; rows from the top. */
export type Sample = (row: number, column: number, channel: number) => number;

export function writePfm(
  width: number,
  height: number,
  channels: 1 | 3,
  sample: Sample,
  { isLittle = true, scale = 1 } = {},
): Buffer {
  const body = Buffer.alloc(4 * width * height * channels);
  let at = 0;
  for (let row = height - 1; row >= 0; row--) {
    for (let column = 0; column < width; column++) {
      for (let channel = 0; channel < channels; channel++, at += 4) {
        const value = sample(row, column, channel);
        if (isLittle) body.writeFloatLE(value, at);
        else body.writeFloatBE(value, at);
      }
    }
  }
  const header = `${channels === 3 ? "PF" : "Pf"}\n${width} ${height}\n${isLittle ? -scale : scale}\n`;
  return Buffer.concat([Buffer.from(header), body]);
}

export interface ExrOptions {
  /** 0 none, 2 ZIPS, 3 ZIP; others are written without compression under that number. */
  readonly compression?: number;
  readonly types?: readonly ("half" | "float" | "uint")[];
  readonly flags?: number;
  readonly sampling?: number;
  readonly top?: number;
}

/** binary16 of numbers that it holds exactly, infinities and NaN. */
export function halfBits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << 10) | Math.round((size / 2 ** exponent - 1) * 1024);
}

function attribute(name: string, type: string, value: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(value.length);
  return Buffer.concat([Buffer.from(`${name}\0${type}\0`), size, value]);
}

function ints(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => void buffer.writeInt32LE(value, 4 * i));
  return buffer;
}

function floats(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => void buffer.writeFloatLE(value, 4 * i));
  return buffer;
}

/** Channel list: name, type (0 uint, 1 half, 2 float), pLinear, sampling. */
function channelList(names: readonly string[], options: ExrOptions): Buffer {
  const step = options.sampling ?? 1;
  const entries = names.map((name, i) => {
    const type = ["uint", "half", "float"].indexOf(options.types?.[i] ?? "float");
    return Buffer.concat([Buffer.from(`${name}\0`), ints(type, 0, step, step)]);
  });
  return Buffer.concat([...entries, Buffer.alloc(1)]);
}

function header(width: number, height: number, names: readonly string[], options: ExrOptions): Buffer {
  const top = options.top ?? 0;
  const window = ints(-3, top, width - 4, top + height - 1);
  return Buffer.concat([
    ints(20000630, 2 | (options.flags ?? 0)),
    attribute("channels", "chlist", channelList(names, options)),
    attribute("compression", "compression", Buffer.of(options.compression ?? 0)),
    attribute("dataWindow", "box2i", window),
    attribute("displayWindow", "box2i", window),
    attribute("lineOrder", "lineOrder", Buffer.of(0)),
    attribute("pixelAspectRatio", "float", floats(1)),
    attribute("screenWindowCenter", "v2f", floats(0, 0)),
    attribute("screenWindowWidth", "float", floats(1)),
    Buffer.alloc(1),
  ]);
}

/** Bytes of a line: all samples of a channel, then those of the next. */
function line(
  width: number,
  row: number,
  names: readonly string[],
  sample: Sample,
  options: ExrOptions,
): Buffer {
  const parts = names.map((_, channel) => {
    const type = options.types?.[channel] ?? "float";
    const part = Buffer.alloc((type === "half" ? 2 : 4) * width);
    for (let column = 0; column < width; column++) {
      const value = sample(row, column, channel);
      if (type === "half") part.writeUInt16LE(halfBits(value), 2 * column);
      else if (type === "uint") part.writeUInt32LE(value, 4 * column);
      else part.writeFloatLE(value, 4 * column);
    }
    return part;
  });
  return Buffer.concat(parts);
}

/** Bytes at even places, then those at odd ones, as differences plus 128, deflated; as they are if that is not smaller. */
function zip(raw: Buffer): Buffer {
  const split = Buffer.from([...raw.filter((_, i) => i % 2 === 0), ...raw.filter((_, i) => i % 2 === 1)]);
  const packed = deflateSync(split.map((byte, i) => (i === 0 ? byte : byte - split[i - 1]! + 128)));
  return packed.length < raw.length ? packed : raw;
}

/** A scan line EXR; names in alphabetical order, as the format wants them. */
export function writeExr(
  width: number,
  height: number,
  names: readonly string[],
  sample: Sample,
  options: ExrOptions = {},
): Buffer {
  const head = header(width, height, names, options);
  const linesPerBlock = options.compression === 3 ? 16 : 1;
  const blocks: Buffer[] = [];
  for (let first = 0; first < height; first += linesPerBlock) {
    const rows = Array.from({ length: Math.min(linesPerBlock, height - first) }, (_, i) => first + i);
    const raw = Buffer.concat(rows.map((row) => line(width, row, names, sample, options)));
    const data = options.compression === 2 || options.compression === 3 ? zip(raw) : raw;
    blocks.push(Buffer.concat([ints((options.top ?? 0) + first, data.length), data]));
  }
  const offsets = Buffer.alloc(8 * blocks.length);
  let at = head.length + offsets.length;
  blocks.forEach((block, i) => {
    offsets.writeBigUInt64LE(BigInt(at), 8 * i);
    at += block.length;
  });
  return Buffer.concat([head, offsets, ...blocks]);
}
