import type { SensorProfile } from "../../../hw-profiles/sensor-profile.ts";

/** File beside the page, made with it: every sensor profile of the package by its name. */
const PROFILES_FILE = "profiles.json";

/** @throws Error when this page knows no such sensor. */
export async function profileOf(model: string): Promise<SensorProfile> {
  const response = await fetch(new URL(PROFILES_FILE, location.href));
  if (!response.ok)
    throw new Error(`${PROFILES_FILE}: found status ${response.status}, expected the file beside this page`);
  const profiles = (await response.json()) as Readonly<Record<string, SensorProfile>>;
  const profile = profiles[model];
  if (profile !== undefined) return profile;
  const known = Object.keys(profiles).join(", ");
  throw new Error(
    `The board says that it is "${model}"; this page knows ${known}. Use the page of the board's release.`,
  );
}
