import { BufferAttribute, BufferGeometry, DoubleSide, Ray, type Vector3 } from "three";
import { MeshBVH } from "three-mesh-bvh";
import { NEAREST_M, SKY_SHARE, SUN_SHARE, SUN_X, SUN_Y, SUN_Z } from "../../kernels/trace/light.ts";
import type { RayBundle, RayHits, Scene } from "../scene.ts";
import type { SceneProgress } from "../scene-options.ts";
import { StillScene } from "../still-scene.ts";

/** Triangles in the camera's frame with a reflectance per vertex. */
export interface PlacedMesh {
  readonly positions: Float32Array;
  readonly indices: Uint32Array;
  readonly rho: Float32Array;
}

/** Traced through three-mesh-bvh, both sides of every triangle. */
export function openMesh(name: string, mesh: PlacedMesh, onProgress: SceneProgress | undefined): Scene {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(mesh.positions, 3));
  geometry.setIndex(new BufferAttribute(mesh.indices, 1));
  // Indirect: the order of our own indices stays, so that a hit's face finds its corners.
  const report = onProgress && ((fraction: number) => onProgress("sorting triangles", fraction));
  const bvh = new MeshBVH(geometry, { indirect: true, ...(report && { onProgress: report }) });
  return new StillScene(name, (rays, hits) => castMesh(bvh, mesh, rays, hits, onProgress));
}

function castMesh(
  bvh: MeshBVH,
  mesh: PlacedMesh,
  rays: RayBundle,
  hits: RayHits,
  onProgress: SceneProgress | undefined,
): void {
  const ray = new Ray();
  const perRow = rays.columns * rays.raysPerPixel;
  const d = rays.directions;
  for (let i = 0; i < hits.rangeM.length; i++) {
    if (i % perRow === 0) onProgress?.("tracing the mesh", i / hits.rangeM.length);
    ray.direction.set(d[3 * i]!, d[3 * i + 1]!, d[3 * i + 2]!);
    const hit = bvh.raycastFirst(ray, DoubleSide, NEAREST_M);
    if (hit?.face) {
      const { normal } = hit.face;
      const rho = rhoAt(mesh, hit.point, hit.face);
      const facing = normal.dot(ray.direction);
      hits.rangeM[i] = hit.distance;
      hits.signalRho[i] = rho * Math.abs(facing);
      hits.ambientRho[i] = rho * (SKY_SHARE + SUN_SHARE * sunOn(normal, facing));
    } else {
      hits.rangeM[i] = hits.signalRho[i] = hits.ambientRho[i] = 0;
    }
  }
  onProgress?.("tracing the mesh", 1);
}

/** The side that looks at the camera is lit. */
function sunOn(normal: Vector3, facing: number): number {
  const lit = normal.x * SUN_X + normal.y * SUN_Y + normal.z * SUN_Z;
  return Math.max(0, facing > 0 ? -lit : lit);
}

interface Corners {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Between the three corners, by the areas opposite to them. */
function rhoAt(mesh: PlacedMesh, point: Vector3, { a, b, c }: Corners): number {
  const toB = area(mesh.positions, point, c, a);
  const toC = area(mesh.positions, point, a, b);
  const toA = area(mesh.positions, point, b, c);
  const total = toA + toB + toC;
  if (!(total > 0)) return mesh.rho[a]!;
  return (mesh.rho[a]! * toA + mesh.rho[b]! * toB + mesh.rho[c]! * toC) / total;
}

function area(positions: Float32Array, point: Vector3, i: number, j: number): number {
  const ax = positions[3 * i]! - point.x;
  const ay = positions[3 * i + 1]! - point.y;
  const az = positions[3 * i + 2]! - point.z;
  const bx = positions[3 * j]! - point.x;
  const by = positions[3 * j + 1]! - point.y;
  const bz = positions[3 * j + 2]! - point.z;
  const x = ay * bz - az * by;
  const y = az * bx - ax * bz;
  const z = ax * by - ay * bx;
  return Math.sqrt(x * x + y * y + z * z);
}
