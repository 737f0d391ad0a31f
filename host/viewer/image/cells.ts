import type { ComponentId } from "../state/components.ts";

/** Where one image lies on the canvas, canvas pixels. */
export interface Cell {
  readonly id: ComponentId;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Images in a near-square grid, each as large as its aspect ratio allows. */
export function layoutCells(
  ids: readonly ComponentId[],
  canvas: { readonly width: number; readonly height: number },
  image: { readonly width: number; readonly height: number },
  gap: number,
): Cell[] {
  const columns = Math.ceil(Math.sqrt(ids.length));
  const rows = Math.ceil(ids.length / columns);
  const roomX = (canvas.width - gap * (columns + 1)) / columns;
  const roomY = (canvas.height - gap * (rows + 1)) / rows;
  const scale = Math.max(0, Math.min(roomX / image.width, roomY / image.height));
  const width = Math.floor(image.width * scale);
  const height = Math.floor(image.height * scale);
  const left = (canvas.width - columns * width - (columns - 1) * gap) / 2;
  const top = (canvas.height - rows * height - (rows - 1) * gap) / 2;
  return ids.map((id, i) => ({
    id,
    x: Math.round(left + (i % columns) * (width + gap)),
    y: Math.round(top + Math.floor(i / columns) * (height + gap)),
    width,
    height,
  }));
}

/** Pixel index under a canvas position, or undefined outside of every image. */
export function pixelAt(
  cells: readonly Cell[],
  image: { readonly width: number; readonly height: number },
  x: number,
  y: number,
): number | undefined {
  for (const cell of cells) {
    const column = Math.floor(((x - cell.x) / cell.width) * image.width);
    const row = Math.floor(((y - cell.y) / cell.height) * image.height);
    const inside = column >= 0 && column < image.width && row >= 0 && row < image.height;
    if (inside) return row * image.width + column;
  }
  return undefined;
}
