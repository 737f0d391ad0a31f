import type { DepthFrame, ImagingFrame } from "../camera/frame.ts";
import type { RunMode } from "../server/messages.ts";
import type { TimelineLane } from "../server/timeline-messages.ts";
import type { ShownPlots } from "./imaging/imaging-panel.ts";
import type { SeriesSummary } from "./imaging/temporal-series.ts";

/**
 * `window.cqd`: what the page shows, read-only, for automation and tests. Stable: frame is the depth frame on the screen;
 * pixels are indices in row order.
 */
export interface Automation {
  readonly frame: DepthFrame | undefined;
  /** The picture on the screen, of an imager. */
  readonly image: ImagingFrame | undefined;
  /** Frames shown since the page was loaded. */
  readonly frames: number;
  /** Points of the frame, and those drawn. */
  readonly points: number;
  readonly shownPoints: number;
  readonly mode: RunMode | undefined;
  readonly connected: boolean;
  readonly cursor: number | undefined;
  readonly pinned: number | undefined;
  /** x, y, z of a pixel, m; undefined when it has no range. */
  position(pixel: number): readonly [number, number, number] | undefined;
  /** Electrons of the plotted gate samples; empty when none are. */
  readonly gateSamplesE: readonly number[];
  /** Waveforms on the timeline, and the sensor row that they belong to. */
  readonly timeline: readonly TimelineLane[];
  readonly timelineRow: number | undefined;
  /** Row and column through the cursor and histogram of an imager's picture. */
  readonly plots: ShownPlots | undefined;
  /** Of the pinned pixel of an imager over the last frames; undefined before the second one. */
  readonly noise: SeriesSummary | undefined;
  readonly chi2PerDof: number | undefined;
}

declare global {
  interface Window {
    cqd?: Automation;
  }
}
