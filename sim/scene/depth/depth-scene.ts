import * as L from "../../kernels/trace/layout.ts";
import type { RayBundle, RayHits, Scene } from "../scene.ts";
import { StillScene } from "../still-scene.ts";
import { instantiateKernels, loadHits, MemoryPlan, storeDirections, takePlanes } from "../trace/tracer.ts";
import { type DepthImage, GAP_M, GAP_PER_M } from "./depth-image.ts";
import { type ShadedPlanes, shadeDepthImage } from "./normals.ts";

const SAME_FRAME = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** A depth image seen from the place where it was taken. */
export function openDepthImage(name: string, image: DepthImage, module: WebAssembly.Module): Scene {
  const shaded = shadeDepthImage(image);
  return new StillScene(name, (rays, hits) => castDepthImage(module, image, shaded, rays, hits));
}

function castDepthImage(
  module: WebAssembly.Module,
  image: DepthImage,
  shaded: ShadedPlanes,
  rays: RayBundle,
  hits: RayHits,
): void {
  const plan = new MemoryPlan();
  const header = plan.take(L.IMAGE_BYTES);
  const planes = [image.depthM, shaded.signalRho, shaded.ambientRho];
  const addresses = planes.map((plane) => plan.take(plane.byteLength));
  const directions = takePlanes(plan, rays, rays.rows);
  const out = takePlanes(plan, rays, rays.rows);
  const memory = plan.createMemory();
  planes.forEach((plane, i) => {
    new Float32Array(memory.buffer, addresses[i]!, plane.length).set(plane);
  });
  storeHeader(new DataView(memory.buffer, header), image, addresses);
  storeDirections(memory, directions, rays, SAME_FRAME);
  const kernels = instantiateKernels(module, memory);
  const rayCount = directions.stride / 4;
  kernels.castDepth(header, directions.address, directions.stride, out.address, out.stride, rayCount);
  for (let row = 0; row < rays.rows; row++) loadHits(memory, out, rays, hits, row, 0, rays.columns);
}

function storeHeader(view: DataView, image: DepthImage, [depth, signal, ambient]: readonly number[]): void {
  const { fx, fy, cx, cy } = image.intrinsics;
  view.setFloat64(L.IMAGE_FX, fx, true);
  view.setFloat64(L.IMAGE_FY, fy, true);
  view.setFloat64(L.IMAGE_CX, cx, true);
  view.setFloat64(L.IMAGE_CY, cy, true);
  view.setFloat64(L.IMAGE_GAP_M, GAP_M, true);
  view.setFloat64(L.IMAGE_GAP_PER_M, GAP_PER_M, true);
  view.setInt32(L.IMAGE_WIDTH, image.width, true);
  view.setInt32(L.IMAGE_HEIGHT, image.height, true);
  view.setUint32(L.IMAGE_DEPTH, depth ?? 0, true);
  view.setUint32(L.IMAGE_SIGNAL_RHO, signal ?? 0, true);
  view.setUint32(L.IMAGE_AMBIENT_RHO, ambient ?? 0, true);
}
