import { fileURLToPath } from "node:url";
import { BENCH_PROFILE } from "./fixture.ts";

const WARM_UP_FRAMES = 5;
/** The built library, as an integrator has it: worker threads run from the build. */
const LIBRARY = fileURLToPath(new URL("../../build/js/host/index.js", import.meta.url));

export interface FrameRate {
  readonly threads: number;
  readonly framesPerSecond: number;
}

/** Whole chain, light to decoded frame, by the wall clock. */
export async function simulatedFrameRate(threads: number, frames: number): Promise<FrameRate> {
  const { openCamera } = (await import(LIBRARY)) as typeof import("../../host/index.ts");
  const { camera } = await openCamera(`sim:${BENCH_PROFILE}`, { simulation: { threads, scene: "room" } });
  let start = 0;
  let taken = 0;
  for await (const frame of camera.frames({ count: WARM_UP_FRAMES + frames })) {
    if (!frame.integrity.complete) throw new Error(`frame ${frame.frameNumber} is incomplete`);
    taken++;
    if (taken === WARM_UP_FRAMES) start = performance.now();
  }
  const seconds = (performance.now() - start) / 1000;
  await camera.close();
  return { threads, framesPerSecond: frames / seconds };
}
