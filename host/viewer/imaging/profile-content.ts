import type { LinePlotContent } from "../plot/line-content.ts";
import type { ImageModel } from "../state/frame-model.ts";

export const ROW_COLOUR = "#6cb8ff";
const COLUMN_COLOUR = "#ffc062";

/** The values of the row and of the column through `pixel`; NaN without a value. */
export function profileContent(model: ImageModel, image: Float32Array, pixel: number): LinePlotContent {
  const { width, height, valid } = model;
  const column = pixel % width;
  const row = Math.floor(pixel / width);
  const at = (index: number) => (valid[index] === 1 ? (image[index] ?? Number.NaN) : Number.NaN);
  const alongRow = Array.from({ length: width }, (_, x) => at(row * width + x));
  const alongColumn = Array.from({ length: height }, (_, y) => at(y * width + column));
  return {
    title: "DN along",
    xUnit: "pixels",
    curves: [
      {
        firstX: 0,
        stepX: 1,
        values: alongRow,
        colour: ROW_COLOUR,
        name: `row ${row}`,
        markX: column,
      },
      {
        firstX: 0,
        stepX: 1,
        values: alongColumn,
        colour: COLUMN_COLOUR,
        name: `column ${column}`,
        markX: row,
      },
    ],
  };
}
