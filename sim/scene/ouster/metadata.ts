import { quoted, SceneError } from "../scene-error.ts";
import { PACKET_LAYOUTS, type PacketLayout } from "./packet-layout.ts";

/** What the sensor's metadata say about its scans. */
export interface OusterMetadata {
  readonly layout: PacketLayout;
  readonly profile: string;
  readonly rows: number;
  readonly columnsPerFrame: number;
  readonly columnsPerPacket: number;
  readonly altitudeDeg: readonly number[];
  readonly azimuthDeg: readonly number[];
  /** Columns by which each row is moved so that what lies side by side was seen side by side. */
  readonly shiftByRow: readonly number[];
  /** Distance of the beams' origin from the axis of rotation, m. */
  readonly beamOriginM: number;
  /** Undefined: datagrams are told by their length. */
  readonly lidarPort: number | undefined;
}

/** Older documents are flat; newer ones have these parts. */
const PARTS: readonly string[] = [
  "data_format",
  "lidar_data_format",
  "beam_intrinsics",
  "sensor_info",
  "config_params",
];

/** Check and take the numbers of a metadata document. Throws SceneError naming the field. */
export function parseMetadata(scene: string, text: string): OusterMetadata {
  const fields = new Fields(scene, flatten(scene, text));
  const rows = fields.integer("pixels_per_column", 1, 1024);
  const { layout, name } = fields.profile();
  return {
    layout,
    profile: name,
    rows,
    columnsPerFrame: fields.integer("columns_per_frame", 2, 65536),
    columnsPerPacket: fields.integer("columns_per_packet", 1, 256),
    altitudeDeg: fields.numbers("beam_altitude_angles", rows, -90, 90),
    azimuthDeg: fields.numbers("beam_azimuth_angles", rows, -180, 180),
    shiftByRow: fields.numbers("pixel_shift_by_row", rows, -65536, 65536),
    beamOriginM: fields.number("lidar_origin_to_beam_origin_mm", 0, 1000) / 1000,
    lidarPort: fields.port(),
  };
}

type Document = ReadonlyMap<string, unknown>;

function flatten(scene: string, text: string): Document {
  const root = parseObject(scene, text);
  const all = new Map<string, unknown>(Object.entries(root));
  for (const part of PARTS) {
    const inner = root[part];
    if (typeof inner !== "object" || inner === null) continue;
    for (const [key, value] of Object.entries(inner)) all.set(key, value);
  }
  return all;
}

function parseObject(scene: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below.
  }
  throw new SceneError({
    scene,
    found: quoted(text.slice(0, 50)),
    expected: "a JSON object, as the sensor's metadata are",
    whatToDo: "Fetch the metadata from the sensor again.",
  });
}

/** Typed access to the document. */
class Fields {
  readonly #scene: string;
  readonly #document: Document;

  constructor(scene: string, document: Document) {
    this.#scene = scene;
    this.#document = document;
  }

  number(key: string, min: number, max: number): number {
    const value = this.#document.get(key);
    if (typeof value === "number" && value >= min && value <= max) return value;
    throw this.#wrong(key, `a number from ${min} to ${max}`);
  }

  integer(key: string, min: number, max: number): number {
    const value = this.number(key, min, max);
    if (Number.isInteger(value)) return value;
    throw this.#wrong(key, `an integer from ${min} to ${max}`);
  }

  numbers(key: string, count: number, min: number, max: number): number[] {
    const value = this.#document.get(key);
    const isGood = (x: unknown): x is number => typeof x === "number" && x >= min && x <= max;
    if (Array.isArray(value) && value.length === count && value.every(isGood)) return value;
    throw this.#wrong(key, `${count} numbers from ${min} to ${max}, one a row`);
  }

  /** A document without a profile is of firmware before 2.0, which knew one. */
  profile(): { name: string; layout: PacketLayout } {
    const name = this.#document.get("udp_profile_lidar") ?? "LEGACY";
    const layout = typeof name === "string" ? PACKET_LAYOUTS.get(name) : undefined;
    if (typeof name === "string" && layout !== undefined) return { name, layout };
    throw this.#wrong("udp_profile_lidar", `one of ${[...PACKET_LAYOUTS.keys()].join(", ")}`);
  }

  port(): number | undefined {
    return this.#document.has("udp_port_lidar") ? this.integer("udp_port_lidar", 0, 65535) : undefined;
  }

  #wrong(key: string, expected: string): SceneError {
    const text = JSON.stringify(this.#document.get(key));
    return new SceneError({
      scene: this.#scene,
      found: text === undefined ? `no ${key}` : `${key}: ${quoted(text)}`,
      expected: `${key}: ${expected}`,
      whatToDo: "The metadata must be those of the sensor that took the capture.",
    });
  }
}
