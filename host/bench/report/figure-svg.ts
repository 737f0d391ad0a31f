import type { BenchFigure } from "../bench-result.ts";
import { escapeMarkup, plotMarkup } from "./plot/plot.ts";
import { PLOT_CSS, themeCss } from "./plot-style.ts";

export const FIGURE_WIDTH = 640;
export const FIGURE_HEIGHT = 400;
const TITLE_HEIGHT = 34;
const LEGEND_ROW = 18;

/** A figure as a file of its own: title, axes, series, legend, in the reader's light or dark colours. */
export function figureSvg(figure: BenchFigure): string {
  const plotHeight = FIGURE_HEIGHT - TITLE_HEIGHT;
  const height = FIGURE_HEIGHT + figure.series.length * LEGEND_ROW + 8;
  const plot = plotMarkup(figure, { width: FIGURE_WIDTH, height: plotHeight }, "plot");
  const legend = figure.series.map((series, i) => {
    const y = FIGURE_HEIGHT + i * LEGEND_ROW + 8;
    return `<g class="s${(i % 8) + 1}">${sampleMarkup(series, y - 4)}<text x="97" y="${y}">${escapeMarkup(seriesName(series))}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 ${FIGURE_WIDTH} ${height}" width="${FIGURE_WIDTH}" height="${height}" role="img">
<title>${escapeMarkup(figure.title)}</title>
<style>${themeCss(".plot")}${PLOT_CSS}</style>
<rect width="100%" height="100%" style="fill:var(--surface)"/>
<text class="title" x="16" y="22">${escapeMarkup(figure.title)}</text>
<g transform="translate(0 ${TITLE_HEIGHT})">${plot}</g>
${legend.join("\n")}
</svg>
`;
}

function sampleMarkup({ from, marks }: BenchFigure["series"][number], y: number): string {
  if (from === "paper") return `<circle class="marker" cx="78" cy="${y}" r="5"/>`;
  if (marks === "points") return `<circle class="dot" cx="78" cy="${y}" r="3.2"/>`;
  return `<line class="line" x1="67" x2="89" y1="${y}" y2="${y}"/>`;
}

/** "InAs, paper". */
export function seriesName({ label, from }: BenchFigure["series"][number]): string {
  return label.includes(from) ? label : `${label}, ${from}`;
}
