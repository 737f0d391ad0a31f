import { halfLifeMin, lightLeft } from "../../../hw-profiles/derive/led-ageing.ts";
import type { LedProfile } from "../../../hw-profiles/device-profile.ts";
import { loadLightSource } from "../../../hw-profiles/load/load-part.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { ApplicationError } from "../../applications/application-error.ts";
import { filmLoss } from "../../applications/flat-field/film-losses.ts";
import {
  type FlatFieldOptions,
  type FlatFieldResult,
  runFlatField,
  type SessionClock,
} from "../../applications/flat-field/flat-field.ts";
import { writeFlatField } from "../../applications/flat-field/flat-field-files.ts";
import { LampSession, type SessionSetting } from "../../applications/flat-field/lamp-session.ts";
import type { Camera } from "../../camera/camera.ts";
import type { CaptureWatch } from "../capture/capture-watch.ts";
import { type DeviceOptions, openDevice } from "../device/device-options.ts";
import { requireImagingDevice } from "./imaging-device.ts";
import { realTimeClock, timeLapseClock } from "./session-clock.ts";

export interface FlatFieldCommand extends DeviceOptions {
  readonly luminance: number;
  readonly minutes: number;
  readonly distance?: number;
  readonly points: number;
  readonly frames: number;
  readonly out?: string;
  readonly json?: true;
}

/** What `cqd flat-field --json` prints. */
export interface FlatFieldSummary extends FlatFieldResult {
  readonly device: string;
  readonly profile: string;
  readonly seed: number;
  readonly led: string;
  readonly luminanceCdPerM2: number;
  readonly framesPerPoint: number;
  readonly fieldPixels: number;
  readonly referencePixels: number;
  /** Minutes of the lamp a minute of the camera. */
  readonly speed: number;
  /** Share of the signal that the film kept at the first and at the last point, by the profile; corrected in `level`. */
  readonly filmLosses: readonly [number, number];
  readonly lawOk: boolean;
  readonly residualOk: boolean;
  readonly files: readonly string[];
  readonly interrupted: boolean;
}

const LED = "perovskite-led";
/** Exposures grow as the lamp fades; beyond this there is no frame rate for all of them. */
const LEAST_LIGHT_LEFT = 1 / 16;
/** Room beyond the longest exposure of a session. */
const SPARE_EXPOSURE = 1.05;
const FRAMES_STEP = 4;
const MINUTES_PER_NS = 1 / 60e9;
const RESIDUAL_BAR = 1.2;

/** Set up, run the session, write files. @throws CommandError, ApplicationError, CameraError, errors of node:fs. */
export async function flatFieldSession(
  options: FlatFieldCommand,
  watch: CaptureWatch,
): Promise<FlatFieldSummary> {
  requireImagingDevice(options.device);
  const led = loadLed();
  checkOptions(led, options);
  const isSimulated = options.device.startsWith("sim");
  return isSimulated ? simulated(led, options, watch) : real(led, options, watch);
}

/** A simulated lamp ages in time-lapse: the session takes as long as its frames. */
async function simulated(
  led: LedProfile,
  options: FlatFieldCommand,
  watch: CaptureWatch,
): Promise<FlatFieldSummary> {
  const { distance, frames, luminance, minutes, points } = options;
  const place = distance === undefined ? "" : `,distance=${distance}`;
  const scene = `ageing-led:luminance=${luminance}${place}`;
  const { periodNs, setting } = await withDevice({ ...options, scene }, async (camera) => {
    const session = await LampSession.open(camera);
    const found = await session.setUp(growthOf(led, options));
    return { setting: found, periodNs: await session.apply(found) };
  });
  const clock = timeLapseClock(minutes / ((points - 1) * frames * periodNs));
  const speed = clock.minutesPerNs / MINUTES_PER_NS;
  return withDevice({ ...options, scene: `${scene},speed=${speed}` }, async (camera) =>
    report(await LampSession.open(camera), { camera, clock, led, options, setting, watch }),
  );
}

async function real(
  led: LedProfile,
  options: FlatFieldCommand,
  watch: CaptureWatch,
): Promise<FlatFieldSummary> {
  return withDevice(options, async (camera) => {
    const session = await LampSession.open(camera);
    const setting = await session.setUp(growthOf(led, options));
    const clock = realTimeClock(MINUTES_PER_NS, () => watch.isCancelled());
    return report(session, { camera, clock, led, options, setting, watch });
  });
}

interface Setup {
  readonly camera: Camera;
  readonly clock: SessionClock;
  readonly led: LedProfile;
  readonly options: FlatFieldCommand;
  readonly setting: SessionSetting;
  readonly watch: CaptureWatch;
}

async function report(session: LampSession, setup: Setup): Promise<FlatFieldSummary> {
  const { camera, clock, led, options, setting, watch } = setup;
  const { device, frames, luminance, minutes, out, points, seed } = options;
  const profile = requireImaging(await camera.profile());
  const losses = await lossOf(profile, session, setting);
  const result = await runFlatField(session, {
    led,
    luminanceCdPerM2: luminance,
    minutes,
    points,
    frames,
    setting,
    clock,
    lossOf: losses,
    onPoint: (done, total) => watch.onProgress(done, total, "points"),
    isCancelled: () => watch.isCancelled(),
  });
  const freedom = result.points.length - 1;
  return {
    device,
    profile: profile.name,
    seed,
    led: led.name,
    luminanceCdPerM2: luminance,
    framesPerPoint: frames,
    fieldPixels: session.pixels.field,
    referencePixels: session.pixels.reference,
    speed: clock.minutesPerNs / MINUTES_PER_NS,
    ...result,
    filmLosses: [losses(result.points[0]!.exposureNs), losses(result.points.at(-1)!.exposureNs)],
    lawOk: result.lawRmsSigma ** 2 <= 1 + 3 * Math.sqrt(2 / freedom),
    residualOk: result.residual <= RESIDUAL_BAR * result.statisticalFloor,
    files: out === undefined ? [] : await writeFlatField(out, result),
    interrupted: watch.isCancelled(),
  };
}

async function lossOf(
  profile: ImagingProfile,
  session: LampSession,
  setting: SessionSetting,
): Promise<FlatFieldOptions["lossOf"]> {
  const periodS = (await session.apply(setting)) * 1e-9;
  return (exposureNs) => filmLoss(profile, { exposureS: exposureNs * 1e-9, periodS });
}

function loadLed(): LedProfile {
  const led = loadLightSource(LED);
  if (led.type === "led") return led;
  throw new ApplicationError(`found ${LED} of type ${led.type}, expected an LED; correct its document`);
}

function checkOptions(led: LedProfile, { frames, luminance, minutes }: FlatFieldCommand): void {
  if (frames % FRAMES_STEP !== 0)
    throw new ApplicationError(
      `found ${frames} frames a point, expected a multiple of ${FRAMES_STEP}: exposures go low, high, high, low`,
    );
  const left = lightLeft(led, luminance, minutes);
  if (left >= LEAST_LIGHT_LEFT) return;
  const halfLife = halfLifeMin(led, luminance);
  throw new ApplicationError(
    `found ${minutes} minutes at ${luminance} cd/m2, which leave ${left.toExponential(1)} of the light (half-life ` +
      `${halfLife.toPrecision(3)} min); expected at most ${(-Math.log2(LEAST_LIGHT_LEFT) * halfLife).toPrecision(3)} minutes`,
  );
}

function growthOf(led: LedProfile, { luminance, minutes }: FlatFieldCommand): number {
  return SPARE_EXPOSURE / lightLeft(led, luminance, minutes);
}

function requireImaging(profile: Awaited<ReturnType<Camera["profile"]>>): ImagingProfile {
  if (profile.mode === "imaging") return profile;
  throw new ApplicationError(`found the LiDAR ${profile.name}, expected an imaging sensor`);
}

async function withDevice<T>(options: DeviceOptions, use: (camera: Camera) => Promise<T>): Promise<T> {
  const { camera } = await openDevice(options, false);
  try {
    return await use(camera);
  } finally {
    await camera.close();
  }
}
