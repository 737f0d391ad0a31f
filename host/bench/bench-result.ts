/**
 * One quantity of a paper beside what the bench measured. `cqd bench --json` prints these, one a line.
 * kind: "input": the profile contains it, so it must come back exactly; "derived": follows from inputs by
 * equations, or a value of the document was solved from this very figure; "emergent": comes out of the simulated measurement
 * only: no document holds it, nor a value that was worked out from it.
 */
export interface BenchResult {
  /** Experiment: "fall-time". */
  readonly experiment: string;
  /** What lay on the bench: "inas-me". */
  readonly subject: string;
  /** Key and place in the paper. */
  readonly source: string;
  readonly quantity: string;
  /** Printed value; both ends of a printed range. */
  readonly paper: number | readonly [number, number];
  readonly simulated: number | readonly [number, number];
  readonly unit: string;
  /** Relative; 0 for inputs. Never below the scatter that `standardError` states. */
  readonly tolerance: number;
  /** Relative standard error of `simulated` from the number of samples, where it is a measurement. */
  readonly standardError?: number;
  readonly kind: "input" | "derived" | "emergent";
  readonly ok: boolean;
  /** Conditions: wavelength, bias, frequency, ... in words. */
  readonly conditions?: string;
  /** Misprint or contradiction in the source. */
  readonly flag?: string;
}

/** Points of a figure redrawn, with the paper's own points where it prints them. */
export interface BenchFigure {
  readonly experiment: string;
  readonly title: string;
  readonly source: string;
  readonly x: { readonly label: string; readonly unit: string; readonly scale: "linear" | "log" };
  readonly y: { readonly label: string; readonly unit: string; readonly scale: "linear" | "log" };
  readonly series: readonly {
    readonly label: string;
    readonly x: readonly number[];
    readonly y: readonly number[];
    /** "paper": markers; "simulated": a line or dense points. */
    readonly from: "paper" | "simulated";
    /** Simulated points that no line should join. */
    readonly marks?: "points";
  }[];
}

export interface BenchReport {
  readonly results: readonly BenchResult[];
  readonly figures: readonly BenchFigure[];
}
