import { histogram } from "../colour/histogram.ts";
import { makeScale } from "../colour/scale.ts";
import { element } from "../panel/element.ts";
import type { LinePlotContent } from "../plot/line-content.ts";
import { LinePlot } from "../plot/line-plot.ts";
import type { ImageModel } from "../state/frame-model.ts";
import type { ViewState } from "../state/view-state.ts";
import { profileContent, ROW_COLOUR } from "./profile-content.ts";
import { type SeriesSummary, TemporalSeries } from "./temporal-series.ts";

const BINS = 256;

/** What the plots hold, DN; NaN and left out of the counts where a pixel has no value. */
export interface ShownPlots {
  readonly row: readonly number[];
  readonly column: readonly number[];
  /** Pixels in bins of equal width from minDn to maxDn. */
  readonly counts: readonly number[];
  readonly minDn: number;
  readonly maxDn: number;
}

/** Row and column through the chosen pixel, the histogram of the picture, and the pinned pixel's noise over time. */
export class ImagingPanel {
  private readonly state: ViewState;
  private readonly profiles = new LinePlot(element("profiles", HTMLCanvasElement));
  private readonly counts = new LinePlot(element("counts", HTMLCanvasElement));
  private readonly noise = new LinePlot(element("series", HTMLCanvasElement));
  private readonly summary = element("series-summary", HTMLOutputElement);
  private readonly empty = element("series-empty", HTMLParagraphElement);
  private readonly series = new TemporalSeries();
  private shown: ShownPlots | undefined;

  constructor(state: ViewState) {
    this.state = state;
    state.pinned.on(() => this.series.clear());
    state.model.on(() => this.takeFrame());
  }

  /** What is known of the pinned pixel's noise; undefined before the second frame. */
  get noiseSummary(): SeriesSummary | undefined {
    return this.series.values.length > 1 ? this.series.summary() : undefined;
  }

  /** What profiles and histogram show now. */
  get plots(): ShownPlots | undefined {
    return this.shown;
  }

  draw(): void {
    const { image } = this.state;
    const pixel = this.state.cursor.value ?? this.state.pinned.value;
    const profiles = image && profileContent(image, this.values(image), pixel ?? middleOf(image));
    const counts = image && this.histogramContent(image);
    this.profiles.draw(profiles);
    this.counts.draw(counts);
    this.shown = profiles && counts && shownPlots(profiles, counts);
    this.drawSeries();
  }

  private takeFrame(): void {
    const { image } = this.state;
    const pinned = this.state.pinned.value;
    if (image && pinned !== undefined && pinned < image.valid.length) this.series.add(image, pinned);
  }

  private values({ frame }: ImageModel): Float32Array {
    return this.state.component === "noise" ? frame.sigmaDn : frame.intensityDn;
  }

  private histogramContent(model: ImageModel): LinePlotContent | undefined {
    const range = this.state.ranges.value.get(this.state.component);
    if (!range) return undefined;
    const { bins } = histogram(this.values(model), model.valid, makeScale("linear", range), BINS);
    const step = (range.max - range.min) / BINS;
    return {
      title: "Histogram, pixels",
      xUnit: "DN",
      filled: true,
      yRange: { min: 0, max: Math.max(1, ...bins) * 1.05 },
      curves: [{ firstX: range.min, stepX: step, values: bins, colour: "#5b7a99" }],
    };
  }

  private drawSeries(): void {
    const { values } = this.series;
    this.empty.hidden = values.length > 1;
    this.noise.draw(
      values.length > 1
        ? {
            title: "Pinned pixel, DN",
            xUnit: "frames",
            curves: [{ firstX: 1 - values.length, stepX: 1, values, colour: ROW_COLOUR }],
          }
        : undefined,
    );
    this.summary.textContent = values.length > 1 ? summaryText(this.series) : "";
  }
}

function summaryText(series: TemporalSeries): string {
  const { frames, meanDn, sigmaDn, statedSigmaDn } = series.summary();
  return `σ ${sigmaDn.toFixed(2)} · stated ${statedSigmaDn.toFixed(2)} · mean ${meanDn.toFixed(2)} DN · ${frames} frames`;
}

function shownPlots({ curves }: LinePlotContent, counts: LinePlotContent): ShownPlots {
  const [row, column] = curves.map(({ values }) => Array.from(values));
  const [bars] = counts.curves;
  const { firstX = 0, stepX = 0, values = [] } = bars ?? {};
  return {
    row: row ?? [],
    column: column ?? [],
    counts: Array.from(values),
    minDn: firstX,
    maxDn: firstX + stepX * values.length,
  };
}

function middleOf({ width, height }: ImageModel): number {
  return Math.floor(height / 2) * width + Math.floor(width / 2);
}
