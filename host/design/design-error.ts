/** A design that cannot be: the message says what was found, what was expected and what to do. */
export class DesignError extends Error {
  override readonly name = "DesignError";
}
