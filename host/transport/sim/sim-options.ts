import { readFileSync } from "node:fs";
import { DEFAULT_PROFILE, loadProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { SensorProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { FlashSetup, FlashState } from "../../../sim/board/flash/flash-unit.ts";
import { type ChipDeviation, chipDeviation } from "../../../sim/deviation/chip-deviation.ts";
import { DEFAULT_RAYS_PER_SIDE } from "../../../sim/optics/sub-rays.ts";
import { artefactPath } from "../../../sim/pool/artefacts.ts";
import { type EffectSwitches, switchEffects } from "./effect-switches.ts";
import { developmentFlash } from "./factory-image.ts";
import { flashInFile } from "./flash-file.ts";

export type { ChipDeviation } from "../../../sim/deviation/chip-deviation.ts";
export type { FlashSetup, FlashState };

export interface SimTransportOptions {
  /** Name or path of a sensor profile, or a resolved one. Default: the package's default profile. */
  readonly profile?: string | SensorProfile;
  /** What the sensor looks at. Default: the furnished room; for an imaging sensor it is lit by a lamp. */
  readonly scene?: string;
  /** Seed of the temporal noise, 0 .. 2^64 - 1. Default 1. */
  readonly seed?: number | bigint;
  /** Worker threads, 0 = all in this thread. Does not change any byte. Default 0. */
  readonly threads?: number;
  /** "simd" (default), "scalar", or the path of a readout module. */
  readonly firmware?: string;
  /** Rays per pixel side: 2, 4, 6 or 8. Default 4. */
  readonly raysPerSide?: number;
  /** Ground truth: none (default), ranges and electrons per pixel, or also the electrons of every gate plane. */
  readonly truth?: boolean | "electrons";
  /** Effects of an imaging sensor to switch on (true) or off (false), over what its profile says. */
  readonly effects?: EffectSwitches;
  /** What the chip of a LiDAR deviates in from its profile, which the readout logic goes on being told. Default: nothing. */
  readonly deviation?: Partial<ChipDeviation>;
  /** The board's flash, where it is not that of a development board that leaves the factory with `firmware`. */
  readonly flash?: Partial<FlashSetup>;
  /** File that keeps the board's flash from one opening to the next; made when there is none. What lies in it runs. */
  readonly flashFile?: string | undefined;
}

export interface ResolvedSimOptions {
  readonly profile: SensorProfile;
  readonly scene: string;
  readonly seed: bigint;
  readonly threads: number;
  readonly firmware: { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string };
  readonly raysPerSide: number;
  readonly truth: boolean | "electrons";
  readonly deviation: ChipDeviation | undefined;
  readonly flash: FlashSetup;
}

const DEFAULT_SCENE = "room";
const LARGEST_SEED = 2n ** 64n - 1n;

const BUILT_FIRMWARE: ReadonlyMap<string, string> = new Map([
  ["simd", "readout.wasm"],
  ["scalar", "readout-scalar.wasm"],
]);

/** Fill in defaults, load profile and module. @throws with a text for people when one of them cannot be had. */
export function resolveSimOptions(options: SimTransportOptions): ResolvedSimOptions {
  const { profile = DEFAULT_PROFILE, effects = {}, deviation } = options;
  const firmware = readFirmware(options.firmware ?? "simd");
  const kept = options.flashFile === undefined ? {} : flashInFile(options.flashFile);
  const sensor = typeof profile === "string" ? loadProfile(profile) : profile;
  return {
    profile: switchEffects(sensor, effects),
    scene: options.scene ?? DEFAULT_SCENE,
    seed: checkSeed(options.seed ?? 1),
    threads: options.threads ?? 0,
    firmware,
    raysPerSide: options.raysPerSide ?? DEFAULT_RAYS_PER_SIDE,
    truth: options.truth ?? false,
    deviation: deviation === undefined ? undefined : deviationOf(sensor, deviation),
    flash: { ...developmentFlash(firmware), ...kept, ...options.flash },
  };
}

function deviationOf(profile: SensorProfile, changes: Partial<ChipDeviation>): ChipDeviation {
  if (profile.mode === "lidar") return chipDeviation(profile, changes);
  throw new RangeError(
    `deviation: found one for ${profile.name}, an imaging sensor; expected a LiDAR, whose response and gates can deviate`,
  );
}

function checkSeed(seed: number | bigint): bigint {
  const exact = typeof seed === "bigint" || Number.isSafeInteger(seed);
  if (exact && BigInt(seed) >= 0n && BigInt(seed) <= LARGEST_SEED) return BigInt(seed);
  throw new RangeError(`seed: found ${seed}, expected an integer from 0 to 2^64 - 1; give another seed`);
}

function readFirmware(name: string): ResolvedSimOptions["firmware"] {
  const built = BUILT_FIRMWARE.get(name);
  const path = built === undefined ? name : artefactPath(built);
  try {
    return { bytes: new Uint8Array(readFileSync(path)), name: built ?? name };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const next =
      built === undefined ? "give the path of a module, simd or scalar" : "run `npm run build:firmware`";
    throw new Error(
      `readout firmware ${name}: found nothing to read (${reason}), expected a .wasm file; ${next}`,
    );
  }
}
