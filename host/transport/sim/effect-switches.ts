import { nearestName } from "../../../hw-profiles/resolve/nearest-name.ts";
import type { EffectName, EffectsProfile, SensorProfile } from "../../../hw-profiles/sensor-profile.ts";

/** Effects by name: true switches one on, false off. `all` comes before the single ones. */
export type EffectSwitches = { readonly [Name in EffectName | "all"]?: boolean };

/**
 * The profile with effects switched over.
 * @throws RangeError for a name that is no effect, or switches on a sensor that has none (LiDAR).
 */
export function switchEffects(profile: SensorProfile, switches: EffectSwitches): SensorProfile {
  const wanted = Object.entries(switches);
  if (wanted.length === 0) return profile;
  if (profile.mode !== "imaging") {
    throw new RangeError(
      `effects: found ${wanted.map(([name]) => name).join(", ")} for ${profile.name}, a LiDAR sensor; expected an ` +
        "imaging sensor, whose effects have switches",
    );
  }
  const { all, ...single } = switches;
  const effects: Record<string, { readonly on: boolean }> = { ...profile.effects };
  for (const [name, on] of [...allOf(effects, all), ...Object.entries(single)]) {
    const effect = effects[name];
    if (effect === undefined) throw unknownEffect(name, Object.keys(effects));
    effects[name] = { ...effect, on };
  }
  return { ...profile, effects: effects as unknown as EffectsProfile };
}

function allOf(effects: object, on: boolean | undefined): [string, boolean][] {
  return on === undefined ? [] : Object.keys(effects).map((name) => [name, on]);
}

function unknownEffect(name: string, known: readonly string[]): RangeError {
  const near = nearestName(name, known);
  const hint = near ? `; did you mean ${near}?` : "";
  return new RangeError(`effects: found "${name}", expected one of ${known.join(", ")}${hint}`);
}
