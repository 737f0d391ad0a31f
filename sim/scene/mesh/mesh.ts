import { SceneError } from "../scene-error.ts";

/** Triangles in the file's own coordinates. */
export interface Mesh {
  /** xyz interleaved. */
  readonly positions: Float32Array;
  /** Three vertex numbers a triangle. */
  readonly indices: Uint32Array;
  /** 0..1 per vertex, from colours; absent if the file has none. */
  readonly brightness?: Float32Array;
}

/** Refuse meshes that cannot be traced: no triangle, corners that do not exist, positions that are no numbers. */
export function checkMesh(scene: string, mesh: Mesh): Mesh {
  const vertices = mesh.positions.length / 3;
  const bad = (found: string, expected: string, whatToDo: string): SceneError =>
    new SceneError({ scene, found, expected, whatToDo });
  if (mesh.indices.length === 0) {
    const found = vertices === 0 ? "no vertex" : `${vertices} points without faces`;
    throw bad(
      found,
      "a mesh with triangles",
      "Reconstruct a surface, or use an organised PCD for depth images.",
    );
  }
  const wild = mesh.indices.findIndex((index) => index >= vertices);
  if (wild >= 0) {
    const found = `a face with vertex ${mesh.indices[wild]}`;
    throw bad(found, `vertices 0 to ${vertices - 1}`, "The file is damaged; export it again.");
  }
  const odd = mesh.positions.findIndex((value) => !(Math.abs(value) < 1e9));
  if (odd >= 0) {
    const found = `a coordinate ${mesh.positions[odd]} at vertex ${Math.floor(odd / 3)}`;
    throw bad(found, "finite coordinates within 1e9", "The file is damaged; export it again.");
  }
  return mesh;
}

/** Luma of ITU-R BT.601 from components 0..1. */
export function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** A list of triangles that grows: fans of the polygons that are added. */
export class TriangleList {
  #indices = new Uint32Array(1024);
  #used = 0;

  /** Cut a convex polygon into triangles around its first corner. */
  addPolygon(corners: readonly number[]): void {
    for (let i = 2; i < corners.length; i++) {
      if (this.#used + 3 > this.#indices.length) this.#grow();
      this.#indices.set([corners[0]!, corners[i - 1]!, corners[i]!], this.#used);
      this.#used += 3;
    }
  }

  toArray(): Uint32Array {
    return this.#indices.slice(0, this.#used);
  }

  #grow(): void {
    const larger = new Uint32Array(2 * this.#indices.length);
    larger.set(this.#indices);
    this.#indices = larger;
  }
}
