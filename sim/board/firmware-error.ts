/** A module that the board will not run, or that failed while it ran. */
export class FirmwareError extends Error {
  readonly found: string;
  readonly expected: string;

  constructor(subject: string, found: string, expected: string, nextStep: string) {
    super(`readout firmware ${subject}: found ${found}, expected ${expected}; ${nextStep}`);
    this.name = "FirmwareError";
    this.found = found;
    this.expected = expected;
  }
}
