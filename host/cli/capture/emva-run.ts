import { join } from "node:path";
import type { Camera } from "../../camera/camera.ts";
import { CameraSource } from "../../capture/emva/camera-source.ts";
import { captureEmva, type EmvaOutcome } from "../../capture/emva/emva-capture.ts";
import { EmvaError } from "../../capture/emva/emva-source.ts";
import { type EvenSource, photonsPerS } from "../../capture/emva/photons.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import { CommandError } from "../command-error.ts";
import { EXIT_BAD_INPUT } from "../exit-codes.ts";
import type { CaptureOptions } from "./capture-options.ts";
import type { CaptureWatch } from "./capture-watch.ts";
import { lampOf } from "./lamp.ts";
import { setRegion } from "./set-region.ts";

/** What `cqd capture --format emva --json` prints, and what DIR/capture.json holds. */
export interface EmvaRunSummary extends EvenSource, EmvaOutcome {
  readonly device: string;
  readonly profile: string;
  readonly format: "emva";
  readonly out: string;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly pitchUm: number;
  readonly photonsPerS: number;
  readonly temperatureC: number;
  readonly interrupted: boolean;
}

export const DEFAULT_POINTS = 40;
export const DEFAULT_STACK = 50;
export const DEFAULT_SETTLE = 1;

/** An EMVA 1288 data set of an open camera in front of `light`. @throws CommandError, CameraError, errors of node:fs. */
export async function runEmva(
  camera: Camera,
  light: EvenSource,
  options: CaptureOptions,
  watch: CaptureWatch,
): Promise<EmvaRunSummary> {
  const profile = await camera.profile();
  if (options.region) await setRegion(camera.registers, options.region);
  const source = await CameraSource.open(camera, lampOf(camera, options.device), profile.adc.bits);
  const { temperatureC } = await camera.info();
  const { device, out, seed } = options;
  const { pitchUm } = profile.array;
  const facts = {
    device,
    profile: profile.name,
    format: "emva" as const,
    out,
    seed,
    width: source.width,
    height: source.height,
    bits: source.bits,
    pitchUm,
    ...light,
    photonsPerS: photonsPerS(light, pitchUm),
    temperatureC,
  };
  const outcome = await asBadInput(() =>
    captureEmva(
      source,
      {
        folder: out,
        points: options.points ?? DEFAULT_POINTS,
        stackImages: options.stack ?? DEFAULT_STACK,
        settleFrames: options.settle ?? DEFAULT_SETTLE,
        photonsPerS: facts.photonsPerS,
        startExposureNs: source.startExposureNs,
        comments: commentsOf(facts),
      },
      {
        onImage: (images, total) => watch.onProgress(images, total, "images"),
        isCancelled: () => watch.isCancelled(),
      },
    ),
  );
  const summary = { ...facts, ...outcome, interrupted: outcome.descriptor === undefined };
  await writeFileAtomically(join(out, "capture.json"), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

function commentsOf(facts: Omit<EmvaRunSummary, keyof EmvaOutcome | "interrupted">): string[] {
  return [
    `cqd capture of ${facts.profile}, seed ${facts.seed}, ${facts.temperatureC.toFixed(2)} degC`,
    `even light of ${facts.wavelengthNm} nm, ${facts.irradianceWPerM2} W/m2: ${facts.photonsPerS} photons/s on a ` +
      `pixel of ${facts.pitchUm} um; exposure stepped, single reads, raw codes`,
  ];
}

async function asBadInput<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof EmvaError) throw new CommandError(EXIT_BAD_INPUT, error.message);
    throw error;
  }
}
