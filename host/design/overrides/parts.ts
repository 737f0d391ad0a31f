import { loadDocuments } from "../../../hw-profiles/load/load-documents.ts";
import { resolveSensor } from "../../../hw-profiles/resolve/resolve-sensor.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { DesignError } from "../design-error.ts";

/** A JSON object whose leaves may be written. */
export type Part = { [key: string]: unknown };

export type PartName = "sensor" | "detector" | "emitter";

/** A value of a document with its unit and source. */
export interface Leaf {
  value: unknown;
  source: string;
  readonly unit?: string;
}

/** Where values of a design come from that no document holds. */
const SET_SOURCE = "assumed: set for this design";

export function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isLeaf(value: unknown): value is Leaf {
  return isPart(value) && "value" in value && typeof value["source"] === "string";
}

/** The documents of a LiDAR sensor as copies that can be changed, and what has been changed. */
export class DesignParts {
  readonly files: Readonly<Record<PartName, string>>;
  readonly parts: Record<PartName, Part>;
  /** What the user should know about the design besides its figures. */
  readonly notes: string[] = [];
  /** Written leaf -> the setting that wrote it. */
  readonly #written = new Map<string, string>();

  private constructor(files: Record<PartName, string>, parts: Record<PartName, Part>) {
    this.files = files;
    this.parts = parts;
  }

  /** @throws ProfileError, or DesignError for a sensor that tells no ranges. */
  static load(sensorName: string): DesignParts {
    const documents = loadDocuments(sensorName);
    const { sensor, sensorFile, detector, detectorFile, emitter, emitterFile } = structuredClone(documents);
    if (emitterFile === undefined) {
      throw new DesignError(
        `sensor: found ${sensorName}, an imaging sensor; expected a LiDAR, as ranges are predicted; cqd profile lists them`,
      );
    }
    const files = { sensor: sensorFile, detector: detectorFile, emitter: emitterFile };
    return new DesignParts(files, {
      sensor: asPart(sensor),
      detector: asPart(detector),
      emitter: asPart(emitter),
    });
  }

  /** Put another document in the place of a part. */
  replace(name: PartName, document: unknown): void {
    this.parts[name] = asPart(structuredClone(document));
  }

  /** What is no longer the document's device should not bear its name. */
  rename(part: PartName, name: string, title: string): void {
    this.parts[part]["name"] = name;
    this.parts[part]["title"] = title;
  }

  /**
   * Write the value of a leaf.
   * @param path within the part, dotted. @param by the setting that asks for it, for messages.
   * @throws DesignError when another setting wrote it before.
   */
  write(name: PartName, path: string, value: unknown, by: string): void {
    const full = `${name}.${path}`;
    const before = this.#written.get(full);
    if (before !== undefined && before !== by) {
      throw new DesignError(
        `set: found ${before} and ${by}, which both say what ${full} is; leave one of them out`,
      );
    }
    this.#written.set(full, by);
    const leaf = this.leaf(name, path);
    leaf.value = value;
    leaf.source = SET_SOURCE;
  }

  /** Whether a setting has written the leaf. */
  isWritten(name: PartName, path: string): boolean {
    return this.#written.has(`${name}.${path}`);
  }

  /** @throws Error when there is none: callers ask for what every document of the kind has. */
  leaf(name: PartName, path: string): Leaf {
    let at: unknown = this.parts[name];
    for (const key of path.split(".")) at = childOf(at, key);
    if (!isLeaf(at)) throw new Error(`${this.files[name]}: found no value at ${path}`);
    return at;
  }

  number(name: PartName, path: string): number {
    return Number(this.leaf(name, path).value);
  }

  /** Check all of it and give the plain numbers. Throws ProfileError. */
  resolve(): LidarProfile {
    const { sensor, detector, emitter } = this.parts;
    const { sensor: sensorFile, detector: detectorFile, emitter: emitterFile } = this.files;
    const profile = resolveSensor({ sensor, sensorFile, detector, detectorFile, emitter, emitterFile });
    if (profile.mode === "lidar") return profile;
    throw new DesignError(`sensor: found mode ${profile.mode}, expected lidar; leave mode as it is`);
  }
}

/** Of an object by key, of a list by index. */
export function childOf(at: unknown, key: string): unknown {
  if (Array.isArray(at)) return at[Number(key)];
  return isPart(at) && Object.hasOwn(at, key) ? at[key] : undefined;
}

function asPart(document: unknown): Part {
  if (isPart(document)) return document;
  throw new DesignError("document: found something else than a JSON object, expected a profile document");
}
