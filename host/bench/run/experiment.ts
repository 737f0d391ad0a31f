import type { BenchFigure, BenchReport, BenchResult } from "../bench-result.ts";
import type { Laboratory } from "../laboratory.ts";
import type { CameraOpener } from "./camera-opener.ts";
import type { BenchDocuments } from "./documents.ts";

/** What an experiment works with. */
export interface BenchContext {
  readonly laboratory: Laboratory;
  /** Documents of what lies on the bench: the papers' figures, and inputs to be read back. */
  readonly documents: BenchDocuments;
  /** Whole cameras, for what is measured through the imaging chain. */
  readonly openCamera: CameraOpener;
  readonly seed: number;
  /** Longer records: about four times the statistics. */
  readonly thorough: boolean;
}

/** One kind of measurement, on one subject after the other. */
export interface Experiment {
  /** As on the command line: "fall-time". */
  readonly name: string;
  readonly title: string;
  /** What is measured, in order. */
  subjects(context: BenchContext): readonly string[];
  /** Measure and analyse one subject. @throws Error when its documents or instruments do not allow it. */
  measure(context: BenchContext, subject: string): BenchReport | Promise<BenchReport>;
  /** Figures over all subjects, from the experiment's results. */
  overview?(results: readonly BenchResult[]): readonly BenchFigure[];
}
