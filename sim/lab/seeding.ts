/** Keys of the random numbers of a reading: the user's seed below, a hash of what is measured and how above. */
import type { ElectricalSetting } from "./settings.ts";

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a of a text's UTF-16 units, u32. */
function hashText(text: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME) >>> 0;
  return hash;
}

/**
 * 64-bit seed of a reading. Readings of two samples, instruments or settings are independent under one seed; the same
 * reading repeats exactly.
 */
export function readingSeed(seed: number, ...what: readonly (string | number | undefined)[]): bigint {
  return (BigInt(hashText(what.join("|"))) << 32n) | (BigInt(Math.trunc(seed)) & 0xffffffffn);
}

/** Seed of an electrical reading. */
export function electricalSeed(
  seed: number,
  name: string,
  instrument: string,
  setting: ElectricalSetting,
): bigint {
  const { biasV, gateV, temperatureK, light } = setting;
  return readingSeed(seed, name, instrument, biasV, gateV, temperatureK, light?.wavelengthNm, light?.powerW);
}
