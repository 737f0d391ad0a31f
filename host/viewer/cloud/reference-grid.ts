import { BufferAttribute, BufferGeometry, Group, LineBasicMaterial, LineSegments } from "three";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";

const ARC_POINTS = 48;
const FAINT = 0x8fa3b8;
const FAINT_OPACITY = 0.22;
const SENSOR = 0x6cb8ff;
const SENSOR_DEPTH_M = 0.35;

/** The sensor's pyramid and arcs of equal range every metre, in the camera frame (x right, y down, z forward). */
export function makeReferenceGrid(profile: LidarProfile, farM: number): Group {
  const { optics, array } = profile;
  const left = -optics.cxPx / optics.fxPx;
  const right = (array.widthPx - 1 - optics.cxPx) / optics.fxPx;
  const top = -optics.cyPx / optics.fyPx;
  const bottom = (array.heightPx - 1 - optics.cyPx) / optics.fyPx;
  const group = new Group();
  group.add(lines(pyramid(left, right, top, bottom), SENSOR, 1));
  group.add(lines(arcs(Math.atan(left), Math.atan(right), farM), FAINT, FAINT_OPACITY));
  return group;
}

function pyramid(left: number, right: number, top: number, bottom: number): number[] {
  const d = SENSOR_DEPTH_M;
  const corners = [
    [left * d, top * d, d],
    [right * d, top * d, d],
    [right * d, bottom * d, d],
    [left * d, bottom * d, d],
  ] as const;
  return corners.flatMap((corner, i) => [0, 0, 0, ...corner, ...corner, ...corners[(i + 1) % 4]!]);
}

/** In the plane of the optical axis: one arc a metre, and the two edges of the field of view. */
function arcs(fromRad: number, toRad: number, farM: number): number[] {
  const points: number[] = [];
  const at = (angle: number, range: number): number[] => [
    range * Math.sin(angle),
    0,
    range * Math.cos(angle),
  ];
  for (let range = 1; range <= farM; range++) {
    for (let i = 0; i < ARC_POINTS; i++) {
      const step = (toRad - fromRad) / ARC_POINTS;
      points.push(...at(fromRad + i * step, range), ...at(fromRad + (i + 1) * step, range));
    }
  }
  points.push(0, 0, 0, ...at(fromRad, farM), 0, 0, 0, ...at(toRad, farM));
  return points;
}

function lines(positions: number[], colour: number, opacity: number): LineSegments {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(positions), 3));
  return new LineSegments(
    geometry,
    new LineBasicMaterial({ color: colour, opacity, transparent: opacity < 1 }),
  );
}
