/** A calibration that cannot be made, read or applied: what was found, what was expected, what to do. */
export class CalibrationError extends Error {
  override readonly name = "CalibrationError";
}
