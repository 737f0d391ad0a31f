import type { Measurement, Rectangle } from "../state/view-state.ts";
import type { Cell } from "./cells.ts";

interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const ARM = 9;
const HOLE = 3;

/** Centre of a pixel on the canvas. */
function centre(cell: Cell, image: ImageSize, pixel: number): { x: number; y: number } {
  const column = pixel % image.width;
  const row = Math.floor(pixel / image.width);
  return {
    x: cell.x + ((column + 0.5) * cell.width) / image.width,
    y: cell.y + ((row + 0.5) * cell.height) / image.height,
  };
}

/** A cross that leaves its pixel free, with a dark edge so that it shows on any colour. */
export function drawCross(
  context: CanvasRenderingContext2D,
  cell: Cell,
  image: ImageSize,
  pixel: number,
  colour: string,
  ratio: number,
): void {
  const { x, y } = centre(cell, image, pixel);
  const [near, far] = [HOLE * ratio, ARM * ratio];
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(x + dx * near, y + dy * near);
    context.lineTo(x + dx * far, y + dy * far);
  }
  strokeWithEdge(context, colour, ratio);
}

/** The measured span: a line between its pixels. */
export function drawSpan(
  context: CanvasRenderingContext2D,
  cell: Cell,
  image: ImageSize,
  { from, to }: Measurement,
  ratio: number,
): void {
  drawCross(context, cell, image, from, "#ffd75e", ratio);
  if (to === undefined) return;
  drawCross(context, cell, image, to, "#ffd75e", ratio);
  const [a, b] = [centre(cell, image, from), centre(cell, image, to)];
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.lineTo(b.x, b.y);
  strokeWithEdge(context, "#ffd75e", ratio);
}

/** The region that is being chosen. */
export function drawRectangle(
  context: CanvasRenderingContext2D,
  cell: Cell,
  image: ImageSize,
  { left, top, width, height }: Rectangle,
  ratio: number,
): void {
  const scale = cell.width / image.width;
  context.beginPath();
  context.rect(cell.x + left * scale, cell.y + top * scale, width * scale, height * scale);
  strokeWithEdge(context, "#7ee0a1", ratio);
}

export function drawCellLabel(
  context: CanvasRenderingContext2D,
  cell: Cell,
  text: string,
  ratio: number,
): void {
  context.font = `${11 * ratio}px system-ui, sans-serif`;
  const width = context.measureText(text).width + 10 * ratio;
  context.fillStyle = "rgb(17 22 29 / 82%)";
  context.fillRect(cell.x, cell.y, width, 18 * ratio);
  context.fillStyle = "#dfe5ec";
  context.fillText(text, cell.x + 5 * ratio, cell.y + 13 * ratio);
}

function strokeWithEdge(context: CanvasRenderingContext2D, colour: string, ratio: number): void {
  context.strokeStyle = "#000000";
  context.lineWidth = 3.5 * ratio;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = 1.5 * ratio;
  context.stroke();
}
