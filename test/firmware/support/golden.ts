// A golden vector: a parameter block, a frame, and the reports that must come out. Two files hold the same: a binary
// one, chunk by chunk as a board in C or an emulator reads it, and a JSON twin for people.
import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import type { ReferenceFrame, ReferenceRow } from "../../reference/firmware/frame.ts";
import { pack16 } from "../../reference/firmware/pack.ts";

export interface GoldenVector {
  readonly parameterBlock: Uint8Array;
  readonly frame: ReferenceFrame;
  readonly reports: readonly Uint8Array[];
}

/** Chunks in file order: tag (4 ASCII bytes), u32 length, bytes. A row is SAMP, OFFS, DARK, BADM. */
type Chunk = readonly [tag: string, bytes: Uint8Array];

function frameBlock(frame: ReferenceFrame): Uint8Array {
  const bytes = new Uint8Array(Blocks.FRAME_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(Blocks.FRAME_NUMBER, frame.frame, true);
  view.setUint32(Blocks.FRAME_TEMPERATURE_MK, frame.temperatureMk, true);
  view.setBigUint64(Blocks.FRAME_START_CYCLE, frame.startCycle, true);
  view.setBigUint64(Blocks.FRAME_END_CYCLE, frame.endCycle, true);
  view.setUint32(Blocks.FRAME_DROPPED, frame.dropped, true);
  return bytes;
}

function chunksOf(vector: GoldenVector): Chunk[] {
  return [
    ["PARM", vector.parameterBlock],
    ["FRAM", frameBlock(vector.frame)],
    ...vector.frame.rows.flatMap((row): Chunk[] => [
      ["SAMP", pack16(row.samples)],
      ["OFFS", pack16(row.offset)],
      ["DARK", pack16(row.dark)],
      ["BADM", row.bad],
    ]),
    ...vector.reports.map((report): Chunk => ["REPT", report]),
  ];
}

export function encodeGolden(vector: GoldenVector): Uint8Array {
  const parts = chunksOf(vector).flatMap(([tag, bytes]) => {
    const head = new Uint8Array(8);
    head.set(new TextEncoder().encode(tag));
    new DataView(head.buffer).setUint32(4, bytes.length, true);
    return [head, bytes];
  });
  return new Uint8Array(Buffer.concat(parts));
}

function readChunks(file: Uint8Array): Chunk[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 0; at < file.length; ) {
    const length = view.getUint32(at + 4, true);
    const tag = new TextDecoder().decode(file.subarray(at, at + 4));
    chunks.push([tag, file.slice(at + 8, at + 8 + length)]);
    at += 8 + length;
  }
  return chunks;
}

function words16(bytes: Uint8Array): Uint16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(2 * i, true));
}

function decodeFrame(block: Uint8Array, rows: readonly ReferenceRow[]): ReferenceFrame {
  const view = new DataView(block.buffer, block.byteOffset);
  return {
    frame: view.getUint32(Blocks.FRAME_NUMBER, true),
    temperatureMk: view.getUint32(Blocks.FRAME_TEMPERATURE_MK, true),
    startCycle: view.getBigUint64(Blocks.FRAME_START_CYCLE, true),
    endCycle: view.getBigUint64(Blocks.FRAME_END_CYCLE, true),
    dropped: view.getUint32(Blocks.FRAME_DROPPED, true),
    rows,
  };
}

export function decodeGolden(file: Uint8Array): GoldenVector {
  const chunks = readChunks(file);
  const all = (tag: string): Uint8Array[] =>
    chunks.filter(([name]) => name === tag).map(([, bytes]) => bytes);
  const [parameterBlock, block] = [all("PARM")[0]!, all("FRAM")[0]!];
  const [offsets, darks, bads] = [all("OFFS"), all("DARK"), all("BADM")];
  const rows = all("SAMP").map((samples, y) => ({
    samples: words16(samples),
    offset: words16(offsets[y]!),
    dark: words16(darks[y]!),
    bad: bads[y]!,
  }));
  return { parameterBlock, frame: decodeFrame(block, rows), reports: all("REPT") };
}

/** The JSON twin: numbers as numbers, cycles as decimal text, byte strings as hex. */
export function goldenJson(vector: GoldenVector): string {
  const { frame } = vector;
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  const twin = {
    parameterBlock: hex(vector.parameterBlock),
    frame: {
      ...frame,
      startCycle: `${frame.startCycle}`,
      endCycle: `${frame.endCycle}`,
      rows: frame.rows.length,
    },
    rows: frame.rows.map((row) => ({
      samples: row.samples.join(" "),
      offset: row.offset.join(" "),
      dark: row.dark.join(" "),
      bad: row.bad.join(" "),
    })),
    reports: vector.reports.map(hex),
  };
  return `${JSON.stringify(twin, null, 2)}\n`;
}
