/**
 * What the sensor looks at. A scene answers one question: for a bundle of rays from the entrance pupil, where does
 * each first hit, and how much of the light does that spot send back. Camera frame: x right, y down, z forward, metres.
 */
export interface Scene {
  readonly name: string;
  /** True if hits depend on time. A scene that stands still reports no change after the first call. */
  readonly moving: boolean;
  /**
   * Fill `hits` for the rays of `rays` at the virtual time `timeNs`. The result is a pure function of (rays, timeNs);
   * what was traced before is only a cache, kept per bundle object. On return `hits` is complete; the result names the
   * pixels whose hits differ from the last call with this bundle and this `hits` object (everything, the first time).
   * Do not change the contents of `rays` or `hits` between calls.
   */
  trace(rays: RayBundle, timeNs: number, hits: RayHits): ChangedPixels;
  /** For calibration charts: electrons that a pixel must collect over all gates, whatever link budget says. */
  readonly chart?: ChartSignal;
}

/** Pixels as runs, relative to the first pixel of the bundle, ascending and disjoint. */
export interface ChangedPixels {
  /** firstPixel, count, firstPixel, count, … in row order; empty if nothing changed. A new array for every call. */
  readonly runs: Uint32Array;
  /** Sum of all counts. */
  readonly pixelCount: number;
}

export interface ChartSignal {
  /** Signal electrons per pixel over all gates (mean). */
  readonly electrons: number;
  /** Background electrons over all gates as a multiple of `electrons`. */
  readonly ambientRatio: number;
}

/** Unit directions, xyz interleaved; raysPerPixel consecutive rays belong to one pixel, pixels in row order. */
export interface RayBundle {
  readonly directions: Float32Array;
  readonly raysPerPixel: number;
  readonly columns: number;
  readonly rows: number;
  /** Row of the sensor that the first row of this bundle is. */
  readonly firstRow: number;
}

export interface RayHits {
  /** Radial distance, m; 0 = no hit. */
  readonly rangeM: Float32Array;
  /** Lambertian reflectance times cos(angle of incidence of the emitter's light), 0..1. */
  readonly signalRho: Float32Array;
  /** Lambertian reflectance times cos(angle of incidence of the sun), 0..1. */
  readonly ambientRho: Float32Array;
}
