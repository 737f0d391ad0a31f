// Take depth frames from a camera and turn the valid pixels into points.
//   npx tsx host/examples/stream-depth.ts [device] [frames]
// In your own project the import reads: import { openCamera, ... } from "cqd-readout";
import { fileURLToPath } from "node:url";
import { FrameMemory, openCamera, PixelFlags, rayTable, toPoints } from "../index.ts";

export interface NearestPoint {
  readonly frame: number;
  readonly xyzM: readonly [number, number, number];
  readonly sigmaM: number;
}

/** The nearest valid point of every frame. */
export async function nearestPoints(device: string, count: number): Promise<NearestPoint[]> {
  const { camera } = await openCamera(device, { simulation: { scene: "room", seed: 1 } });
  try {
    const { optics, array } = await camera.profile();
    const rays = rayTable(optics, array.widthPx, array.heightPx);
    camera.decodeInto(new FrameMemory(rays)); // no frame is kept beyond its turn of the loop
    const nearest: NearestPoint[] = [];
    for await (const frame of camera.depthFrames({ count })) {
      if (!frame.integrity.complete) console.warn(`frame ${frame.frameNumber} has holes`);
      const points = toPoints(frame, rays);
      const pixel = nearestValid(frame.rangeM, frame.flags);
      if (pixel < 0) continue;
      nearest.push({
        frame: frame.frameNumber,
        xyzM: [points[3 * pixel]!, points[3 * pixel + 1]!, points[3 * pixel + 2]!],
        sigmaM: frame.sigmaM[pixel]!,
      });
    }
    return nearest;
  } finally {
    await camera.close();
  }
}

function nearestValid(rangeM: Float32Array, flags: Uint8Array): number {
  const doubtful = PixelFlags.PIXEL_INVALID | PixelFlags.PIXEL_LOW_SIGNAL | PixelFlags.PIXEL_MISFIT;
  let nearest = -1;
  for (let i = 0; i < rangeM.length; i++)
    if ((flags[i]! & doubtful) === 0 && (nearest < 0 || rangeM[i]! < rangeM[nearest]!)) nearest = i;
  return nearest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [device = "sim:inas-lidar-64x48", count = "3"] = process.argv.slice(2);
  for (const { frame, xyzM, sigmaM } of await nearestPoints(device, Number(count))) {
    const [x, y, z] = xyzM.map((value) => value.toFixed(3));
    console.log(`frame ${frame}: nearest point (${x}, ${y}, ${z}) m, sigma ${(1000 * sigmaM).toFixed(1)} mm`);
  }
}
