import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../save/make-folder.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import { encodePng16 } from "../png16.ts";
import { DESCRIPTOR_NAME, descriptorText, type EmvaSeries } from "./descriptor.ts";
import type { EmvaSource } from "./emva-source.ts";
import { type ExposurePlan, findResponse, planExposures } from "./sweep.ts";

export interface EmvaOptions {
  readonly folder: string;
  /** Exposures of the sweep. */
  readonly points: number;
  /** L, images of a spatial stack. */
  readonly stackImages: number;
  /** Frames thrown away after a change of exposure or light, for lag to settle. */
  readonly settleFrames: number;
  /** Mean photons per second and pixel while the light is on. */
  readonly photonsPerS: number;
  /** Where the search for saturation starts. */
  readonly startExposureNs: number;
  readonly comments: readonly string[];
}

export interface EmvaWatch {
  /** `images` written of `total`. */
  onImage(images: number, total: number): void;
  /** Asked before every image: true ends the capture without a descriptor. */
  isCancelled(): boolean;
}

export interface EmvaOutcome {
  readonly images: number;
  readonly bytes: number;
  readonly exposuresNs: readonly number[];
  readonly spatialExposureNs: number;
  /** Path of the descriptor; undefined when cancelled: the images are whole, but the set is not. */
  readonly descriptor: string | undefined;
}

const IMAGE_FOLDER = "images";
const PAIR = 2;
const NS_PER_S = 1e9;

/**
 * Take an EMVA 1288 data set with constant light and stepped exposure: a bright and a dark pair at each exposure, a bright and
 * a dark stack at half of saturation. Every file is whole or absent; the descriptor is written last.
 * @throws EmvaError, CameraError, errors of node:fs.
 */
export async function captureEmva(
  source: EmvaSource,
  options: EmvaOptions,
  watch: EmvaWatch,
): Promise<EmvaOutcome> {
  await makeFolder(options.folder);
  await makeFolder(join(options.folder, IMAGE_FOLDER));
  const descriptor = join(options.folder, DESCRIPTOR_NAME);
  await unlink(descriptor).catch(ignoreAbsent);
  await source.setLight(true);
  const response = await findResponse(source, options.startExposureNs);
  const plan = planExposures(source, response, options.points);
  const run = new EmvaCapture(source, options, watch);
  const bright = await run.phase(plan, options.photonsPerS);
  if (!watch.isCancelled()) await source.setLight(false);
  const dark = await run.phase(plan, 0);
  const isWhole = !watch.isCancelled();
  if (isWhole) {
    const { bits, width, height } = source;
    const series = [...paired(bright.sweep, dark.sweep), ...bright.spatial, ...dark.spatial];
    const { comments } = options;
    await writeFileAtomically(descriptor, descriptorText({ bits, width, height, comments, series }));
  }
  return {
    images: run.images,
    bytes: run.bytes,
    exposuresNs: bright.sweep.map(({ exposureNs }) => exposureNs),
    spatialExposureNs: bright.spatial[0]?.exposureNs ?? plan.spatialNs,
    descriptor: isWhole ? descriptor : undefined,
  };
}

interface Phase {
  readonly sweep: readonly EmvaSeries[];
  readonly spatial: readonly EmvaSeries[];
}

class EmvaCapture {
  readonly #source: EmvaSource;
  readonly #options: EmvaOptions;
  readonly #watch: EmvaWatch;
  readonly #total: number;
  images = 0;
  bytes = 0;

  constructor(source: EmvaSource, options: EmvaOptions, watch: EmvaWatch) {
    this.#source = source;
    this.#options = options;
    this.#watch = watch;
    this.#total = 2 * (PAIR * options.points + options.stackImages);
  }

  /** All images under one light; fewer when cancelled. */
  async phase({ sweepNs, spatialNs }: ExposurePlan, photonsPerS: number): Promise<Phase> {
    const sweep: EmvaSeries[] = [];
    for (const exposureNs of sweepNs) {
      if (this.#watch.isCancelled()) return { sweep, spatial: [] };
      const last = sweep.at(-1)?.exposureNs ?? 0;
      const series = await this.#series(exposureNs, photonsPerS, PAIR, last);
      if (series) sweep.push(series);
    }
    if (this.#watch.isCancelled()) return { sweep, spatial: [] };
    const stack = await this.#series(spatialNs, photonsPerS, this.#options.stackImages, 0);
    return { sweep, spatial: stack ? [stack] : [] };
  }

  /** Undefined when the camera has no exposure between `lastNs` and this one. */
  async #series(
    wantedNs: number,
    photonsPerS: number,
    images: number,
    lastNs: number,
  ): Promise<EmvaSeries | undefined> {
    const exposureNs = await this.#source.setExposure(wantedNs);
    if (exposureNs <= lastNs) return undefined;
    const files: string[] = [];
    let unsettled = this.#options.settleFrames;
    for await (const codes of this.#source.take(images + unsettled)) {
      if (this.#watch.isCancelled()) break;
      if (unsettled-- > 0) continue;
      files.push(await this.#write(codes));
    }
    return { exposureNs, photons: (photonsPerS * exposureNs) / NS_PER_S, files };
  }

  async #write(codes: Uint16Array): Promise<string> {
    const file = `${IMAGE_FOLDER}/image${this.images}.png`;
    const content = encodePng16(codes, this.#source.width, this.#source.height);
    await writeFileAtomically(join(this.#options.folder, file), content);
    this.images++;
    this.bytes += content.length;
    this.#watch.onImage(this.images, this.#total);
    return file;
  }
}

/** The bright and the dark series of every exposure, one after the other. */
function paired(bright: readonly EmvaSeries[], dark: readonly EmvaSeries[]): EmvaSeries[] {
  return bright.flatMap((series, place) => [series, dark[place]!]);
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
