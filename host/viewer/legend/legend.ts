import { histogram } from "../colour/histogram.ts";
import { type Scale, ticks } from "../colour/scale.ts";
import { context2d, fitCanvas, numberFont } from "../image/fit-canvas.ts";
import { colouringOf } from "../state/colouring.ts";
import { componentOf } from "../state/components.ts";
import type { FrameModel } from "../state/frame-model.ts";
import type { ViewState } from "../state/view-state.ts";
import { formatTick } from "./format.ts";

const BINS = 96;
const BAR_WIDTH = 12;
const TOP = 26;
const BOTTOM = 12;
const LABEL_ROOM = 46;

/** Colour scale with its unit, and beside it how many pixels have each value. */
export class Legend {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly state: ViewState;

  constructor(canvas: HTMLCanvasElement, state: ViewState) {
    this.canvas = canvas;
    this.context = context2d(canvas);
    this.state = state;
  }

  draw(): void {
    const ratio = fitCanvas(this.canvas);
    const { context } = this;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.canvas.clientWidth, this.canvas.clientHeight);
    const model = this.state.model.value;
    if (!model || !this.state.ranges.value.has(this.state.component)) return;
    const { scale, table } = colouringOf(this.state, this.state.component);
    this.drawUnit();
    this.drawBar(table);
    this.drawTicks(scale);
    this.drawHistogram(model, scale);
  }

  private get height(): number {
    return Math.max(1, this.canvas.clientHeight - TOP - BOTTOM);
  }

  /** Height of a scale position: large values on top. */
  private y(position: number): number {
    return TOP + (1 - position) * this.height;
  }

  private drawUnit(): void {
    const { label, unit } = componentOf(this.state.component);
    this.context.font = "11px system-ui, sans-serif";
    this.context.fillStyle = "#9aa7b6";
    this.context.textAlign = "left";
    this.context.fillText(`${label}, ${unit}`, 0, 14);
  }

  private drawBar(table: Uint8Array): void {
    const step = this.height / 256;
    for (let i = 0; i < 256; i++) {
      this.context.fillStyle = `rgb(${table[3 * i]} ${table[3 * i + 1]} ${table[3 * i + 2]})`;
      this.context.fillRect(0, this.y((i + 1) / 256), BAR_WIDTH, step + 0.6);
    }
  }

  private drawTicks(scale: Scale): void {
    const { context } = this;
    context.font = numberFont(1);
    context.textBaseline = "middle";
    for (const value of ticks(scale, Math.max(3, Math.floor(this.height / 42)))) {
      const y = this.y(scale.position(value));
      context.fillStyle = "#4a5563";
      context.fillRect(BAR_WIDTH + 1, y - 0.5, 4, 1);
      context.fillStyle = "#c3ccd6";
      context.fillText(formatTick(value), BAR_WIDTH + 8, y);
    }
    context.textBaseline = "alphabetic";
  }

  private drawHistogram(model: FrameModel, scale: Scale): void {
    const values = componentOf(this.state.component).values(model.frame);
    const { bins, below, above } = histogram(values, model.valid, scale, BINS);
    const left = BAR_WIDTH + LABEL_ROOM;
    const room = Math.max(0, this.canvas.clientWidth - left - 6);
    const most = Math.max(1, ...bins);
    this.context.fillStyle = "#5b7a99";
    bins.forEach((count, bin) => {
      const width = Math.sqrt(count / most) * room;
      this.context.fillRect(left, this.y((bin + 1) / BINS), width, this.height / BINS);
    });
    this.drawOutside(above, TOP - 2);
    this.drawOutside(below, TOP + this.height + 10);
  }

  /** Pixels beyond the scale: said, not hidden in the end bins. */
  private drawOutside(count: number, y: number): void {
    if (count === 0) return;
    this.context.font = numberFont(0.85);
    this.context.fillStyle = "#ffc062";
    this.context.textAlign = "right";
    this.context.fillText(
      `${count > 9999 ? `${Math.round(count / 1000)}k` : count} out`,
      this.canvas.clientWidth - 2,
      y,
    );
    this.context.textAlign = "left";
  }
}
