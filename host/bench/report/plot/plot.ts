import type { BenchFigure } from "../../bench-result.ts";
import {
  type Axis,
  type AxisRange,
  axisPosition,
  axisRange,
  axisTicks,
  isOnAxis,
  type Tick,
} from "./axis.ts";

/** What of a figure is seen, and how large. */
export interface PlotView {
  readonly width: number;
  readonly height: number;
  /** The whole of the data unless given. */
  readonly x?: AxisRange | undefined;
  readonly y?: AxisRange | undefined;
  /** Numbers of the series that are switched off. */
  readonly hidden?: readonly number[];
}

/** Where the axes lie, px, and what they span. */
export interface PlotFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: AxisRange;
  readonly y: AxisRange;
}

export type PlotSeries = BenchFigure["series"][number];
export type PlotFigure = Pick<BenchFigure, "x" | "y" | "series">;

export function plotFrame(figure: PlotFigure, view: PlotView): PlotFrame {
  const seen = figure.series.filter((_, i) => !(view.hidden ?? []).includes(i));
  const all = (read: (series: PlotSeries) => readonly number[]) =>
    seen.flatMap((series) => [...read(series)]);
  return {
    left: 66,
    top: 10,
    width: view.width - 66 - 14,
    height: view.height - 10 - 48,
    x:
      view.x ??
      axisRange(
        figure.x.scale,
        all((series) => series.x),
      ),
    y:
      view.y ??
      axisRange(
        figure.y.scale,
        all((series) => series.y),
      ),
  };
}

/** Axes, grid and series as the inside of an <svg>; classes and colours are in ../plot-style.ts. */
export function plotMarkup(figure: PlotFigure, view: PlotView, id: string): string {
  const frame = plotFrame(figure, view);
  const { left, top, width, height } = frame;
  const series = figure.series.map((entry, i) =>
    (view.hidden ?? []).includes(i) ? "" : seriesMarkup(figure, frame, entry, i),
  );
  return [
    `<clipPath id="${id}"><rect x="${left - 6}" y="${top - 6}" width="${width + 12}" height="${height + 12}"/></clipPath>`,
    xAxisMarkup(figure.x, frame),
    yAxisMarkup(figure.y, frame),
    `<rect class="frame" x="${left}" y="${top}" width="${width}" height="${height}"/>`,
    `<g clip-path="url(#${id})">${series.join("")}</g>`,
  ].join("\n");
}

export function xAxisMarkup(axis: Axis, frame: PlotFrame): string {
  const { left, top, width, height } = frame;
  const bottom = top + height;
  const ticks = axisTicks(axis.scale, frame.x, Math.max(3, Math.floor(width / 90))).map((tick) => {
    const x = rounded(left + width * axisPosition(axis.scale, frame.x, tick.value));
    const line = tickLine(tick, `x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"`);
    return tick.isMajor
      ? `${line}<text class="tick" text-anchor="middle" x="${x}" y="${bottom + 17}">${powers(tick.text)}</text>`
      : line;
  });
  const label = `<text class="label" text-anchor="middle" x="${left + width / 2}" y="${bottom + 38}">${axisTitle(axis)}</text>`;
  return ticks.join("") + label;
}

export function yAxisMarkup(axis: Axis, frame: PlotFrame): string {
  const { left, top, width, height } = frame;
  const ticks = axisTicks(axis.scale, frame.y, Math.max(4, Math.floor(height / 55))).map((tick) => {
    const y = rounded(top + height * (1 - axisPosition(axis.scale, frame.y, tick.value)));
    const line = tickLine(tick, `x1="${left}" x2="${left + width}" y1="${y}" y2="${y}"`);
    return tick.isMajor
      ? `${line}<text class="tick" text-anchor="end" x="${left - 7}" y="${y + 4}">${powers(tick.text)}</text>`
      : line;
  });
  const middle = top + height / 2;
  const label = `<text class="label" text-anchor="middle" transform="rotate(-90 14 ${middle})" x="14" y="${middle}">${axisTitle(axis)}</text>`;
  return ticks.join("") + label;
}

export function tickLine(tick: Tick, place: string): string {
  return `<line class="${tick.isMajor ? "grid" : "grid minor"}" ${place}/>`;
}

/** A line for a simulation, with dots where its points are few; rings for a paper's own points. */
export function seriesMarkup(
  figure: PlotFigure,
  frame: PlotFrame,
  series: PlotSeries,
  index: number,
): string {
  const points = plotPoints(figure, frame, series);
  const circles = (kind: string, radius: number) =>
    points.map(([x, y]) => `<circle class="${kind}" cx="${x}" cy="${y}" r="${radius}"/>`).join("");
  const isLine = series.from === "simulated" && series.marks !== "points";
  const line = `<polyline class="line" points="${points.map((point) => point.join(",")).join(" ")}"/>`;
  const marks = series.from === "paper" ? circles("marker", 5) : circles("dot", isLine ? 2.5 : 3.2);
  const isDense = isLine && points.length > 24;
  return `<g class="s${(index % 8) + 1}">${isLine ? line : ""}${isDense ? "" : marks}</g>`;
}

/** Places of the points that the axes can show, px. */
export function plotPoints(figure: PlotFigure, frame: PlotFrame, series: PlotSeries): [number, number][] {
  const places: [number, number][] = [];
  for (let i = 0; i < series.x.length; i++) {
    const x = series.x[i]!;
    const y = series.y[i]!;
    if (!isOnAxis(figure.x.scale, x) || !isOnAxis(figure.y.scale, y)) continue;
    places.push([
      rounded(frame.left + frame.width * axisPosition(figure.x.scale, frame.x, x)),
      rounded(frame.top + frame.height * (1 - axisPosition(figure.y.scale, frame.y, y))),
    ]);
  }
  return places;
}

export function axisTitle({ label, unit }: Axis): string {
  const text = unit === "" || unit === "1" ? label : `${label} (${unit})`;
  return powers(escapeMarkup(text));
}

/** "10^3" with the exponent raised. */
export function powers(text: string): string {
  return text.replace(
    /\^([-\u2212]?\d+)/g,
    (_, power: string) =>
      `<tspan dy="-5" font-size="80%">${power.replace("-", "\u2212")}</tspan><tspan dy="5">\u200b</tspan>`,
  );
}

export function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
