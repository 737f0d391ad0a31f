import { quantumEfficiency } from "../../../hw-profiles/explain/derive-optics.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { DesignError } from "../design-error.ts";
import { defaultPowerAssumptions, POWER_ASSUMPTIONS, type PowerAssumptions } from "../power.ts";
import { applyBias } from "./bias.ts";
import { applyDetector, applyEmitter } from "./documents.ts";
import { applyFilm, FILM_WORDS } from "./film.ts";
import { matchLight } from "./match-light.ts";
import { DesignParts } from "./parts.ts";
import { applyPath, parseLike } from "./path-setting.ts";
import { applyReach } from "./reach.ts";
import type { Setting } from "./settings.ts";

/** A sensor with settings applied. */
export interface DesignInput {
  readonly profile: LidarProfile;
  readonly power: PowerAssumptions;
  /** What was assumed, moved or extrapolated on the way. */
  readonly notes: readonly string[];
}

/** Beyond that the pulse's own edges, which count as steep, would decide. */
const MOST_FALLS_PER_PULSE = 200;
const POWER_PREFIX = "power.";

/** Words that stand for one or several values of the documents. In the order in which they are applied. */
export const SETTING_WORDS = ["detector", "emitter", ...FILM_WORDS, "wavelength", "bias", "reach"] as const;

/** What a word does, but for those of the film, which belong together. */
const WORDS: Readonly<
  Record<string, (design: DesignParts, text: string, by: string, extrapolate: boolean) => void>
> = {
  detector: applyDetector,
  emitter: applyEmitter,
  wavelength: (design, text, by) =>
    design.write("emitter", "wavelength", parseLike(0, text, "wavelength"), by),
  bias: applyBias,
  reach: applyReach,
};

/**
 * The sensor with these settings: first whole documents, then what the film is made of, then single values, then filter,
 * sunlight and efficiency for the laser's line. Checked as any profile is.
 * @throws DesignError, ProfileError
 */
export function applySettings(
  sensorName: string,
  settings: readonly Setting[],
  extrapolate: boolean,
): DesignInput {
  const design = DesignParts.load(sensorName);
  refuseAmbient(settings);
  const textOf = new Map(settings.map(({ key, text }) => [key, text]));
  for (const word of SETTING_WORDS) {
    const text = textOf.get(word);
    if (text !== undefined) WORDS[word]?.(design, text, word, extrapolate);
    if (word === FILM_WORDS.at(-1)) applyFilm(design, textOf, extrapolate);
  }
  const words: readonly string[] = SETTING_WORDS;
  const rest = settings.filter(({ key }) => !words.includes(key));
  const known = [...SETTING_WORDS, ...Object.keys(POWER_ASSUMPTIONS).map((name) => POWER_PREFIX + name)];
  for (const setting of rest) {
    if (!setting.key.startsWith(POWER_PREFIX)) applyPath(design, setting, known);
  }
  matchLight(design);
  const profile = design.resolve();
  checkPredictable(profile);
  return { profile, power: powerOf(rest), notes: design.notes };
}

/** What the equations of the prediction do not hold for. */
function checkPredictable(profile: LidarProfile): void {
  const { detector, emitter } = profile;
  const eqe = quantumEfficiency(profile).value;
  if (eqe > 1) {
    throw new DesignError(
      `detector: found ${detector.name} with ${eqe} electrons a photon, expected at most 1: the noise of gain is not modelled; cqd bench measures it`,
    );
  }
  if (emitter.pulseWidthNs / detector.fallTimeNs <= MOST_FALLS_PER_PULSE) return;
  const shortestNs = emitter.pulseWidthNs / MOST_FALLS_PER_PULSE;
  throw new DesignError(
    `detector: found a fall time of ${detector.fallTimeNs} ns, expected at least ${shortestNs.toPrecision(2)} ns with pulses of ${emitter.pulseWidthNs} ns`,
  );
}

function refuseAmbient(settings: readonly Setting[]): void {
  if (!settings.some(({ key }) => key === "environment.ambientSun")) return;
  throw new DesignError(
    "set: found environment.ambientSun, expected sunlight as --ambient, which may list several",
  );
}

function powerOf(settings: readonly Setting[]): PowerAssumptions {
  const values: Record<string, number> = { ...defaultPowerAssumptions() };
  for (const { key, text } of settings) {
    if (!key.startsWith(POWER_PREFIX)) continue;
    const name = key.slice(POWER_PREFIX.length);
    const assumed = Object.entries(POWER_ASSUMPTIONS).find(([known]) => known === name)?.[1];
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (assumed !== undefined && value >= assumed.min && value <= assumed.max) {
      values[name] = value;
      continue;
    }
    const expected =
      assumed === undefined
        ? `one of ${Object.keys(POWER_ASSUMPTIONS)
            .map((known) => POWER_PREFIX + known)
            .join(", ")}`
        : `a number from ${assumed.min} to ${assumed.max} ${assumed.unit}`;
    throw new DesignError(`set: found ${key}=${text}, expected ${expected}`);
  }
  return values as unknown as PowerAssumptions;
}
