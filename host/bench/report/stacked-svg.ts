import type { BenchFigure } from "../bench-result.ts";
import { sampleMarkup } from "./plot/figure.ts";
import {
  escapeMarkup,
  type PlotSeries,
  plotFrame,
  seriesMarkup,
  xAxisMarkup,
  yAxisMarkup,
} from "./plot/plot.ts";
import { PLOT_CSS, themeCss } from "./plot-style.ts";

/** A series with its place in the row of colours; rings (`from: "paper"`) share that of their line and have no entry of their own. */
export type ColouredSeries = PlotSeries & { readonly colour: number };

export interface StackedFigure extends Pick<BenchFigure, "title" | "x" | "y"> {
  readonly series: readonly ColouredSeries[];
}

const WIDTH = 720;
const PLOT_HEIGHT = 380;
const TITLE_HEIGHT = 34;
const LEGEND_ROW = 18;
const COLOURS = 8;

/** Figures below each other as one file, in the reader's light or dark colours. */
export function stackedSvg(
  title: string,
  figures: readonly StackedFigure[],
  plotHeight = PLOT_HEIGHT,
): string {
  let height = 0;
  const parts = figures.map((figure) => {
    const part = `<g transform="translate(0 ${height})">${figureMarkup(figure, plotHeight)}</g>`;
    height += figureHeight(figure, plotHeight);
    return part;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escapeMarkup(title)}</title>
<style>${themeCss(".plot")}${PLOT_CSS}</style>
<rect width="100%" height="100%" style="fill:var(--surface)"/>
${parts.join("\n")}
</svg>
`;
}

/** One figure as an element of a page. */
export function figureElement(figure: StackedFigure): string {
  const height = figureHeight(figure, PLOT_HEIGHT);
  return `<svg class="plot" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeMarkup(figure.title)}">${figureMarkup(figure, PLOT_HEIGHT)}</svg>`;
}

function namedSeries({ series }: StackedFigure): ColouredSeries[] {
  return series.filter(({ from }) => from === "simulated");
}

function figureHeight(figure: StackedFigure, plotHeight: number): number {
  return TITLE_HEIGHT + plotHeight + namedSeries(figure).length * LEGEND_ROW + 16;
}

function figureMarkup(figure: StackedFigure, plotHeight: number): string {
  const frame = plotFrame(figure, { width: WIDTH, height: plotHeight });
  const { left, top, width, height } = frame;
  const series = figure.series.map((each) => dashed(each, seriesMarkup(figure, frame, each, each.colour)));
  const legend = namedSeries(figure).map((each, i) => {
    const y = TITLE_HEIGHT + plotHeight + i * LEGEND_ROW + 8;
    const text = `<text x="97" y="${y}">${escapeMarkup(each.label)}</text>`;
    return `<g class="s${(each.colour % COLOURS) + 1}">${dashed(each, sampleMarkup(each, y - 4))}${text}</g>`;
  });
  return [
    `<text class="title" x="16" y="22">${escapeMarkup(figure.title)}</text>`,
    `<g transform="translate(0 ${TITLE_HEIGHT})">`,
    xAxisMarkup(figure.x, frame),
    yAxisMarkup(figure.y, frame),
    `<rect class="frame" x="${left}" y="${top}" width="${width}" height="${height}"/>`,
    ...series,
    "</g>",
    ...legend,
  ].join("\n");
}

/** Colours come round again after eight lines: each round has dashes of its own. */
function dashed({ colour }: Pick<ColouredSeries, "colour">, markup: string): string {
  const round = Math.floor(colour / COLOURS);
  return round === 0 ? markup : `<g stroke-dasharray="${2 + 4 / round} ${2 + round}">${markup}</g>`;
}
