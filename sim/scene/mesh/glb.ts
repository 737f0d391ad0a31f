import { readAccessor } from "./glb-accessor.ts";
import { badGlb, GlbDocument, isObject, listOf, numbers } from "./glb-document.ts";
import { type PlacedNode, placedMeshes } from "./glb-nodes.ts";
import { luma, type Mesh } from "./mesh.ts";

// Reads triangles, vertex colours and base colours of binary glTF 2.0. Not read: textures, skins, morph targets,
// animations. Refused: strips, fans, sparse and compressed geometry.

const TRIANGLES = 4;
/** A file that shows one mesh many times may not become larger than this. */
const MAX_VERTICES = 1 << 24;

interface Part {
  readonly positions: Float32Array;
  readonly indices: Uint32Array;
  readonly brightness: Float32Array;
}

/** Read a GLB file. Throws SceneError. */
export function readGlb(scene: string, bytes: Uint8Array): Mesh {
  const document = new GlbDocument(scene, bytes);
  const required = listOf(document.member("extensionsRequired")).find((name) =>
    /draco|meshopt/i.test(String(name)),
  );
  if (required !== undefined)
    throw badGlb(scene, `the extension ${String(required).slice(0, 40)}`, "plain geometry");
  const parts: Part[] = [];
  let vertices = 0;
  for (const node of placedMeshes(document)) {
    for (const primitive of listOf(document.entry("meshes", node.mesh)["primitives"])) {
      if (!isObject(primitive)) throw badGlb(scene, "a primitive that is no object", "a glTF primitive");
      const part = readPart(document, primitive, node);
      vertices += part.brightness.length + part.indices.length / 3;
      if (vertices > MAX_VERTICES)
        throw badGlb(scene, "too many copies of meshes", `at most ${MAX_VERTICES} vertices`);
      parts.push(part);
    }
  }
  return joined(parts);
}

function readPart(
  document: GlbDocument,
  primitive: Readonly<Record<string, unknown>>,
  node: PlacedNode,
): Part {
  const { scene } = document;
  const mode = primitive["mode"] ?? TRIANGLES;
  if (mode !== TRIANGLES)
    throw badGlb(scene, `a primitive of mode ${String(mode).slice(0, 20)}`, "triangles (mode 4)");
  const attributes = isObject(primitive["attributes"]) ? primitive["attributes"] : {};
  const position = readAccessor(document, attributes["POSITION"]);
  if (position.width !== 3) throw badGlb(scene, `positions of ${position.width} values`, "VEC3");
  const indices =
    primitive["indices"] === undefined
      ? Uint32Array.from({ length: position.count - (position.count % 3) }, (_, i) => i)
      : Uint32Array.from(readAccessor(document, primitive["indices"]).values);
  if (indices.some((index) => index >= position.count)) {
    throw badGlb(
      scene,
      "a triangle with a vertex that does not exist",
      `vertices 0 to ${position.count - 1}`,
    );
  }
  return {
    positions: placed(position.values, node.matrix),
    indices: indices.subarray(0, indices.length - (indices.length % 3)),
    brightness: readBrightness(document, primitive, attributes, position.count),
  };
}

function placed(values: Float64Array, matrix: readonly number[]): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const row = 4 * (i % 3);
    const at = i - (i % 3);
    const rotated =
      matrix[row]! * values[at]! + matrix[row + 1]! * values[at + 1]! + matrix[row + 2]! * values[at + 2]!;
    out[i] = rotated + matrix[row + 3]!;
  }
  return out;
}

/** Base colour times vertex colour. */
function readBrightness(
  document: GlbDocument,
  primitive: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, unknown>>,
  count: number,
): Float32Array {
  const material =
    primitive["material"] === undefined ? {} : document.entry("materials", primitive["material"]);
  const surface = isObject(material["pbrMetallicRoughness"]) ? material["pbrMetallicRoughness"] : {};
  const [red, green, blue] = numbers(surface["baseColorFactor"], 4, [0.6, 0.6, 0.6, 1]) as [
    number,
    number,
    number,
  ];
  const brightness = new Float32Array(count).fill(Math.min(1, Math.max(0, luma(red, green, blue))));
  if (attributes["COLOR_0"] === undefined) return brightness;
  const colour = readAccessor(document, attributes["COLOR_0"]);
  if (colour.width < 3 || colour.count !== count) {
    throw badGlb(document.scene, `${colour.count} vertex colours`, `${count} colours of 3 or 4 components`);
  }
  return brightness.map((base, i) => {
    const at = i * colour.width;
    return base * luma(colour.values[at]!, colour.values[at + 1]!, colour.values[at + 2]!);
  });
}

function joined(parts: readonly Part[]): Mesh {
  const vertices = parts.reduce((sum, part) => sum + part.brightness.length, 0);
  const corners = parts.reduce((sum, part) => sum + part.indices.length, 0);
  const mesh = {
    positions: new Float32Array(3 * vertices),
    indices: new Uint32Array(corners),
    brightness: new Float32Array(vertices),
  };
  let [vertex, corner] = [0, 0];
  for (const part of parts) {
    mesh.positions.set(part.positions, 3 * vertex);
    mesh.brightness.set(part.brightness, vertex);
    const first = vertex;
    mesh.indices.set(
      part.indices.map((index) => index + first),
      corner,
    );
    vertex += part.brightness.length;
    corner += part.indices.length;
  }
  return mesh;
}
