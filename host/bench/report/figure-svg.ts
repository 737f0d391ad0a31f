import type { BenchFigure } from "../bench-result.ts";
import { figureMarkup } from "./plot/figure.ts";
import { PLOT_CSS, themeCss } from "./plot-style.ts";

/** A figure as a file of its own, in the reader's light or dark colours. */
export function figureSvg(figure: BenchFigure): string {
  return figureMarkup(figure, themeCss(".plot") + PLOT_CSS);
}
