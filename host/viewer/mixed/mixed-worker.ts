// The search for mixed pixels takes seconds where a frame is all noise: it has a thread of its own.
import { type RayTable, rayTable } from "../../geometry/ray-table.ts";
import { findMixed } from "../../mixed/find-mixed.ts";
import type { MixedAnswer, MixedQuestion } from "./messages.ts";

let rays: RayTable | undefined;

/** The lines of sight are those of one sensor: a worker serves no other. */
function raysOf({ image, optics }: MixedQuestion): RayTable {
  if (rays?.width !== image.width || rays.height !== image.height)
    rays = rayTable(optics, image.width, image.height);
  return rays;
}

function answer(question: MixedQuestion): MixedAnswer {
  try {
    return { kind: "found", mixed: findMixed(question.image, raysOf(question)) };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener("message", ({ data }: MessageEvent<MixedQuestion>) => postMessage(answer(data)));
