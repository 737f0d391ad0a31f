/** Pixels of the neighbourhood, row by row; the centre is the fifth. */
export const NEIGHBOURS = 9;
export const CENTRE = 4;
/** Coverage is counted in points of an even grid of 8 x 8. */
export const LEVELS = 64;

const ANGLES = 24;
/** Offsets of a line from the centre, pixels. */
const FARTHEST = 2.2;
const STEP = 0.1;
const POINTS = 8;

export interface EdgeLines {
  readonly count: number;
  /** NEIGHBOURS values a line: points of each pixel that lie on the near side, 0..LEVELS. */
  readonly coverage: Uint8Array;
  /** How many of the lines that were tried cover the pixels so. */
  readonly weight: Float64Array;
}

/** Straight edges through a 3 x 3 neighbourhood, evenly spread over angles and offsets from the centre. */
export function edgeLines(): EdgeLines {
  const offsets = Math.round((2 * FARTHEST) / STEP) + 1;
  const weights = new Map<string, number>();
  for (let turn = 0; turn < ANGLES; turn++) {
    // Half a step off the axes: edges are hardly ever along them exactly.
    const angle = (2 * Math.PI * (turn + 0.5)) / ANGLES;
    for (let step = 0; step < offsets; step++) {
      const key = coverageOf(Math.cos(angle), Math.sin(angle), step * STEP - FARTHEST).join();
      weights.set(key, (weights.get(key) ?? 0) + 1);
    }
  }
  return {
    count: weights.size,
    coverage: Uint8Array.from([...weights.keys()].flatMap((key) => key.split(",").map(Number))),
    weight: Float64Array.from(weights.values()),
  };
}

/** Points of each pixel with x nx + y ny > offset. */
function coverageOf(nx: number, ny: number, offset: number): number[] {
  return Array.from({ length: NEIGHBOURS }, (_, pixel) => {
    const [px, py] = [(pixel % 3) - 1, Math.floor(pixel / 3) - 1];
    let inside = 0;
    for (let i = 0; i < LEVELS; i++) {
      const x = px + ((i % POINTS) + 0.5) / POINTS - 0.5;
      const y = py + (Math.floor(i / POINTS) + 0.5) / POINTS - 0.5;
      if (x * nx + y * ny > offset) inside++;
    }
    return inside;
  });
}
