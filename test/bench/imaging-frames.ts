import { fileURLToPath } from "node:url";

const PROFILE = "hgte-1280x1024";
const WARM_UP_FRAMES = 2;
const FRAMES = 4;
/** The built library, as an integrator has it. */
const LIBRARY = fileURLToPath(new URL("../../build/js/host/index.js", import.meta.url));

export interface ImagingFrameTime {
  readonly stage: string;
  readonly secondsPerMegapixel: number;
}

/** Whole chain of a still scene, all effects of the profile, light to decoded picture, in one thread and by the wall clock. */
async function chainSeconds(readMode: number): Promise<number> {
  const { openCamera } = (await import(LIBRARY)) as typeof import("../../host/index.ts");
  const simulation = { threads: 0, scene: "uniform:photons=2e7" };
  const { camera } = await openCamera(`sim:${PROFILE}`, { simulation });
  await camera.registers.write("ReadMode", readMode);
  let start = 0;
  let taken = 0;
  let pixels = 0;
  for await (const frame of camera.imageFrames({ count: WARM_UP_FRAMES + FRAMES })) {
    if (!frame.integrity.complete) throw new Error(`frame ${frame.frameNumber} is incomplete`);
    pixels = frame.width * frame.height;
    if (++taken === WARM_UP_FRAMES) start = performance.now();
  }
  const seconds = (performance.now() - start) / 1000;
  await camera.close();
  return (seconds * 1e6) / (FRAMES * pixels);
}

export async function imagingFrameTimes(): Promise<readonly ImagingFrameTime[]> {
  const times: ImagingFrameTime[] = [];
  for (const [readMode, name] of ["single", "cds"].entries()) {
    const secondsPerMegapixel = await chainSeconds(readMode);
    times.push({ stage: `${PROFILE}, ${name}, light to decoded picture`, secondsPerMegapixel });
  }
  return times;
}
