import * as F from "../../../hw-profiles/interface/pixel-flags.ts";
import type { ColourTable } from "../colour/maps.ts";
import type { Scale } from "../colour/scale.ts";
import type { FrameModel } from "../state/frame-model.ts";

/** Flags that are marked on request, and the colour of each. */
export const MARKS = [
  { mask: F.PIXEL_SATURATED, text: "saturated", colour: "#ff4fa3" },
  { mask: F.PIXEL_MISFIT, text: "misfit", colour: "#ff9d3c" },
  { mask: F.PIXEL_LOW_SIGNAL, text: "low signal", colour: "#7aa7ff" },
  { mask: F.PIXEL_REPLACED, text: "replaced", colour: "#7ee0a1" },
  { mask: F.PIXEL_WINDOW, text: "window end", colour: "#e4f25c" },
] as const;

const MARK_RGB = MARKS.map(({ mask, colour }) => ({ mask, rgb: parseHex(colour) }));

/** Colour of one value; the ends of the scale hold beyond it. */
export function tableIndex(scale: Scale, value: number): number {
  return 3 * Math.max(0, Math.min(255, Math.floor(scale.position(value) * 256)));
}

/** RGBA of an image; invalid pixels stay transparent, so that the hatching beneath shows. */
export function paintImage(
  out: Uint8ClampedArray,
  model: FrameModel,
  values: Float32Array,
  scale: Scale,
  table: ColourTable,
  marks: boolean,
): void {
  const { valid, frame } = model;
  for (let pixel = 0, at = 0; pixel < values.length; pixel++, at += 4) {
    if (valid[pixel] === 0) {
      out[at + 3] = 0;
      continue;
    }
    const marked = marks ? markOf(frame.flags[pixel]!) : undefined;
    const colour = marked ?? table;
    const index = marked ? 0 : tableIndex(scale, values[pixel]!);
    out[at] = colour[index]!;
    out[at + 1] = colour[index + 1]!;
    out[at + 2] = colour[index + 2]!;
    out[at + 3] = 255;
  }
}

function markOf(flags: number): readonly number[] | undefined {
  return MARK_RGB.find(({ mask }) => (flags & mask) !== 0)?.rgb;
}

/** The RGB of a mark, or undefined when the flags call for none. */
export { markOf };

function parseHex(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
