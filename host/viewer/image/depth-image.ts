import { formatTick } from "../legend/format.ts";
import { colouringOf } from "../state/colouring.ts";
import { type ComponentId, componentOf } from "../state/components.ts";
import type { FrameModel } from "../state/frame-model.ts";
import type { ViewState } from "../state/view-state.ts";
import { type Cell, layoutCells, pixelAt } from "./cells.ts";
import { context2d, fitCanvas } from "./fit-canvas.ts";
import { makeHatching } from "./hatching.ts";
import { drawCellLabel, drawCross, drawRectangle, drawSpan } from "./image-marks.ts";
import { paintImage } from "./paint.ts";

/** The image pane: one component, or all of them; invalid pixels are hatched. */
export class DepthImage {
  private readonly canvas: HTMLCanvasElement;
  private readonly state: ViewState;
  private readonly context: CanvasRenderingContext2D;
  private readonly hatching: CanvasPattern;
  private readonly painted = new OffscreenCanvas(1, 1);
  private cells: readonly Cell[] = [];

  constructor(canvas: HTMLCanvasElement, state: ViewState) {
    this.canvas = canvas;
    this.state = state;
    this.context = context2d(canvas);
    this.hatching = makeHatching(this.context);
  }

  /** Pixel under a position of the mouse, CSS pixels relative to the canvas. */
  pixelAt(x: number, y: number): number | undefined {
    const model = this.state.model.value;
    const ratio = this.canvas.width / this.canvas.clientWidth;
    return model && pixelAt(this.cells, model, x * ratio, y * ratio);
  }

  draw(): void {
    const ratio = fitCanvas(this.canvas);
    const { context, canvas } = this;
    const model = this.state.model.value;
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (!model) return;
    const { value } = this.state.choice;
    const ids = value === "all" ? this.state.components.map(({ id }) => id) : [value];
    this.cells = layoutCells(ids, canvas, model, Math.round(8 * ratio));
    for (const cell of this.cells) {
      this.drawImage(cell, model);
      if (ids.length > 1) drawCellLabel(context, cell, this.label(cell.id), ratio);
      this.drawMarks(cell, model, ratio);
    }
  }

  /** Name and colour range: the legend beside tells of one image only. */
  private label(id: ComponentId): string {
    const { label, unit } = componentOf(id);
    const range = this.state.ranges.value.get(id);
    return range ? `${label} ${formatTick(range.min)} – ${formatTick(range.max)} ${unit}` : label;
  }

  private drawImage(cell: Cell, model: FrameModel): void {
    const { context } = this;
    context.fillStyle = this.hatching;
    context.fillRect(cell.x, cell.y, cell.width, cell.height);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.paint(cell.id, model), cell.x, cell.y, cell.width, cell.height);
  }

  private paint(id: ComponentId, model: FrameModel): OffscreenCanvas {
    const { painted } = this;
    if (painted.width !== model.width) painted.width = model.width;
    if (painted.height !== model.height) painted.height = model.height;
    const context = painted.getContext("2d");
    if (!context) return painted;
    const pixels = new ImageData(model.width, model.height);
    const { scale, table } = colouringOf(this.state, id);
    const values = componentOf(id).values(model.frame);
    paintImage(pixels.data, model, values, scale, table, this.state.marks.value);
    context.putImageData(pixels, 0, 0);
    return painted;
  }

  private drawMarks(cell: Cell, model: FrameModel, ratio: number): void {
    const { cursor, pinned, measurement, rectangle } = this.state;
    if (rectangle.value) drawRectangle(this.context, cell, model, rectangle.value, ratio);
    if (measurement.value) drawSpan(this.context, cell, model, measurement.value, ratio);
    if (pinned.value !== undefined) drawCross(this.context, cell, model, pinned.value, "#6cb8ff", ratio);
    if (cursor.value !== undefined) drawCross(this.context, cell, model, cursor.value, "#ffffff", ratio);
  }
}
