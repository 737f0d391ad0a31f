import { quoted, SceneError } from "../scene-error.ts";
import { luma, type Mesh, TriangleList } from "./mesh.ts";

const MAX_LINE = 65536;

/** Read a Wavefront OBJ: v (with optional colours) and f lines; everything else is ignored. Throws SceneError. */
export function readObj(scene: string, bytes: Uint8Array): Mesh {
  const positions: number[] = [];
  const brightness: number[] = [];
  const triangles = new TriangleList();
  let lineNumber = 0;
  for (const line of linesOf(bytes)) {
    lineNumber++;
    if (line.startsWith("v ") || line.startsWith("v\t")) {
      const values = line.slice(2).trim().split(/\s+/).map(Number);
      if (values.length < 3 || values.slice(0, 3).some(Number.isNaN))
        throw badLine(scene, lineNumber, line, "v x y z");
      positions.push(values[0]!, values[1]!, values[2]!);
      if (values.length >= 6) brightness.push(luma(values[3]!, values[4]!, values[5]!));
    } else if (line.startsWith("f ") || line.startsWith("f\t")) {
      triangles.addPolygon(faceCorners(scene, lineNumber, line, positions.length / 3));
    }
  }
  const mesh = { positions: Float32Array.from(positions), indices: triangles.toArray() };
  const coloured = brightness.length > 0 && brightness.length === positions.length / 3;
  return coloured ? { ...mesh, brightness: Float32Array.from(brightness) } : mesh;
}

function* linesOf(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder("latin1");
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    yield decoder.decode(bytes.subarray(start, Math.min(end, start + MAX_LINE))).trim();
    start = end + 1;
  }
}

/** Vertex numbers from 0; OBJ counts from 1, and backwards from the last vertex with negative numbers. */
function faceCorners(scene: string, lineNumber: number, line: string, vertices: number): number[] {
  const corners = line.slice(2).trim().split(/\s+/);
  if (corners.length < 3) throw badLine(scene, lineNumber, line, "f with at least three corners");
  return corners.map((corner) => {
    const number = Number(corner.split("/")[0]);
    const index = number < 0 ? vertices + number : number - 1;
    if (Number.isInteger(number) && index >= 0 && index < 2 ** 32) return index;
    throw badLine(scene, lineNumber, line, `vertex numbers from 1 to ${vertices}`);
  });
}

function badLine(scene: string, lineNumber: number, line: string, expected: string): SceneError {
  const whatToDo = "The file is damaged; export it again.";
  return new SceneError({ scene, found: `${quoted(line)} in line ${lineNumber}`, expected, whatToDo });
}
