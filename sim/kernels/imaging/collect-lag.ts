/**
 * Traps of the film: dn_k/dt = (rho_k Q - n_k) / tau_k, and what a trap takes the node loses. The system is linear, so an
 * interval is one matrix (sim/detector/lag.ts); the node's charge follows from conservation.
 */
import * as S from "./collect-settings.ts";

/** Occupations of four pixels, 16 bytes a species; lagCharge works on those in S.traps. */
export function startTraps(pixelBytes: usize): void {
  const planeBytes = (<usize>S.pixels) << 2;
  let from = S.trapsBefore + pixelBytes;
  let share = S.lagStart;
  const end = S.traps + ((<usize>S.species) << 4);
  for (let at = S.traps; at < end; at += 16, from += planeBytes, share += 4) {
    v128.store(at, f32x4.mul(v128.load(from), v128.load32_splat(share)));
  }
}

/** Charge on the node after the interval before `read`, from `q` before it and `generated` in it. Moves the traps on. */
export function lagCharge(q: v128, generated: v128, read: u32): v128 {
  const bytes = (<usize>S.species) << 4;
  const end = S.traps + bytes;
  let factor = S.lagTable + <usize>read * ((<usize>S.species * (S.species + 2)) << 2);
  let node = f32x4.add(q, generated);
  for (let to = end; to < end + bytes; to += 16) {
    let occupied = f32x4.mul(v128.load32_splat(factor), q);
    occupied = f32x4.add(occupied, f32x4.mul(v128.load32_splat(factor, 4), generated));
    factor += 8;
    for (let at = S.traps; at < end; at += 16, factor += 4) {
      occupied = f32x4.add(occupied, f32x4.mul(v128.load32_splat(factor), v128.load(at)));
    }
    v128.store(to, occupied);
    node = f32x4.add(node, f32x4.sub(v128.load(to - bytes), occupied));
  }
  for (let at = S.traps; at < end; at += 16) v128.store(at, v128.load(at + bytes));
  return node;
}
