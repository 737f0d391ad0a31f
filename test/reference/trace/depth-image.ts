// Reference of castDepth: a ray's place in a depth image, in f64, results rounded to f32.

export interface ReferenceImage {
  readonly width: number;
  readonly height: number;
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
  readonly gapM: number;
  readonly gapPerM: number;
  readonly depth: Float32Array;
  readonly signal: Float32Array;
  readonly ambient: Float32Array;
}

export type ReferenceHit = readonly [range: number, signal: number, ambient: number];

const NOTHING: ReferenceHit = [0, 0, 0];

/** Look one ray up: bilinear on one surface, else the nearest corner with a depth, else nothing. */
export function lookUp(image: ReferenceImage, dx: number, dy: number, dz: number): ReferenceHit {
  const { width, height } = image;
  const u = (image.fx * dx) / dz + image.cx;
  const v = (image.fy * dy) / dz + image.cy;
  if (!(dz > 0 && u >= -0.5 && v >= -0.5 && u < width - 0.5 && v < height - 0.5)) return NOTHING;
  const x0 = Math.min(width - 1, Math.max(0, Math.floor(u)));
  const y0 = Math.min(height - 1, Math.max(0, Math.floor(v)));
  const x1 = Math.min(width - 1, x0 + 1);
  const y1 = Math.min(height - 1, y0 + 1);
  const corners = [y0 * width + x0, y0 * width + x1, y1 * width + x0, y1 * width + x1];
  const depths = corners.map((at) => image.depth[at]!);
  const [right, down] = [Math.max(0, u - x0), Math.max(0, v - y0)];
  const near = Math.min(...depths);
  if (near > 0 && Math.max(...depths) - near <= image.gapM + image.gapPerM * (near * near)) {
    const mixed = (plane: Float32Array): number => {
      const [a, b, c, d] = corners.map((at) => plane[at]!) as [number, number, number, number];
      const upper = a + (b - a) * right;
      return upper + (c + (d - c) * right - upper) * down;
    };
    return [
      Math.fround(mixed(image.depth) / dz),
      Math.fround(mixed(image.signal)),
      Math.fround(mixed(image.ambient)),
    ];
  }
  const distances = corners.map((_, i) => (right - (i & 1)) ** 2 + (down - (i >> 1)) ** 2);
  let best = -1;
  depths.forEach((depth, i) => {
    if (depth > 0 && distances[i]! < 0.51 && (best < 0 || distances[i]! < distances[best]!)) best = i;
  });
  if (best < 0) return NOTHING;
  const at = corners[best]!;
  return [Math.fround(image.depth[at]! / dz), image.signal[at]!, image.ambient[at]!];
}
