/**
 * Traps of the film: dn_k/dt = (rho_k Q - n_k) / tau_k, and what a trap takes the node loses. The system is linear, so an
 * interval is one matrix (sim/detector/lag.ts); the node's charge follows from conservation.
 */
import * as S from "./collect-settings.ts";
import { storeLanes } from "./store-lanes.ts";

/** Occupations of the chunk's quads at reset, 16 bytes a species. */
export function startTraps(pixelBytes: usize, quads: u32): void {
  const planeBytes = (<usize>S.pixels) << 2;
  let to = trapsBeforeRead(0);
  for (let quad: u32 = 0; quad < quads; quad++, pixelBytes += 16) {
    let from = S.trapsBefore + pixelBytes;
    for (let k: usize = 0; k < <usize>S.species; k++, to += 16, from += planeBytes) {
      v128.store(to, f32x4.mul(v128.load(from), v128.load32_splat(S.lagStart + (k << 2))));
    }
  }
}

/** Where the occupations before `read` lie. */
function trapsBeforeRead(read: u32): usize {
  return S.traps + <usize>(read & 1) * <usize>S.species * S.CHUNK_BYTES;
}

/** Charge on the node after the interval before `read`, from `q` before it and `generated` in it. Moves the traps on. */
export function lagCharge(q: v128, generated: v128, read: u32, quad: u32): v128 {
  const bytes = (<usize>S.species) << 4;
  const traps = trapsBeforeRead(read) + <usize>quad * bytes;
  const changed = trapsBeforeRead(read + 1) + <usize>quad * bytes;
  const end = traps + bytes;
  let factor = S.lagTable + <usize>read * ((<usize>S.species * (S.species + 2)) << 2);
  let node = f32x4.add(q, generated);
  for (let k: usize = 0; k < bytes; k += 16) {
    let occupied = f32x4.mul(v128.load32_splat(factor), q);
    occupied = f32x4.add(occupied, f32x4.mul(v128.load32_splat(factor, 4), generated));
    factor += 8;
    for (let at = traps; at < end; at += 16, factor += 4) {
      occupied = f32x4.add(occupied, f32x4.mul(v128.load32_splat(factor), v128.load(at)));
    }
    v128.store(changed + k, occupied);
    node = f32x4.add(node, f32x4.sub(v128.load(traps + k), occupied));
  }
  return node;
}

/**
 * lagCharge of all quads of the chunk for two species, in place of their charge before the interval: the same bits. Films
 * mostly have two, and with the factors in registers it takes a third of the time.
 */
export function lagPair(quads: u32, read: u32): void {
  const table = S.lagTable + ((<usize>read) << 5);
  const fromNode0 = v128.load32_splat(table);
  const fromNew0 = v128.load32_splat(table, 4);
  const from0To0 = v128.load32_splat(table, 8);
  const from1To0 = v128.load32_splat(table, 12);
  const fromNode1 = v128.load32_splat(table, 16);
  const fromNew1 = v128.load32_splat(table, 20);
  const from0To1 = v128.load32_splat(table, 24);
  const from1To1 = v128.load32_splat(table, 28);
  let traps = trapsBeforeRead(read);
  let changed = trapsBeforeRead(read + 1);
  const end = S.work + ((<usize>quads) << 4);
  for (let at = S.work; at < end; at += 16, traps += 32, changed += 32) {
    const q = v128.load(at);
    const generated = v128.load(at, S.GENERATED);
    const trap0 = v128.load(traps);
    const trap1 = v128.load(traps, 16);
    let occupied0 = f32x4.add(f32x4.mul(fromNode0, q), f32x4.mul(fromNew0, generated));
    occupied0 = f32x4.add(occupied0, f32x4.mul(from0To0, trap0));
    occupied0 = f32x4.add(occupied0, f32x4.mul(from1To0, trap1));
    let occupied1 = f32x4.add(f32x4.mul(fromNode1, q), f32x4.mul(fromNew1, generated));
    occupied1 = f32x4.add(occupied1, f32x4.mul(from0To1, trap0));
    occupied1 = f32x4.add(occupied1, f32x4.mul(from1To1, trap1));
    v128.store(changed, occupied0);
    v128.store(changed, occupied1, 16);
    const node = f32x4.add(f32x4.add(q, generated), f32x4.sub(trap0, occupied0));
    v128.store(at, f32x4.add(node, f32x4.sub(trap1, occupied1)));
  }
}

/** Occupations after the last read, of the `lanes` pixels of the chunk. */
export function storeTraps(pixelBytes: usize, lanes: u32): void {
  const planeBytes = (<usize>S.pixels) << 2;
  let from = trapsBeforeRead(S.reads);
  for (let at: u32 = 0; at < lanes; at += 4, pixelBytes += 16) {
    let to = S.trapsAfter + pixelBytes;
    for (let k: u32 = 0; k < S.species; k++, from += 16, to += planeBytes) {
      storeLanes(to, lanes - at, v128.load(from));
    }
  }
}
