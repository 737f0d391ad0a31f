import { readDepthPng } from "../png/read-depth-png.ts";
import { readSceneFile } from "../read-file.ts";
import type { Scene } from "../scene.ts";
import { quoted, SceneError } from "../scene-error.ts";
import { onlyKnown, type SceneSpec } from "../spec.ts";
import { DEFAULT_RHO } from "./depth-image.ts";
import { openDepthImage } from "./depth-scene.ts";
import { intrinsicsPaths, readIntrinsics } from "./read-intrinsics.ts";

/**
 * A 16-bit grey PNG of depths along the optical axis (0: none) with its intrinsics beside it (read-intrinsics.ts).
 * Reflectance is DEFAULT_RHO everywhere.
 */
export async function openPng(spec: SceneSpec, module: WebAssembly.Module): Promise<Scene> {
  onlyKnown(spec, []);
  const scene = quoted(spec.head);
  const { width, height, codes } = readDepthPng(scene, await readSceneFile(spec.head));
  const given = await readIntrinsics(spec.head);
  if (given === undefined) {
    throw new SceneError({
      scene,
      found: "no intrinsics beside the depth image",
      expected: `a file ${intrinsicsPaths(spec.head)[0]}`,
      whatToDo: 'Write it, as {"fx": 525, "fy": 525, "cx": 319.5, "cy": 239.5, "depthScaleM": 0.001}.',
    });
  }
  if (!codes.some((code) => code > 0)) {
    throw new SceneError({
      scene,
      found: `${width} x ${height} pixels without any depth`,
      expected: "codes above 0",
      whatToDo: "Check how the image was written.",
    });
  }
  const depthM = Float32Array.from(codes, (code) => code * given.depthScaleM);
  const rho = new Float32Array(codes.length).fill(DEFAULT_RHO);
  return openDepthImage(spec.text, { width, height, depthM, rho, intrinsics: given }, module);
}
