import { luma, type Mesh, TriangleList } from "./mesh.ts";
import { badPly, type PlyElement, type PlyProperty, parsePlyHeader } from "./ply-header.ts";
import { BinaryValues, type PlyValues, TextValues } from "./ply-values.ts";

const MAX_CORNERS = 65536;

/** Read a PLY mesh (ascii or binary). Throws SceneError; memory is bounded by the file's size. */
export function readPly(scene: string, bytes: Uint8Array): Mesh {
  const header = parsePlyHeader(scene, bytes);
  const values =
    header.format === "ascii"
      ? new TextValues(scene, bytes, header.dataStart)
      : new BinaryValues(scene, bytes, header.dataStart, header.format === "little");
  let vertices: Vertices | undefined;
  const triangles = new TriangleList();
  for (const element of header.elements) {
    checkSize(scene, element, values);
    if (element.name === "vertex") vertices = readVertices(scene, element, values);
    else if (element.name === "face") readFaces(scene, element, values, triangles);
    else for (let i = 0; i < element.count; i++) skip(scene, element.properties, values);
  }
  if (vertices === undefined) throw badPly(scene, "no vertex element", "vertices with x, y and z");
  return { ...vertices, indices: triangles.toArray() };
}

type Vertices = Omit<Mesh, "indices">;

/** A claim that the rest of the file cannot hold is refused before anything is allocated. */
function checkSize(scene: string, element: PlyElement, values: PlyValues): void {
  const least = element.properties.reduce(
    (sum, each) => sum + values.leastBytes(each.countType ?? each.type),
    0,
  );
  if (element.count * Math.max(1, least) <= values.left) return;
  const found = `${Math.max(0, values.left)} bytes left`;
  throw badPly(scene, found, `${element.count} ${element.name.slice(0, 20)} of at least ${least} bytes each`);
}

function readVertices(scene: string, element: PlyElement, values: PlyValues): Vertices {
  const names = element.properties.map((property) => property.name);
  const [x, y, z] = ["x", "y", "z"].map((name) => names.indexOf(name));
  if (x! < 0 || y! < 0 || z! < 0)
    throw badPly(scene, `vertices with ${names.join(" ").slice(0, 60)}`, "x, y and z");
  const [red, green, blue] = ["red", "green", "blue"].map((name) => names.indexOf(name));
  const coloured = red! >= 0 && green! >= 0 && blue! >= 0;
  const colourScale = coloured && element.properties[red!]!.type.startsWith("f") ? 1 : 1 / 255;
  const positions = new Float32Array(3 * element.count);
  const brightness = new Float32Array(coloured ? element.count : 0);
  for (let i = 0; i < element.count; i++) {
    const row = element.properties.map((property) => readValue(scene, property, values));
    positions.set([row[x!]!, row[y!]!, row[z!]!], 3 * i);
    if (coloured) brightness[i] = luma(row[red!]!, row[green!]!, row[blue!]!) * colourScale;
  }
  return coloured ? { positions, brightness } : { positions };
}

/** A single value; of a list, the number of its values, which are passed over. */
function readValue(scene: string, property: PlyProperty, values: PlyValues): number {
  if (property.countType === undefined) return values.next(property.type);
  return readList(scene, property, values).length;
}

function readList(scene: string, property: PlyProperty, values: PlyValues): number[] {
  const count = values.next(property.countType ?? "u8");
  const fits = count * values.leastBytes(property.type) <= values.left;
  if (!Number.isInteger(count) || count < 0 || count > MAX_CORNERS || !fits) {
    throw badPly(scene, `a list of ${count} values with ${values.left} bytes left`, "the values of the list");
  }
  return Array.from({ length: count }, () => values.next(property.type));
}

function readFaces(scene: string, element: PlyElement, values: PlyValues, triangles: TriangleList): void {
  for (let i = 0; i < element.count; i++) {
    for (const property of element.properties) {
      if (!/^vertex_ind(ex|ices)$/.test(property.name) || property.countType === undefined) {
        skip(scene, [property], values);
        continue;
      }
      const corners = readList(scene, property, values);
      const wild = corners.find((corner) => !Number.isInteger(corner) || corner < 0 || corner >= 2 ** 32);
      if (wild !== undefined)
        throw badPly(scene, `a face with vertex ${wild}`, "whole vertex numbers from 0");
      triangles.addPolygon(corners);
    }
  }
}

function skip(scene: string, properties: readonly PlyProperty[], values: PlyValues): void {
  for (const property of properties) readValue(scene, property, values);
}
