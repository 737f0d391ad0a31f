import { fileURLToPath } from "node:url";
import { READ_CDS, READ_RAMP, READ_SINGLE } from "../../hw-profiles/interface/memory-map.ts";
import { loadImagingProfile } from "../../hw-profiles/load/load-profile.ts";
import { type ImagingSettings, initialImagingSettings } from "../../sim/board/imaging/imaging-settings.ts";
import { ImagingChainReference } from "./imaging-reference.ts";

const PROFILE = "hgte-1280x1024";
const PHOTONS_PER_S = 2e7;
const WARM_UP_FRAMES = 3;
/** Rows of the slow reference: one for every bank of converters. */
const REFERENCE_ROWS = 8;
/** The built library, as an integrator has it. */
const LIBRARY = fileURLToPath(new URL("../../build/js/host/index.js", import.meta.url));

/** Best and median frame, seconds per megapixel. */
export interface FrameTimes {
  readonly best: number;
  readonly median: number;
}

export interface ImagingFrameTime {
  readonly stage: string;
  readonly product: FrameTimes;
  readonly reference: FrameTimes;
  /** Opening the board to its first picture, in which the device is drawn, s. */
  readonly firstPictureS: number;
}

interface Mode {
  readonly name: string;
  readonly frames: number;
  /** What differs from the state after power-on, in the units of the registers. */
  readonly settings: Partial<ImagingSettings>;
}

const RAMP = { readMode: READ_RAMP, rampReads: 8, exposureNs: 60_000_000, frameRateMhz: 10_000 };

const MODES: readonly Mode[] = [
  { name: "single", frames: 15, settings: { readMode: READ_SINGLE } },
  { name: "cds", frames: 15, settings: { readMode: READ_CDS } },
  { name: "ramp of 8", frames: 7, settings: RAMP },
];

/** Names of the registers of these settings, in the order in which the chip accepts them. */
const REGISTERS = [
  ["frameRateMhz", "AcquisitionFrameRate"],
  ["exposureNs", "ExposureTime"],
  ["rampReads", "ReadCount"],
  ["readMode", "ReadMode"],
] as const;

async function openProduct(settings: Mode["settings"]) {
  const { openCamera } = (await import(LIBRARY)) as typeof import("../../host/index.ts");
  const simulation = { threads: 0, scene: `uniform:photons=${PHOTONS_PER_S}` };
  const { camera } = await openCamera(`sim:${PROFILE}`, { simulation });
  for (const [key, register] of REGISTERS) {
    const value = settings[key];
    if (value !== undefined) await camera.registers.write(register, value);
  }
  /** Takes one frame; returns its pixels. */
  const frame = async (): Promise<number> => {
    for await (const { height, integrity, width } of camera.imageFrames({ count: 1 })) {
      if (!integrity.complete) throw new Error(`${PROFILE}: found an incomplete frame, expected a whole one`);
      return width * height;
    }
    throw new Error(`${PROFILE}: found no frame, expected one`);
  };
  return { frame, close: () => camera.close() };
}

function openReference(settings: Mode["settings"]): ImagingChainReference {
  const profile = loadImagingProfile(PROFILE);
  const small = { ...profile, array: { ...profile.array, heightPx: REFERENCE_ROWS } };
  return new ImagingChainReference(small, { ...initialImagingSettings(small), ...settings }, PHOTONS_PER_S);
}

/** Seconds per megapixel of what `run` does. */
async function timed(run: () => Promise<number> | number): Promise<number> {
  const start = performance.now();
  const pixels = await run();
  return ((performance.now() - start) * 1e3) / pixels;
}

function timesOf(seconds: readonly number[]): FrameTimes {
  const sorted = seconds.slice(WARM_UP_FRAMES).sort((a, b) => a - b);
  return { best: sorted[0]!, median: sorted[sorted.length >> 1]! };
}

/** Frames of product and reference in turn, so that both see the same machine. */
async function modeTimes({ frames, name, settings }: Mode): Promise<ImagingFrameTime> {
  const start = performance.now();
  const product = await openProduct(settings);
  const productS = [await timed(product.frame)];
  const firstPictureS = (performance.now() - start) / 1e3;
  const reference = openReference(settings);
  const referenceS: number[] = [];
  for (let frame = 0; frame < WARM_UP_FRAMES + frames; frame++) {
    productS.push(await timed(product.frame));
    referenceS.push(
      await timed(() => {
        reference.frame();
        return reference.pixels;
      }),
    );
  }
  await product.close();
  const stage = `${PROFILE}, ${name}, light to decoded picture`;
  return { stage, product: timesOf(productS), reference: timesOf(referenceS), firstPictureS };
}

/** Whole chain of a still scene with all effects of the profile, in one thread, beside plain TypeScript. */
export async function imagingFrameTimes(): Promise<readonly ImagingFrameTime[]> {
  const times: ImagingFrameTime[] = [];
  for (const mode of MODES) times.push(await modeTimes(mode));
  return times;
}

/** One line a mode, seconds per megapixel-frame. */
export function formatImaging(times: readonly ImagingFrameTime[]): string {
  const line = ({ firstPictureS, product, reference, stage }: ImagingFrameTime): string =>
    `${stage}: ${product.median.toFixed(3)} s per megapixel-frame, one thread (best ${product.best.toFixed(3)}); ` +
    `plain TypeScript ${reference.median.toFixed(2)}, ${(reference.median / product.median).toFixed(0)} x; ` +
    `first picture after ${firstPictureS.toFixed(1)} s`;
  return times.map(line).join("\n");
}
