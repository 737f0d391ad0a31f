import { FrameMemory } from "../../../host/geometry/frame-memory.ts";
import { type RangeImage, viewPoints } from "../../../host/geometry/points.ts";
import { type RayTable, rayTable } from "../../../host/geometry/ray-table.ts";
import { PIXEL_INVALID, PIXEL_NO_RETURN } from "../../../hw-profiles/interface/pixel-flags.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { Random } from "../../firmware/support/random.ts";
import type { NativeCase } from "./native-case.ts";
import type { Span } from "./stage-module.ts";

/** Lines of pixels without a return come in runs, as they do behind glass and against the sky. */
const RUN_PX = 24;
const PLAN_BYTES = 64;

function image(width: number, height: number) {
  const random = new Random(11);
  const pixels = width * height;
  const rangeM = Float32Array.from({ length: pixels }, () => 1 + 10 * random.uniform());
  const flags = new Uint8Array(pixels);
  for (let first = 0; first < pixels; first += RUN_PX) {
    if (random.below(8) === 0) flags.fill(PIXEL_NO_RETURN, first, first + RUN_PX);
  }
  return { width, height, rangeM, flags };
}

const bytesOf = ({ buffer, byteLength, byteOffset }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Lines of sight of the default sensor's lens, on that many pixels. */
function rays(width: number, height: number): RayTable {
  const { array, optics } = loadLidarProfile("inas-lidar-320x240");
  const scale = width / array.widthPx;
  const { cxPx, cyPx, fxPx, fyPx } = optics;
  const scaled = { cxPx: cxPx * scale, cyPx: cyPx * scale, fxPx: fxPx * scale, fyPx: fyPx * scale };
  return rayTable({ ...optics, ...scaled }, width, height);
}

/** The same image where frames are decoded to, as the C twin has it in its memory. */
function inMemory(frame: RangeImage, table: RayTable): RangeImage {
  const planes = new FrameMemory(table, 1).lend(frame.width, frame.height)!;
  planes.rangeM.set(frame.rangeM);
  planes.flags.set(frame.flags);
  return { ...frame, ...planes };
}

/** Range to points on the host. */
export function pointsNativeCase(width: number, height: number): NativeCase {
  const table = rays(width, height);
  const frame = inMemory(image(width, height), table);
  const points = new Float32Array(3 * width * height);
  const parts = [frame.rangeM, frame.flags, table.directions, points];
  const addresses = parts.map((_, i) =>
    parts.slice(0, i).reduce((sum, part) => sum + Math.ceil(part.byteLength / 64) * 64, PLAN_BYTES),
  );
  const memory = new Uint8Array(addresses[3]! + points.byteLength);
  parts.forEach((part, i) => {
    memory.set(bytesOf(part), addresses[i]);
  });
  memory.set(bytesOf(Uint32Array.from([...addresses, width * height])));
  const { flags, rangeM } = frame;
  const { directions } = table;
  return {
    stage: `depth to XYZ, ${width} x ${height}`,
    item: "pixel",
    items: width * height,
    target: 1.05,
    memory,
    name: "points",
    plan: 0,
    outputs: [{ address: addresses[3]!, bytes: points.byteLength }],
    module: (_: Span) => bytesOf(viewPoints(frame, table)),
    simd: () => void viewPoints(frame, table),
    typescript: {
      items: width * height,
      run: () => {
        for (let pixel = 0, at = 0; pixel < rangeM.length; pixel++, at += 3) {
          const range = flags[pixel]! & PIXEL_INVALID ? Number.NaN : rangeM[pixel]!;
          points[at] = directions[at]! * range;
          points[at + 1] = directions[at + 1]! * range;
          points[at + 2] = directions[at + 2]! * range;
        }
      },
    },
  };
}
