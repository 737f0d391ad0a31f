import type { SavedArray } from "../save/frame-arrays.ts";
import { encodeNpy } from "../save/npy.ts";
import type { FrameFormat } from "./capture-format.ts";
import { type CodeScale, toCodes } from "./code-scale.ts";
import { encodePng16 } from "./png16.ts";
import { encodeTiff32f } from "./tiff32f.ts";

export interface FrameFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * The files of one array of a frame: one in npy; in the picture formats one a plane, with the plane's number when the
 * array has several.
 * @param scale of the codes of png16.
 */
export function* filesOf(
  frameNumber: number,
  saved: SavedArray,
  format: FrameFormat,
  scale: CodeScale,
): Generator<FrameFile, void, undefined> {
  const stem = `${String(frameNumber).padStart(6, "0")}-${saved.name}`;
  if (format === "npy") {
    yield { name: `${stem}.npy`, content: encodeNpy(saved.array, saved.shape) };
    return;
  }
  const [height, width] = saved.shape.slice(-2) as [number, number];
  const planes = saved.shape.length > 2 ? saved.shape[0]! : 1;
  const extension = format === "png16" ? "png" : "tiff";
  for (let plane = 0; plane < planes; plane++) {
    const suffix = saved.shape.length > 2 ? `-${String(plane).padStart(2, "0")}` : "";
    const values = saved.array.subarray(plane * width * height, (plane + 1) * width * height);
    const content =
      format === "png16"
        ? encodePng16(toCodes(values, scale), width, height)
        : encodeTiff32f(Float32Array.from(values), width, height, describe(saved));
    yield { name: `${stem}${suffix}.${extension}`, content };
  }
}

function describe({ name, unit, doc }: SavedArray): string {
  return unit === "" ? `${name}: ${doc}` : `${name}, ${unit}: ${doc}`;
}
