import type { Refusal } from "../../../host/image/refusal.ts";

/** What became of the images of an attack. */
export interface Tally {
  tried: number;
  accepted: number;
  /** Judgements that threw instead of answering. */
  exceptions: number;
  /** Images by the name of the first refusal. */
  readonly byRefusal: Map<string, number>;
  /** The first image that was accepted or threw, in words. */
  firstFault: string | undefined;
}

export function newTally(): Tally {
  return { tried: 0, accepted: 0, exceptions: 0, byRefusal: new Map(), firstFault: undefined };
}

/** Judge one image. @param name says which, if it is accepted or throws. */
export function attempt(tally: Tally, name: () => string, judge: () => readonly Refusal[]): void {
  tally.tried++;
  try {
    const [refusal] = judge();
    if (refusal === undefined) {
      tally.accepted++;
      tally.firstFault ??= `${name()} was accepted`;
      return;
    }
    tally.byRefusal.set(refusal.name, (tally.byRefusal.get(refusal.name) ?? 0) + 1);
  } catch (error) {
    tally.exceptions++;
    tally.firstFault ??= `${name()} threw ${String(error)}`;
  }
}

export function tallyText({ accepted, byRefusal, exceptions, tried }: Tally): string {
  const refusals = [...byRefusal].map(([name, count]) => `${name} ${count}`).join(", ");
  return `${tried} images, ${accepted} accepted, ${exceptions} exceptions; refused: ${refusals}`;
}
