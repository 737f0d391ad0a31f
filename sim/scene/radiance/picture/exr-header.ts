import { badPicture } from "./picture.ts";

// OpenEXR: magic, version, attributes. One part of scan lines; tiles, deep data and several parts are refused.

const MAGIC = 20000630;
const VERSION = 2;
const FLAG_TILED = 1 << 9;
const FLAG_LONG_NAMES = 1 << 10;
const FLAG_DEEP = 1 << 11;
const FLAG_MULTI_PART = 0x1000;
const MAX_PIXELS = 1 << 26;
const MAX_CHANNELS = 64;
/** Bytes of a sample by channel type: uint, half, float. */
export const SAMPLE_BYTES = [4, 2, 4] as const;
export const TYPE_UINT = 0;
export const TYPE_HALF = 1;

/** Compressions by number; those with lines can be read. */
const COMPRESSIONS = [
  { name: "none", lines: 1 },
  { name: "RLE", lines: 1 },
  { name: "ZIPS", lines: 1 },
  { name: "ZIP", lines: 16 },
  { name: "PIZ" },
  { name: "PXR24" },
  { name: "B44" },
  { name: "B44A" },
  { name: "DWAA" },
  { name: "DWAB" },
] as const;

export type ExrCompression = "none" | "RLE" | "ZIPS" | "ZIP";

export interface ExrChannel {
  readonly name: string;
  /** 0 uint, 1 half, 2 float. */
  readonly type: number;
  readonly sampling: readonly [x: number, y: number];
}

export interface ExrHeader {
  readonly width: number;
  readonly height: number;
  /** Number of the top row. */
  readonly top: number;
  readonly compression: ExrCompression;
  /** Scan lines of a block. */
  readonly linesPerBlock: number;
  /** In the order in which a line holds them. */
  readonly channels: readonly ExrChannel[];
  /** Where the table of block offsets starts. */
  readonly end: number;
}

export function badExr(scene: string, found: string, expected: string) {
  const whatToDo =
    "Write the picture as a scan line EXR, uncompressed or with RLE, ZIPS or ZIP, channels Y or R, G and B.";
  return badPicture(scene, found, expected, whatToDo);
}

/** Name, value and end of every attribute, to the empty name. */
function readAttributes(
  scene: string,
  bytes: Uint8Array,
): { attributes: Map<string, Uint8Array>; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const attributes = new Map<string, Uint8Array>();
  let at = 8;
  const text = (): string => {
    const stop = bytes.indexOf(0, at);
    if (stop < 0 || stop - at > 255) throw badExr(scene, "a name without end", "a whole header");
    const name = String.fromCharCode(...bytes.subarray(at, stop));
    at = stop + 1;
    return name;
  };
  for (;;) {
    const name = text();
    if (name === "") return { attributes, end: at };
    text();
    if (at + 4 > bytes.length) throw badExr(scene, "the end of the file in the header", "a whole header");
    const size = view.getUint32(at, true);
    at += 4;
    if (size > bytes.length - at) {
      throw badExr(scene, `an attribute of ${size} bytes with ${bytes.length - at} left`, "a whole header");
    }
    attributes.set(name, bytes.subarray(at, at + size));
    at += size;
  }
}

function checkVersion(scene: string, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC)
    throw badExr(scene, "no EXR signature", "an EXR file");
  const version = view.getUint32(4, true);
  if ((version & 0xff) !== VERSION) throw badExr(scene, `version ${version & 0xff}`, `version ${VERSION}`);
  if (version & FLAG_TILED) throw badExr(scene, "tiles", "scan lines");
  if (version & FLAG_DEEP) throw badExr(scene, "deep data", "one sample a pixel");
  if (version & FLAG_MULTI_PART) throw badExr(scene, "several parts", "one part");
  const unknown = version & ~(0xff | FLAG_LONG_NAMES);
  if (unknown !== 0)
    throw badExr(scene, `unknown flags 0x${(unknown >>> 0).toString(16)}`, "a scan line file");
}

function readWindow(
  scene: string,
  value: Uint8Array | undefined,
): Pick<ExrHeader, "width" | "height" | "top"> {
  if (value?.length !== 16) throw badExr(scene, "no data window", "the attribute dataWindow");
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const [left, top, right, bottom] = [0, 4, 8, 12].map((at) => view.getInt32(at, true)) as [
    number,
    number,
    number,
    number,
  ];
  const [width, height] = [right - left + 1, bottom - top + 1];
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
    throw badExr(scene, `${width} x ${height} pixels`, `1 to ${MAX_PIXELS} pixels`);
  }
  return { width, height, top };
}

function readCompression(scene: string, value: Uint8Array | undefined) {
  const code = value?.length === 1 ? value[0]! : -1;
  const known = COMPRESSIONS[code];
  const expected = "no compression, RLE, ZIPS or ZIP";
  if (known === undefined) throw badExr(scene, `compression number ${code}`, expected);
  if (!("lines" in known)) throw badExr(scene, `${known.name} compression`, expected);
  return { compression: known.name, linesPerBlock: known.lines };
}

function readChannels(scene: string, value: Uint8Array | undefined): ExrChannel[] {
  const channels: ExrChannel[] = [];
  const list = value ?? new Uint8Array(0);
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  let at = 0;
  while (at < list.length && list[at] !== 0) {
    const stop = list.indexOf(0, at);
    if (stop < 0 || stop + 17 > list.length || channels.length === MAX_CHANNELS)
      throw badExr(scene, "a channel list that does not end", `at most ${MAX_CHANNELS} channels`);
    const name = String.fromCharCode(...list.subarray(at, stop));
    const type = view.getUint32(stop + 1, true);
    if (type >= SAMPLE_BYTES.length) throw badExr(scene, `channel type ${type}`, "uint, half or float");
    channels.push({ name, type, sampling: [view.getInt32(stop + 9, true), view.getInt32(stop + 13, true)] });
    at = stop + 17;
  }
  if (channels.length === 0) throw badExr(scene, "no channels", "the attribute channels");
  const coarse = channels.find(({ sampling }) => sampling[0] !== 1 || sampling[1] !== 1);
  if (coarse === undefined) return channels;
  throw badExr(
    scene,
    `channel ${JSON.stringify(coarse.name)} with sampling ${coarse.sampling.join(" x ")}`,
    "1 x 1",
  );
}

/** Read what stands before the block offsets. Throws SceneError. */
export function readExrHeader(scene: string, bytes: Uint8Array): ExrHeader {
  checkVersion(scene, bytes);
  const { attributes, end } = readAttributes(scene, bytes);
  return {
    ...readWindow(scene, attributes.get("dataWindow")),
    ...readCompression(scene, attributes.get("compression")),
    channels: readChannels(scene, attributes.get("channels")),
    end,
  };
}
