// The light that falls on a scene besides the emitter's (assumed): the sun, high behind the camera, and a share of sky
// that reaches every surface. Read by the kernels and by sim/scene; as f64 in both, rounded to f32 by the room's kernels.

// Unit vector towards the sun in the scene's frame (y down): (2, -6, -3) / 7.
export const SUN_X = 0.2857142857142857;
export const SUN_Y = -0.8571428571428571;
export const SUN_Z = -0.42857142857142855;
export const SUN_SHARE = 0.7;
export const SKY_SHARE = 0.3;

// Nothing nearer than this is seen (the camera's own front).
export const NEAREST_M = 0.05;
// A ray that has not hit anything yet.
export const FAR_M = 1e30;
