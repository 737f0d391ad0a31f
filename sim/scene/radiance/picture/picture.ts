import { SceneError } from "../../scene-error.ts";

/** Linear light of a picture in row order, top row first; the unit is the reader's or the caller's. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** More than any light has, W/(m^2 sr) or in units of white; squares of it still fit f32. */
const MAX_VALUE = 1e15;

/** Luminance weights of linear RGB, ITU-R BT.709. */
export const RED = 0.2126;
export const GREEN = 0.7152;
export const BLUE = 0.0722;

/** The error for a picture file; `whatToDo` says how to write it so that it can be read. */
export function badPicture(scene: string, found: string, expected: string, whatToDo: string): SceneError {
  return new SceneError({ scene, found, expected, whatToDo });
}

/** False for light that cannot be: negative, infinite, not a number. */
export function isLight(value: number): boolean {
  return value >= 0 && value <= MAX_VALUE;
}

/** The error for a sample that is no light: names pixel, channel and value. */
export function notLight(
  scene: string,
  width: number,
  pixel: number,
  channel: string,
  value: number,
): SceneError {
  return badPicture(
    scene,
    `${value} in pixel (${pixel % width}, ${Math.floor(pixel / width)})${channel === "" ? "" : `, channel ${channel}`}`,
    `radiance from 0 to ${MAX_VALUE}`,
    "Correct the picture; clip what a filter or a renderer left below 0.",
  );
}
