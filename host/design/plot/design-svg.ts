import {
  escapeMarkup,
  plotFrame,
  seriesMarkup,
  xAxisMarkup,
  yAxisMarkup,
} from "../../bench/report/plot/plot.ts";
import { PLOT_CSS, themeCss } from "../../bench/report/plot-style.ts";
import type { DesignResult } from "../design.ts";
import type { VerifiedCell } from "../verify/cells.ts";
import { type DesignFigure, type DesignSeries, designFigures } from "./figures.ts";

const WIDTH = 720;
const PLOT_HEIGHT = 380;
const TITLE_HEIGHT = 34;
const LEGEND_ROW = 18;
const COLOURS = 8;

/** All figures below each other as one file, in the reader's light or dark colours. */
export function designSvg(designs: readonly DesignResult[], cells: readonly VerifiedCell[]): string {
  let height = 0;
  const parts = designFigures(designs, cells).map((figure) => {
    const part = `<g transform="translate(0 ${height})">${figureMarkup(figure)}</g>`;
    height += figureHeight(figure);
    return part;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>Standard deviation of the range</title>
<style>${themeCss(".plot")}${PLOT_CSS}</style>
<rect width="100%" height="100%" style="fill:var(--surface)"/>
${parts.join("\n")}
</svg>
`;
}

/** One figure as an element of a page. */
export function figureElement(figure: DesignFigure): string {
  const height = figureHeight(figure);
  return `<svg class="plot" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeMarkup(figure.title)}">${figureMarkup(figure)}</svg>`;
}

function linesOf({ series }: DesignFigure): DesignSeries[] {
  return series.filter(({ from }) => from === "simulated");
}

function figureHeight(figure: DesignFigure): number {
  return TITLE_HEIGHT + PLOT_HEIGHT + linesOf(figure).length * LEGEND_ROW + 16;
}

function figureMarkup(figure: DesignFigure): string {
  const frame = plotFrame(figure, { width: WIDTH, height: PLOT_HEIGHT });
  const { left, top, width, height } = frame;
  const series = figure.series.map((each) => dashed(each, seriesMarkup(figure, frame, each, each.colour)));
  const legend = linesOf(figure).map(({ colour, label }, i) => {
    const y = TITLE_HEIGHT + PLOT_HEIGHT + i * LEGEND_ROW + 8;
    const sample = `<line class="line" x1="67" x2="89" y1="${y - 4}" y2="${y - 4}"/>`;
    const text = `<text x="97" y="${y}">${escapeMarkup(label)}</text>`;
    return `<g class="s${(colour % COLOURS) + 1}">${dashed({ colour }, sample)}${text}</g>`;
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
function dashed({ colour }: Pick<DesignSeries, "colour">, markup: string): string {
  const round = Math.floor(colour / COLOURS);
  return round === 0 ? markup : `<g stroke-dasharray="${2 + 4 / round} ${2 + round}">${markup}</g>`;
}
