import { makeScale, ticks } from "../colour/scale.ts";
import { context2d, fitCanvas, numberFont } from "../image/fit-canvas.ts";
import { formatTick } from "../legend/format.ts";
import type { GateFit } from "./gate-fit.ts";

const LEFT = 52;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 30;

interface Axes {
  x(delayNs: number): number;
  y(electrons: number): number;
  readonly width: number;
  readonly height: number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
}

/** Gate samples over gate delay with one-sigma bars, and the fitted waveform through them. */
export class GatePlot {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.context = context2d(canvas);
  }

  draw(fit: GateFit | undefined): void {
    const ratio = fitCanvas(this.canvas);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, this.canvas.clientWidth, this.canvas.clientHeight);
    if (!fit || fit.samples.length === 0) return;
    const axes = makeAxes(fit, this.canvas.clientWidth, this.canvas.clientHeight);
    this.drawAxes(axes);
    this.drawLevels(fit, axes);
    this.drawCurve(fit, axes);
    for (const sample of fit.samples) {
      const colour = sample.saturated ? "#ff4fa3" : "#dfe5ec";
      this.drawSample(axes.x(sample.delayNs), axes, sample.electrons, sample.sigmaE, colour);
    }
  }

  private drawAxes(axes: Axes): void {
    const { context } = this;
    const bottom = axes.height - BOTTOM;
    context.font = numberFont(1);
    context.textBaseline = "middle";
    for (const value of axes.yTicks) {
      context.fillStyle = "#1f2832";
      context.fillRect(LEFT, axes.y(value) - 0.5, axes.width - LEFT - RIGHT, 1);
      context.fillStyle = "#9aa7b6";
      context.textAlign = "right";
      context.fillText(formatTick(value), LEFT - 6, axes.y(value));
    }
    context.textAlign = "center";
    for (const value of axes.xTicks) context.fillText(formatTick(value), axes.x(value), bottom + 9);
    context.font = "11px system-ui, sans-serif";
    context.textAlign = "right";
    context.fillText("gate delay, ns", axes.width - RIGHT, bottom + 22);
    context.textAlign = "left";
    context.fillText("electrons", LEFT, bottom + 22);
    context.textBaseline = "alphabetic";
  }

  /** Background level and time of arrival: what the estimate says besides the amplitude. */
  private drawLevels(fit: GateFit, axes: Axes): void {
    const { context } = this;
    context.strokeStyle = "#5b7a99";
    context.lineWidth = 1;
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(LEFT, axes.y(fit.ambientE));
    context.lineTo(axes.width - RIGHT, axes.y(fit.ambientE));
    if (fit.curve.length > 0) {
      context.moveTo(axes.x(fit.t0Ns), TOP);
      context.lineTo(axes.x(fit.t0Ns), axes.height - BOTTOM);
    }
    context.stroke();
    context.setLineDash([]);
  }

  private drawCurve({ curve }: GateFit, axes: Axes): void {
    const { context } = this;
    context.strokeStyle = "#6cb8ff";
    context.lineWidth = 1.75;
    context.beginPath();
    curve.forEach(({ delayNs, electrons }, i) => {
      if (i === 0) context.moveTo(axes.x(delayNs), axes.y(electrons));
      else context.lineTo(axes.x(delayNs), axes.y(electrons));
    });
    context.stroke();
  }

  private drawSample(x: number, axes: Axes, electrons: number, sigmaE: number, colour: string): void {
    const { context } = this;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, axes.y(electrons - sigmaE));
    context.lineTo(x, axes.y(electrons + sigmaE));
    context.stroke();
    context.beginPath();
    context.arc(x, axes.y(electrons), 2.5, 0, 2 * Math.PI);
    context.fill();
  }
}

function makeAxes(fit: GateFit, width: number, height: number): Axes {
  const delays = fit.samples.map(({ delayNs }) => delayNs);
  const highs = [...fit.samples.map((s) => s.electrons + s.sigmaE), ...fit.curve.map((c) => c.electrons)];
  const lows = [0, ...fit.samples.map((s) => s.electrons - s.sigmaE)];
  const xScale = makeScale("linear", { min: Math.min(...delays) - 3, max: Math.max(...delays) + 3 });
  const margin = (Math.max(...highs) - Math.min(...lows)) * 0.05;
  const yScale = makeScale("linear", { min: Math.min(...lows) - margin, max: Math.max(...highs) + margin });
  return {
    width,
    height,
    x: (delayNs) => LEFT + xScale.position(delayNs) * (width - LEFT - RIGHT),
    y: (electrons) => height - BOTTOM - yScale.position(electrons) * (height - TOP - BOTTOM),
    xTicks: ticks(xScale, Math.max(3, Math.floor(width / 80))),
    yTicks: ticks(yScale, Math.max(3, Math.floor(height / 40))),
  };
}
