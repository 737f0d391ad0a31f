import { FEATURES, HARDWARE_CLASSES } from "../../hw-profiles/interface/image-table.ts";

/** Names of the bits of a feature word; bits that nobody knows as a number. */
export function featureNames(features: number): string[] {
  const known = FEATURES.filter(({ code }) => features & code);
  const unknown = known.reduce((left, { code }) => left & ~code, features) >>> 0;
  return [...known.map(({ name }) => name), ...(unknown ? [`0x${unknown.toString(16)}`] : [])];
}

export function featuresText(features: number): string {
  return featureNames(features).join(", ") || "none";
}

export function hardwareName(hardwareClass: number): string {
  return HARDWARE_CLASSES.find(({ code }) => code === hardwareClass)?.name ?? String(hardwareClass);
}
