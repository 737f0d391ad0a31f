/** The data do not hold what the analysis looks for: no crossing, no peak, too few points. */
export class AnalysisError extends Error {
  override readonly name = "AnalysisError";
}
