import { createHash } from "node:crypto";
import type { CameraFrame, DepthFrame } from "../../host/camera/frame.ts";

/** SHA-256 of all that a frame of depth says, its number and times included, but not of how it travelled. */
export function hashFrame(frame: CameraFrame): string {
  if (frame.kind !== "depth") throw new Error(`found a ${frame.kind} frame, expected one of depth`);
  const hash = createHash("sha256");
  hash.update(headOf(frame));
  const returns = frame.furtherReturns.flatMap(({ rangeM, sigmaM, amplitudeE }) => [
    rangeM,
    sigmaM,
    amplitudeE,
  ]);
  const images = [frame.rangeM, frame.sigmaM, frame.amplitudeE, frame.ambientE, ...returns, frame.spreadM];
  for (const image of images) hash.update(new Uint8Array(image.buffer, image.byteOffset, image.byteLength));
  return hash.update(frame.flags).digest("hex");
}

function headOf(frame: DepthFrame): string {
  const { frameNumber, startCycle, endCycle, clockHz, width, height, gates, temperatureC, counters } = frame;
  const numbers = [frameNumber, startCycle, endCycle, clockHz, width, height, gates, temperatureC];
  return [...numbers, ...Object.values(counters)].join(" ");
}
