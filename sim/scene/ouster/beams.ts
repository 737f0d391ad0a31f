import { cos, sin } from "../../math/elementary.ts";
import type { OusterMetadata } from "./metadata.ts";
import type { Scan } from "./scan.ts";

const DEGREE = Math.PI / 180;

/**
 * Beams of a scan in the camera's frame (x right, y down, z forward), seen from the sensor's axis [Ouster sensor documentation,
 * lidar range to xyz]: a beam leaves at the distance n from the axis, under the encoder's angle and its own azimuth and altitude.
 */
export class Beams {
  readonly #beamOriginM: number;
  /** Unit vectors, xyz interleaved. */
  readonly #directions: Float64Array;
  /** Where beams begin, x and z; y is 0. */
  readonly #origins: Float64Array;

  /** @param yawDeg heading of the camera, degrees to the right of the sensor's x axis */
  constructor(metadata: OusterMetadata, scan: Scan, yawDeg: number) {
    const { altitudeDeg, azimuthDeg, beamOriginM } = metadata;
    this.#beamOriginM = beamOriginM;
    this.#directions = new Float64Array(3 * scan.rangeM.length);
    this.#origins = new Float64Array(2 * scan.rangeM.length);
    for (let pixel = 0; pixel < scan.rangeM.length; pixel++) {
      const row = Math.floor(pixel / scan.columns);
      // The encoder turns to the right; the sensor's x axis is half a turn from its zero.
      const encoderDeg = (360 * scan.measurement[pixel]!) / scan.columns - 180 - yawDeg;
      const azimuth = (encoderDeg + azimuthDeg[row]!) * DEGREE;
      const altitude = altitudeDeg[row]! * DEGREE;
      this.#directions[3 * pixel] = cos(altitude) * sin(azimuth);
      this.#directions[3 * pixel + 1] = -sin(altitude);
      this.#directions[3 * pixel + 2] = cos(altitude) * cos(azimuth);
      this.#origins[2 * pixel] = beamOriginM * sin(encoderDeg * DEGREE);
      this.#origins[2 * pixel + 1] = beamOriginM * cos(encoderDeg * DEGREE);
    }
  }

  /** Adds `weight` times the point that the pixel's beam meets at a range to `sum`. */
  addPoint(pixel: number, rangeM: number, weight: number, sum: Point): void {
    const beamM = rangeM - this.#beamOriginM;
    sum.x += weight * (this.#directions[3 * pixel]! * beamM + this.#origins[2 * pixel]!);
    sum.y += weight * (this.#directions[3 * pixel + 1]! * beamM);
    sum.z += weight * (this.#directions[3 * pixel + 2]! * beamM + this.#origins[2 * pixel + 1]!);
  }
}

export interface Point {
  x: number;
  y: number;
  z: number;
}
