import { type PerspectiveCamera, Spherical, Vector3 } from "three";
import type { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";

/** Where a room's furniture mostly stands, m in front of the sensor. */
const CENTRE = new Vector3(0, -0.15, -3.2);
const NEAREST_M = 0.05;

/** A little behind and above the sensor, looking where it looks. */
export function viewFromBehind(camera: PerspectiveCamera, controls: OrbitControls): void {
  look(camera, controls, new Vector3(0.7, 0.55, 0.5));
}

export function viewFromAbove(camera: PerspectiveCamera, controls: OrbitControls): void {
  look(camera, controls, new Vector3(0, 6.5, -3.19));
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

function look(camera: PerspectiveCamera, controls: OrbitControls, from: Vector3): void {
  camera.position.copy(from);
  controls.target.copy(CENTRE);
  controls.update();
}
