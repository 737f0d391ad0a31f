import { type PerspectiveCamera, Spherical, Vector3 } from "three";
import type { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import type { DepthModel } from "../state/frame-model.ts";
import { framing } from "./framing.ts";

/** Where a room mostly stands, m in front of the sensor, and how far off it is seen: before there are points. */
const CENTRE = new Vector3(0, -0.15, -3.2);
const DISTANCE_M = 4;
const NEAREST_M = 0.05;
/** From a little right and above of the sensor's axis, looking where it looks. */
const BEHIND = new Vector3(-0.3, -0.2, -1).normalize();
/** Straight down, but for a trace that keeps "forward" up on the screen. */
const ABOVE = new Vector3(0, -1, -0.002).normalize();

export function viewFromBehind(
  camera: PerspectiveCamera,
  controls: OrbitControls,
  model: DepthModel | undefined,
): void {
  look(camera, controls, model, BEHIND);
}

export function viewFromAbove(
  camera: PerspectiveCamera,
  controls: OrbitControls,
  model: DepthModel | undefined,
): void {
  look(camera, controls, model, ABOVE);
}

/** Turn around the target, radians. */
export function orbitBy(
  camera: PerspectiveCamera,
  controls: OrbitControls,
  azimuth: number,
  polar: number,
): void {
  const arm = new Spherical().setFromVector3(camera.position.clone().sub(controls.target));
  arm.theta += azimuth;
  arm.phi = Math.min(Math.PI - 0.01, Math.max(0.01, arm.phi + polar));
  camera.position.setFromSpherical(arm).add(controls.target);
  controls.update();
}

export function zoomBy(camera: PerspectiveCamera, controls: OrbitControls, factor: number): void {
  const arm = camera.position.clone().sub(controls.target);
  arm.setLength(Math.max(NEAREST_M, arm.length() * factor));
  camera.position.copy(arm).add(controls.target);
  controls.update();
}

/** Look along `forward` from where nearly all of the points are in the picture. */
function look(
  camera: PerspectiveCamera,
  controls: OrbitControls,
  model: DepthModel | undefined,
  forward: Vector3,
): void {
  const found = model && framing(model, camera, forward);
  const { target, distanceM } = found ?? { target: CENTRE, distanceM: DISTANCE_M };
  controls.target.copy(target);
  camera.position.copy(target).addScaledVector(forward, -Math.max(NEAREST_M, distanceM));
  controls.update();
}
