import { FaultInjector } from "../../../../host/transport/faults/fault-injector.ts";
import { REGISTER_REPORT_BYTES } from "../../../../hw-profiles/interface/reports.ts";
import { type FlashBench, FREE_SLOT } from "./flash-bench.ts";

/** What a link does to packets: which faults share its rate, of requests and of replies. */
export const LOSSES = {
  drop: ["set.drop", "get.drop"],
  corrupt: ["set.corrupt", "get.corrupt"],
  duplicate: ["set.duplicate"],
  reorder: ["set.reorder", "get.stale"],
  mixed: ["set.drop", "set.corrupt", "set.duplicate", "set.reorder", "get.drop", "get.corrupt", "get.stale"],
} as const;

export type Loss = keyof typeof LOSSES;

/** One installation over a link that never heals. */
export interface LossyRun {
  readonly end: string;
  /** What the slot holds in the end is the image. */
  readonly isWhole: boolean;
  /** Of the image, with those that were sent again, over those of the image. */
  readonly sentRatio: number;
  /** Of all requests, over those of the image. */
  readonly requestRatio: number;
  /** Erases of the slot over the sectors of the image. */
  readonly sectorsSentAgain: number;
}

/** @param rate probability that a packet meets a fault, of each direction. */
export function lossySpec(loss: Loss, rate: number, seed: number): string {
  const kinds = LOSSES[loss];
  const share = (pipe: string) => rate / kinds.filter((kind) => kind.startsWith(pipe)).length;
  const rules = kinds.map((kind) => `${kind}:${share(kind.slice(0, 3))}`);
  return [...(rate > 0 ? rules : []), `seed=${seed}`].join(",");
}

/** Install an image into a slot that holds nothing of it. */
export async function lossyInstall(bench: FlashBench, image: Uint8Array, spec: string): Promise<LossyRun> {
  await bench.with("seed=1", (updater) => updater.erase(FREE_SLOT).then(() => undefined));
  const before = bench.slotErases(FREE_SLOT);
  const injector = new FaultInjector(spec);
  const { end, sent } = await bench.attempt(image, injector);
  const held = bench.slotBytes(FREE_SLOT, image.length);
  return {
    end,
    isWhole: held.every((byte, i) => byte === image[i]),
    sentRatio: (sent?.sentBytes ?? 0) / image.length,
    requestRatio: (injector.packets().set * REGISTER_REPORT_BYTES) / image.length,
    sectorsSentAgain: bench.slotErases(FREE_SLOT) - before - Math.ceil(image.length / bench.sectorBytes),
  };
}
