import { type OrganisedCloud, readPcd } from "../pcd/read-pcd.ts";
import { readSceneFile } from "../read-file.ts";
import type { Scene } from "../scene.ts";
import { quoted, SceneError } from "../scene-error.ts";
import { onlyKnown, type SceneSpec } from "../spec.ts";
import { DEFAULT_RHO, type DepthImage, type Intrinsics, rhoFromBrightness } from "./depth-image.ts";
import { openDepthImage } from "./depth-scene.ts";
import { estimateIntrinsics } from "./estimate-intrinsics.ts";
import { readIntrinsics } from "./read-intrinsics.ts";

/** An organised PCD file as a depth image, with intrinsics from beside it or estimated from its points. */
export async function openPcd(spec: SceneSpec, module: WebAssembly.Module): Promise<Scene> {
  onlyKnown(spec, []);
  const scene = quoted(spec.head);
  const cloud = readPcd(scene, await readSceneFile(spec.head));
  const given = await readIntrinsics(spec.head);
  return openDepthImage(spec.text, cloudImage(scene, cloud, given), module);
}

/** The cloud as a depth image. Throws SceneError if no point is valid. */
export function cloudImage(scene: string, cloud: OrganisedCloud, given?: Intrinsics): DepthImage {
  const { width, height } = cloud;
  const valid = (i: number): boolean =>
    Number.isFinite(cloud.x[i]) && Number.isFinite(cloud.y[i]) && cloud.z[i]! > 0 && cloud.z[i]! < 1e6;
  const depthM = cloud.z.map((z, i) => (valid(i) ? z : 0));
  if (!depthM.some((z) => z > 0)) {
    throw new SceneError({
      scene,
      found: `no valid point among ${width} x ${height}`,
      expected: "finite points in front of the camera (z > 0, metres)",
      whatToDo: "Check that the cloud is in the camera's frame: x right, y down, z forward.",
    });
  }
  const rho = new Float32Array(width * height).fill(DEFAULT_RHO);
  cloud.brightness?.forEach((brightness, i) => {
    rho[i] = rhoFromBrightness(brightness);
  });
  return { width, height, depthM, rho, intrinsics: given ?? estimateIntrinsics(scene, cloud) };
}
