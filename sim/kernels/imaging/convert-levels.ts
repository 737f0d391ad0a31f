/**
 * Charge of one sensor row to levels before the converter, all reads: node and follower, noise, gain, offset. All f32,
 * except the state of telegraph pixels. Held bit for bit against test/reference/imaging/convert-reference.ts.
 */
import { STREAM_FOLLOWER_NOISE } from "../../random/streams.ts";
import { normalQuad } from "../pixel/normal.ts";
import { philoxPair } from "../pixel/philox.ts";
import * as M from "./convert-memory.ts";
import { addTelegraph } from "./convert-telegraph.ts";

/** Pixels whose normals are drawn together; a multiple of 32, the pixels of one philoxPair. */
const CHUNK_PIXELS: u32 = 128;
const CHUNK_BYTES: usize = (<usize>CHUNK_PIXELS) << 2;
/** As LEAST_FILL and LARGEST_FILL of sim/pixel/node-transfer.ts. */
const LEAST_FILL: f32 = -0.125;
const LARGEST_FILL: f32 = 1.25;
const OVERRIDE_BYTES: usize = 8;

const NOISE_DIAGONAL: u32 = 1;

/**
 * Normals of `blocks` times 32 pixels from the global pixel `first`, a multiple of 32. Counter and word of a pixel are such
 * (sim/random/streams.ts) that philoxPair writes them in the order of the pixels.
 */
function drawNormals(first: u32, blocks: u32): void {
  for (let read: u32 = 0; read < M.reads; read++) {
    let at = M.normals + <usize>read * CHUNK_BYTES;
    for (let block: u32 = 0; block < blocks; block++) {
      const counter = (first >> 2) + (block << 3);
      philoxPair(at, counter, read, M.frame, STREAM_FOLLOWER_NOISE, M.keyLow, M.keyHigh);
      for (let end = at + 128; at < end; at += 16) v128.store(at, normalQuad(v128.load(at), M.normalTable));
    }
  }
}

/** Row `read` of the noise factor times the normals of four pixels. */
function noiseQuad(read: u32, at: usize): v128 {
  const row = M.noiseFactor + ((<usize>(read * M.reads)) << 2);
  const from: u32 = M.noiseKind == NOISE_DIAGONAL ? read : 0;
  let sum = f32x4.mul(
    v128.load32_splat(row + ((<usize>from) << 2)),
    v128.load(M.normals + <usize>from * CHUNK_BYTES + at),
  );
  for (let j = from + 1; j <= read; j++) {
    const factor = v128.load32_splat(row + ((<usize>j) << 2));
    sum = f32x4.add(sum, f32x4.mul(factor, v128.load(M.normals + <usize>j * CHUNK_BYTES + at)));
  }
  return sum;
}

function coefficient(power: usize): v128 {
  return v128.load32_splat(M.transfer + (power << 2));
}

/** R(Q / Qfw), see sim/pixel/node-transfer.ts. */
function bendQuad(charge: v128): v128 {
  const fill = f32x4.mul(charge, f32x4.splat(M.inverseFullWell));
  const u = f32x4.pmax(f32x4.splat(LEAST_FILL), f32x4.pmin(fill, f32x4.splat(LARGEST_FILL)));
  let sum = f32x4.add(f32x4.mul(coefficient(7), u), coefficient(6));
  sum = f32x4.add(f32x4.mul(sum, u), coefficient(5));
  sum = f32x4.add(f32x4.mul(sum, u), coefficient(4));
  sum = f32x4.add(f32x4.mul(sum, u), coefficient(3));
  sum = f32x4.add(f32x4.mul(sum, u), coefficient(2));
  sum = f32x4.add(f32x4.mul(sum, u), coefficient(1));
  return f32x4.add(f32x4.mul(sum, u), coefficient(0));
}

/** Levels of `count` pixels of one read. Writes up to three beyond them, which the next run or nobody overwrites. */
function levelRun(charge: usize, offset: usize, level: usize, count: u32, read: u32, normal: usize): void {
  const scale = f32x4.splat(M.dnPerE);
  const bent = M.bent;
  const noisy = M.noiseKind != 0;
  for (let at: usize = 0, end = (<usize>count) << 2; at < end; at += 16) {
    const electrons = v128.load(charge + at);
    let dn = f32x4.mul(electrons, scale);
    if (bent) dn = f32x4.mul(dn, bendQuad(electrons));
    if (noisy) dn = f32x4.add(dn, noiseQuad(read, normal + at));
    v128.store(level + at, f32x4.add(dn, v128.load(offset + at)));
  }
}

/** Dead and stuck pixels have one level whatever happens. */
function overrideLevels(row: u32): void {
  const starts = M.overrideStart + ((<usize>row) << 2);
  const end = M.overrides + <usize>load<u32>(starts, 4) * OVERRIDE_BYTES;
  for (let at = M.overrides + <usize>load<u32>(starts) * OVERRIDE_BYTES; at < end; at += OVERRIDE_BYTES) {
    const dn = load<f32>(at, 4);
    let level = M.levels + ((<usize>load<u32>(at)) << 2);
    for (let read: u32 = 0; read < M.reads; read++, level += (<usize>M.levelStride) << 2) {
      store<f32>(level, dn);
    }
  }
}

function levelChunk(row: u32, chunk: u32, from: u32, to: u32): void {
  if (M.noiseKind != 0) drawNormals(chunk, (to - chunk + 31) >> 5);
  const pixel = from - M.firstPixel;
  const column = pixel - row * M.width;
  let charge = M.charge + ((<usize>pixel) << 2);
  let level = M.levels + ((<usize>column) << 2);
  const offset = M.offsetDn + ((<usize>pixel) << 2);
  const normal = (<usize>(from - chunk)) << 2;
  for (let read: u32 = 0; read < M.reads; read++) {
    levelRun(charge, offset, level, to - from, read, normal);
    charge += (<usize>M.planePixels) << 2;
    level += (<usize>M.levelStride) << 2;
  }
}

/** Levels of the columns firstColumn .. firstColumn + columns - 1 of `row` of the band, all reads. */
export function convertLevels(row: u32, firstColumn: u32, columns: u32): void {
  const first = M.firstPixel + row * M.width + firstColumn;
  const end = first + columns;
  for (let chunk = first & ~31; chunk < end; chunk += CHUNK_PIXELS) {
    levelChunk(row, chunk, max(chunk, first), min(chunk + CHUNK_PIXELS, end));
  }
  addTelegraph(row);
  overrideLevels(row);
}
