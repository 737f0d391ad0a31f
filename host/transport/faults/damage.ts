import type { FaultRule } from "./fault-spec.ts";
import type { Random } from "./random.ts";

/** What arrives of a packet: a copy when it is damaged. Anything but corrupt and truncate leaves it as it is. */
export function damaged(packet: Uint8Array, rule: FaultRule | undefined, random: Random): Uint8Array {
  if (rule?.kind === "truncate") return packet.slice(0, rule.value ?? random.below(packet.length));
  if (rule?.kind !== "corrupt" || packet.length === 0) return packet;
  const copy = packet.slice();
  const byte = rule.value ?? random.below(copy.length);
  const bit = random.below(8);
  if (byte < copy.length) copy[byte]! ^= 1 << bit;
  return copy;
}
