import { TriangleList } from "../mesh/mesh.ts";
import type { PlacedMesh } from "../mesh/mesh-scene.ts";
import { Beams, type Point } from "./beams.ts";
import type { OusterMetadata } from "./metadata.ts";
import { type Corners, hasReturn, Neighbours } from "./neighbours.ts";
import type { Scan } from "./scan.ts";
import { VertexList } from "./vertex-list.ts";

/** Reflectivity codes up to 100 are percent; what lies above are retroreflectors. */
const PERCENT = 100;
/** Nothing is quite black (assumed): there was a return. */
const LEAST_RHO = 0.02;
/** Surfaces reach this share of a beam's spacing over the middle: beams do not start in one point, and no hair of a hole may stay. */
const OVERLAP = 0.005;

/** How a scan becomes surfaces before the camera. */
export interface ScanView {
  /** Heading of the camera, degrees to the right of the sensor's x axis. */
  readonly yawDeg: number;
  /** Neighbours are joined where the surface between them is seen at no flatter angle than this, degrees from its normal. */
  readonly slantDeg: number;
}

/**
 * The scan as triangles in the camera's frame. Squares of four neighbours on one surface become two triangles. Where neighbours do not
 * lie on one surface each surface ends half-way between their beams, at the range of its own side; where there was no return, nothing is.
 */
export function scanMesh(metadata: OusterMetadata, scan: Scan, view: ScanView): PlacedMesh {
  return new Mesher(metadata, scan, view).build();
}

class Mesher {
  readonly #scan: Scan;
  readonly #beams: Beams;
  readonly #neighbours: Neighbours;
  readonly #vertices: VertexList;
  readonly #triangles = new TriangleList();

  constructor(metadata: OusterMetadata, scan: Scan, { slantDeg, yawDeg }: ScanView) {
    this.#scan = scan;
    this.#beams = new Beams(metadata, scan, yawDeg);
    this.#neighbours = new Neighbours(scan, slantDeg);
    this.#vertices = new VertexList(2 * scan.rangeM.length);
  }

  build(): PlacedMesh {
    const { columns, rangeM, rows } = this.#scan;
    for (let pixel = 0; pixel < rangeM.length; pixel++) this.#addVertex([pixel], [1], rangeM[pixel]!, pixel);
    for (let row = 0; row + 1 < rows; row++)
      for (let column = 0; column < columns; column++) {
        const next = (column + 1) % columns;
        const [above, below] = [row * columns, (row + 1) * columns];
        this.#addSquare([above + column, above + next, below + next, below + column]);
      }
    return { ...this.#vertices.arrays(), indices: this.#triangles.toArray() };
  }

  #addSquare(corners: Corners): void {
    const joined = this.#neighbours.sidesOf(corners, this.#vertices.positions);
    if (joined.every(Boolean)) {
      this.#triangles.addPolygon([corners[0], corners[1], corners[3]]);
      this.#triangles.addPolygon([corners[1], corners[2], corners[3]]);
      return;
    }
    corners.forEach((corner, i) => {
      if (hasReturn(this.#scan, corner)) this.#addQuarter(corners, joined, i);
    });
  }

  /** The quarter of a square that belongs to a corner, at the mean range of the corners it is joined with. */
  #addQuarter(corners: Corners, joined: readonly boolean[], i: number): void {
    const [corner, next, before] = [corners[i]!, corners[(i + 1) % 4]!, corners[(i + 3) % 4]!];
    const middle = this.#addVertex(
      corners,
      corners.map((_, k) => (k === i ? 0.25 - 3 * OVERLAP : 0.25 + OVERLAP)),
      this.#groupRange(corners, joined, i),
      corner,
    );
    const toNext = this.#addSide(corner, next, joined[i]!);
    const toBefore = this.#addSide(corner, before, joined[(i + 3) % 4]!);
    this.#triangles.addPolygon([corner, toNext, middle, toBefore]);
  }

  /** The middle of a side as the surface of `corner` has it. */
  #addSide(corner: number, other: number, isJoined: boolean): number {
    const rangeM = this.#scan.rangeM[corner]!;
    const meanM = isJoined ? (rangeM + this.#scan.rangeM[other]!) / 2 : rangeM;
    const overlap = isJoined ? 0 : OVERLAP;
    return this.#addVertex([corner, other], [0.5 - overlap, 0.5 + overlap], meanM, corner);
  }

  #groupRange(corners: Corners, joined: readonly boolean[], i: number): number {
    let sum = this.#scan.rangeM[corners[i]!]!;
    let count = 1;
    for (const step of [1, 3]) {
      // Side k joins corners k and k + 1: on the way forward it is left by k, backward entered by k - 1.
      for (let at = i, left = 3; left > 0 && joined[step === 1 ? at : (at + 3) % 4]; left--) {
        at = (at + step) % 4;
        sum += this.#scan.rangeM[corners[at]!]!;
        count++;
      }
    }
    return sum / count;
  }

  /** A vertex between beams, all at one range; reflectance of `owner`. */
  #addVertex(pixels: readonly number[], weights: readonly number[], rangeM: number, owner: number): number {
    const point: Point = { x: 0, y: 0, z: 0 };
    pixels.forEach((pixel, i) => {
      this.#beams.addPoint(pixel, rangeM, weights[i]!, point);
    });
    const rho = Math.min(1, Math.max(LEAST_RHO, this.#scan.reflectivity[owner]! / PERCENT));
    return this.#vertices.add(point, rho);
  }
}
