import { NS_PER_RANGE_M } from "../../hw-profiles/derive/constants.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { rayTable } from "../geometry/ray-table.ts";
import { CalibrationError } from "./calibration-error.ts";

/** A half-open range of rows or columns. */
export interface PixelRange {
  readonly first: number;
  readonly end: number;
}

/** The pixels that see the target: all of them unless told. */
export interface TargetRegion {
  readonly rows?: PixelRange | undefined;
  readonly columns?: PixelRange | undefined;
}

/** Known ranges of a flat target that faces the camera. */
export class TargetGeometry {
  readonly width: number;
  readonly height: number;
  readonly #profile: LidarProfile;
  /** z of each line of sight. */
  readonly #cosines: Float32Array;
  readonly #isSeen: Uint8Array;

  /** @throws CalibrationError for a region outside of the array. */
  constructor(profile: LidarProfile, region: TargetRegion = {}) {
    const { heightPx, widthPx } = profile.array;
    const rows = within("rows", region.rows, heightPx);
    const columns = within("columns", region.columns, widthPx);
    const { directions } = rayTable(profile.optics, widthPx, heightPx);
    this.#profile = profile;
    this.width = widthPx;
    this.height = heightPx;
    this.#cosines = Float32Array.from(
      { length: widthPx * heightPx },
      (_, pixel) => directions[3 * pixel + 2]!,
    );
    this.#isSeen = Uint8Array.from({ length: widthPx * heightPx }, (_, pixel) => {
      const [row, column] = [Math.floor(pixel / widthPx), pixel % widthPx];
      const isSeen = row >= rows.first && row < rows.end && column >= columns.first && column < columns.end;
      return isSeen ? 1 : 0;
    });
  }

  /** Radial range of every pixel to a target `distanceM` along the axis; 0 outside of the region. */
  rangesM(distanceM: number): Float32Array {
    return this.#cosines.map((cosine, pixel) => (this.#isSeen[pixel] === 1 ? distanceM / cosine : 0));
  }

  /** Variance of the return times over each pixel's footprint: that of an even slope, its difference squared / 12. */
  footprintsNs2(distanceM: number): Float32Array {
    const { height, width } = this;
    const cosines = this.#cosines;
    return cosines.map((cosine, pixel) => {
      const besides = pixel % width === width - 1 ? pixel - 1 : pixel + 1;
      const below = pixel + width < width * height ? pixel + width : pixel - width;
      const step = (neighbour: number) =>
        NS_PER_RANGE_M * distanceM * (1 / (cosines[neighbour] ?? cosine) - 1 / cosine);
      return (step(besides) ** 2 + step(below) ** 2) / 12;
    });
  }

  /** Whether a return from this range lies within the range window. */
  isInWindow(rangeM: number): boolean {
    const { t0MaxNs, t0MinNs, timeOffsetNs } = this.#profile.readout;
    const t0Ns = rangeM * NS_PER_RANGE_M + timeOffsetNs;
    return t0Ns > t0MinNs + MARGIN_NS && t0Ns < t0MaxNs - MARGIN_NS;
  }

  /** @throws CalibrationError unless the target is within the range window, on the axis at least. */
  requireInWindow(distanceM: number): void {
    if (this.isInWindow(distanceM)) return;
    const { t0MaxNs, t0MinNs, timeOffsetNs } = this.#profile.readout;
    const nearestM = Math.max(0, (t0MinNs + MARGIN_NS - timeOffsetNs) / NS_PER_RANGE_M);
    const farthestM = (t0MaxNs - MARGIN_NS - timeOffsetNs) / NS_PER_RANGE_M;
    throw new CalibrationError(
      `target: found a distance of ${distanceM} m, expected one within the range window of ${this.#profile.name}, ` +
        `${nearestM.toFixed(2)} to ${farthestM.toFixed(2)} m; choose other distances`,
    );
  }
}

/** Deviating chips see returns earlier or later by so much; their estimates must not run into the window's end. */
const MARGIN_NS = 2;

function within(what: string, range: PixelRange | undefined, size: number): PixelRange {
  const { end, first } = range ?? { first: 0, end: size };
  if (first >= 0 && first < end && end <= size) return { first, end };
  throw new CalibrationError(
    `target ${what}: found ${first} to ${end} (end not included), expected a range within 0 to ${size} that is not empty`,
  );
}
