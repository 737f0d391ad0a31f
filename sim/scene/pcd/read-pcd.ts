import { SceneError } from "../scene-error.ts";
import { type PcdBody, readPcdBody, valueReader } from "./pcd-data.ts";
import { type PcdField, type PcdHeader, parsePcdHeader } from "./pcd-header.ts";

/** An organised point cloud: pixels in row order, metres, NaN where there is no point. */
export interface OrganisedCloud {
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly z: Float32Array;
  /** 0..1, from rgb or intensity; absent if the file has neither. */
  readonly brightness?: Float32Array;
}

/** Decode a PCD file. Throws SceneError; `scene` names the file in it. */
export function readPcd(scene: string, bytes: Uint8Array): OrganisedCloud {
  const header = parsePcdHeader(scene, bytes);
  const position = (["x", "y", "z"] as const).map((name) => positionField(scene, header, name));
  if (header.height === 1) {
    throw new SceneError({
      scene,
      found: `${header.points} points that are not organised (HEIGHT 1)`,
      expected: "an organised cloud (HEIGHT > 1), which is a depth image",
      whatToDo: "Save the cloud as the camera delivered it, or make a mesh (PLY, OBJ, GLB) of it.",
    });
  }
  const body = readPcdBody(scene, header, bytes);
  const [x, y, z] = position.map((field) => readField(body, field, header.points));
  const brightness = readBrightness(header, body);
  const cloud = { width: header.width, height: header.height, x: x!, y: y!, z: z! };
  return brightness === undefined ? cloud : { ...cloud, brightness };
}

function positionField(scene: string, header: PcdHeader, name: string): PcdField {
  const field = header.fields.find((candidate) => candidate.name === name);
  if (field !== undefined) return field;
  throw new SceneError({
    scene,
    found: `the fields ${header.fields.map((each) => each.name.slice(0, 20)).join(" ")}`,
    expected: "x, y and z among them",
    whatToDo: "Export the cloud with positions.",
  });
}

function readField(body: PcdBody, field: PcdField, points: number): Float32Array {
  const values = new Float32Array(points);
  const read = valueReader(body.view, field);
  const { start, stride } = body.place(field);
  for (let i = 0, at = start; i < points; i++, at += stride) values[i] = read(at);
  return values;
}

function readBrightness(header: PcdHeader, body: PcdBody): Float32Array | undefined {
  const colour = header.fields.find((field) => /^rgba?$/.test(field.name) && field.bytes === 4);
  if (colour !== undefined) return readLuminance(body, colour, header.points);
  const intensity = header.fields.find((field) => field.name === "intensity");
  return intensity === undefined ? undefined : normalised(readField(body, intensity, header.points));
}

/** rgb is packed in the bits of one value (0x00RRGGBB), even where its type says float. Luma of ITU-R BT.601. */
function readLuminance(body: PcdBody, field: PcdField, points: number): Float32Array {
  const values = new Float32Array(points);
  const { start, stride } = body.place(field);
  for (let i = 0, at = start; i < points; i++, at += stride) {
    const bits = body.view.getUint32(at, true);
    const luma = 0.299 * ((bits >> 16) & 255) + 0.587 * ((bits >> 8) & 255) + 0.114 * (bits & 255);
    values[i] = luma / 255;
  }
  return values;
}

/** Intensity has no agreed scale: the 99th percentile becomes 1. */
function normalised(values: Float32Array): Float32Array {
  const known = values.filter((value) => value >= 0 && value < Number.POSITIVE_INFINITY).sort();
  const top = known[Math.floor(known.length * 0.99)] ?? 1;
  return values.map((value) => (value >= 0 && top > 0 ? Math.min(1, value / top) : 0));
}
