import type { BenchFigure } from "../../bench-result.ts";
import { escapeMarkup, type PlotSeries, type PlotView, plotMarkup } from "./plot.ts";

/**
 * A figure as an <svg> of its own: title, axes, series, legend.
 * @param css colours and lines. @param view zoom and hidden series; the size is that of files unless given.
 */
export function figureMarkup(figure: BenchFigure, css: string, view: Partial<PlotView> = {}): string {
  const titleHeight = 34;
  const legendRow = 18;
  const { width = 640, height = 366, ...rest } = view;
  const plot = plotMarkup(figure, { width, height, ...rest }, "plot");
  const shown = figure.series.map((_, i) => i).filter((i) => !(view.hidden ?? []).includes(i));
  const legend = shown.map((i, row) => {
    const series = figure.series[i]!;
    const y = titleHeight + height + row * legendRow + 14;
    return `<g class="s${(i % 8) + 1}">${sampleMarkup(series, y - 4)}<text x="97" y="${y}">${escapeMarkup(seriesName(series))}</text></g>`;
  });
  const whole = titleHeight + height + shown.length * legendRow + 14;
  // Long titles become smaller so that they end within the picture.
  const titleSize = Math.min(14, (1.62 * (width - 32)) / figure.title.length);
  return `<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 ${width} ${whole}" width="${width}" height="${whole}" role="img">
<title>${escapeMarkup(figure.title)}</title>
<style>${css}</style>
<rect width="100%" height="100%" style="fill:var(--surface)"/>
<text class="title" style="font-size:${titleSize.toFixed(1)}px" x="16" y="22">${escapeMarkup(figure.title)}</text>
<g transform="translate(0 ${titleHeight})">${plot}</g>
${legend.join("\n")}
</svg>
`;
}

export function sampleMarkup({ from, marks }: PlotSeries, y: number): string {
  if (from === "paper") return `<circle class="marker" cx="78" cy="${y}" r="5"/>`;
  if (marks === "points") return `<circle class="dot" cx="78" cy="${y}" r="3.2"/>`;
  return `<line class="line" x1="67" x2="89" y1="${y}" y2="${y}"/>`;
}

/** "InAs, paper". */
export function seriesName({ label, from }: PlotSeries): string {
  return label.includes(from) ? label : `${label}, ${from}`;
}
