import { DEFAULT_RHO, rhoFromBrightness } from "../depth/depth-image.ts";
import { readSceneFile } from "../read-file.ts";
import type { Scene } from "../scene.ts";
import { quoted } from "../scene-error.ts";
import type { SceneOptions } from "../scene-options.ts";
import { numberOf, onlyKnown, type SceneSpec } from "../spec.ts";
import { readGlb } from "./glb.ts";
import { checkMesh, type Mesh } from "./mesh.ts";
import { openMesh } from "./mesh-scene.ts";
import { readObj } from "./obj.ts";
import { PLACEMENT_KEYS, placeMesh } from "./placement.ts";
import { readPly } from "./ply.ts";

type Reader = (scene: string, bytes: Uint8Array) => Mesh;

/** `model.ply[?up=y&scale=0.001&distance=auto&rho=0.5]`, see placement.ts; vertex colours or `rho` as reflectance. */
export function openPly(spec: SceneSpec, options: SceneOptions): Promise<Scene> {
  return open(spec, options, readPly, "camera");
}

/** Like openPly, for Wavefront OBJ. */
export function openObj(spec: SceneSpec, options: SceneOptions): Promise<Scene> {
  return open(spec, options, readObj, "camera");
}

/** Like openPly, for binary glTF, in which y points up. */
export function openGlb(spec: SceneSpec, options: SceneOptions): Promise<Scene> {
  return open(spec, options, readGlb, "y");
}

async function open(
  spec: SceneSpec,
  options: SceneOptions,
  read: Reader,
  usualUp: "camera" | "y",
): Promise<Scene> {
  onlyKnown(spec, PLACEMENT_KEYS);
  const plainRho = numberOf(spec, "rho", 0, 1, DEFAULT_RHO);
  const scene = quoted(spec.head);
  const mesh = checkMesh(scene, read(scene, await readSceneFile(spec.head)));
  const positions = placeMesh(spec, mesh, usualUp);
  const brightness = spec.values.has("rho") ? undefined : mesh.brightness;
  const rho = brightness?.map(rhoFromBrightness) ?? new Float32Array(positions.length / 3).fill(plainRho);
  return openMesh(spec.text, { positions, indices: mesh.indices, rho }, options.onProgress);
}
