import { quoted, SceneError } from "../scene-error.ts";
import { numberOf, type SceneSpec } from "../spec.ts";
import type { Mesh } from "./mesh.ts";

export const PLACEMENT_KEYS = ["up", "scale", "distance", "rho"];

/** Rows of the rotation from the file's axes to the camera's (x right, y down, z forward). */
const TURNS: ReadonlyMap<string, readonly number[]> = new Map([
  ["camera", [1, 0, 0, 0, 1, 0, 0, 0, 1]],
  // The front of a model (+z) looks at the camera.
  ["y", [1, 0, 0, 0, -1, 0, 0, 0, -1]],
  // The front of a model (-y) looks at the camera.
  ["z", [1, 0, 0, 0, 0, -1, 0, 1, 0]],
]);

/** The distance at which a sphere fills two thirds of a 60 degree field, in radii. */
const AUTO_DISTANCE_RADII = 3;

/**
 * Positions in the camera's frame, metres. Settings:
 * `up=camera|y|z` what the file's axes mean (camera: they are the camera's; y or z: that axis points up);
 * `scale=0.001` metres per unit of the file; `distance=keep|auto|<metres>` leaves the model where it is, or moves the
 * middle of its bounding box onto the optical axis, so far that all of it is seen (auto) or to the distance given.
 */
export function placeMesh(spec: SceneSpec, mesh: Mesh, usualUp: "camera" | "y"): Float32Array {
  const up = spec.values.get("up") ?? usualUp;
  const turn = TURNS.get(up);
  if (turn === undefined) throw wrong(spec, `up=${quoted(up)}`, [...TURNS.keys()].join(", "));
  const positions = turned(mesh.positions, turn, numberOf(spec, "scale", 1e-9, 1e9, 1));
  const distance = spec.values.get("distance") ?? (up === "camera" ? "keep" : "auto");
  if (distance !== "keep")
    centre(positions, distance === "auto" ? undefined : numberOf(spec, "distance", 0, 1e6, 0));
  let farthest = Number.NEGATIVE_INFINITY;
  for (let i = 2; i < positions.length; i += 3) farthest = Math.max(farthest, positions[i]!);
  if (farthest > 0) return positions;
  throw wrong(
    spec,
    "a model that lies behind the camera (z <= 0)",
    "z > 0 for some of it, or ?up=y&distance=auto",
  );
}

function wrong(spec: SceneSpec, found: string, expected: string): SceneError {
  return new SceneError({
    scene: quoted(spec.text),
    found,
    expected,
    whatToDo: "Correct the scene's settings.",
  });
}

function turned(positions: Float32Array, turn: readonly number[], scale: number): Float32Array {
  const out = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    for (let axis = 0; axis < 3; axis++) {
      const [a, b, c] = [turn[3 * axis]!, turn[3 * axis + 1]!, turn[3 * axis + 2]!];
      out[i + axis] = scale * (a * positions[i]! + b * positions[i + 1]! + c * positions[i + 2]!);
    }
  }
  return out;
}

/** Move the middle of the bounding box to (0, 0, distance). */
function centre(positions: Float32Array, distanceM: number | undefined): void {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  positions.forEach((value, i) => {
    low[i % 3] = Math.min(low[i % 3]!, value);
    high[i % 3] = Math.max(high[i % 3]!, value);
  });
  const size2 = high.reduce((sum, value, axis) => sum + (value - low[axis]!) ** 2, 0);
  const target = [0, 0, distanceM ?? (AUTO_DISTANCE_RADII * Math.sqrt(size2)) / 2];
  positions.forEach((value, i) => {
    positions[i] = value + target[i % 3]! - (low[i % 3]! + high[i % 3]!) / 2;
  });
}
