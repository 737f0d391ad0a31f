import { makeScale, ticks, type ValueRange } from "../colour/scale.ts";
import { context2d, fitCanvas, numberFont } from "../image/fit-canvas.ts";
import { formatTick } from "../legend/format.ts";
import type { LineCurve, LinePlotContent } from "./line-content.ts";

const LEFT = 52;
const RIGHT = 12;
const TOP = 20;
const BOTTOM = 18;
const NAME_GAP = 12;

interface Axes {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xRange: ValueRange;
  readonly yRange: ValueRange;
  readonly width: number;
  readonly height: number;
}

/** A small plot of values over pixels, codes or frames. */
export class LinePlot {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.context = context2d(canvas);
  }

  draw(content: LinePlotContent | undefined): void {
    const ratio = fitCanvas(this.canvas);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, this.canvas.clientWidth, this.canvas.clientHeight);
    const axes = content && axesOf(content, this.canvas.clientWidth, this.canvas.clientHeight);
    if (!content || !axes) return;
    this.drawAxes(content, axes);
    for (const curve of content.curves) this.drawMark(curve, axes);
    for (const curve of content.curves) this.drawCurve(curve, axes, content.filled === true);
  }

  private drawAxes({ curves, title, xUnit }: LinePlotContent, axes: Axes): void {
    const { context } = this;
    const xScale = makeScale("linear", axes.xRange);
    const yScale = makeScale("linear", axes.yRange);
    context.font = numberFont(1);
    context.textBaseline = "middle";
    context.textAlign = "right";
    for (const value of ticks(yScale, Math.max(2, Math.floor(axes.height / 36)))) {
      context.fillStyle = "#1f2832";
      context.fillRect(LEFT, axes.y(value) - 0.5, axes.width - LEFT - RIGHT, 1);
      context.fillStyle = "#9aa7b6";
      context.fillText(formatTick(value), LEFT - 6, axes.y(value));
    }
    context.textAlign = "center";
    for (const value of ticks(xScale, Math.max(2, Math.floor(axes.width / 90))))
      context.fillText(formatTick(value), axes.x(value), axes.height - BOTTOM + 9);
    context.font = "11px system-ui, sans-serif";
    context.fillText(xUnit, axes.width - RIGHT - context.measureText(xUnit).width / 2, 10);
    context.textAlign = "left";
    this.drawTitle(title, curves);
    context.textBaseline = "alphabetic";
  }

  private drawTitle(title: string, curves: readonly LineCurve[]): void {
    const { context } = this;
    context.fillText(title, LEFT, 10);
    let x = LEFT + context.measureText(title).width;
    for (const { colour, name = "" } of curves) {
      context.fillStyle = colour;
      context.fillText(name, x + NAME_GAP, 10);
      x += NAME_GAP + context.measureText(name).width;
    }
  }

  private drawMark({ colour, markX }: LineCurve, axes: Axes): void {
    if (markX === undefined || markX < axes.xRange.min || markX > axes.xRange.max) return;
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(axes.x(markX), TOP);
    context.lineTo(axes.x(markX), axes.height - BOTTOM);
    context.stroke();
    context.setLineDash([]);
  }

  private drawCurve(curve: LineCurve, axes: Axes, filled: boolean): void {
    const { context } = this;
    const { firstX, stepX, values } = curve;
    const floorY = axes.height - BOTTOM;
    context.strokeStyle = curve.colour;
    context.fillStyle = curve.colour;
    context.lineWidth = 1.25;
    context.beginPath();
    let isDown = false;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      const x = axes.x(firstX + i * stepX);
      if (!Number.isFinite(value)) {
        isDown = false;
        continue;
      }
      const y = Math.min(floorY, Math.max(TOP, axes.y(value)));
      if (filled) context.fillRect(x, y, Math.max(1, axes.x(firstX + (i + 1) * stepX) - x), floorY - y);
      else if (isDown) context.lineTo(x, y);
      else context.moveTo(x, y);
      isDown = true;
    }
    if (!filled) context.stroke();
  }
}

function axesOf({ curves, yRange }: LinePlotContent, width: number, height: number): Axes | undefined {
  const ends = curves.filter(({ values }) => values.length > 0);
  const y = yRange ?? rangeOf(ends);
  if (ends.length === 0 || !y) return undefined;
  const xRange = {
    min: Math.min(...ends.map(({ firstX }) => firstX)),
    max: Math.max(...ends.map(({ firstX, stepX, values }) => firstX + values.length * stepX)),
  };
  const xScale = makeScale("linear", xRange);
  const yScale = makeScale("linear", y);
  return {
    width,
    height,
    xRange,
    yRange: y,
    x: (value) => LEFT + xScale.position(value) * (width - LEFT - RIGHT),
    y: (value) => height - BOTTOM - yScale.position(value) * (height - TOP - BOTTOM),
  };
}

/** All finite values with a margin of a twentieth; undefined when there is none. */
function rangeOf(curves: readonly LineCurve[]): ValueRange | undefined {
  let min = Infinity;
  let max = -Infinity;
  for (const { values } of curves)
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value)) continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  if (min > max) return undefined;
  const margin = (max - min || Math.abs(max) || 1) * 0.05;
  return { min: min - margin, max: max + margin };
}
