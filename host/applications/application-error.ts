/** Input or device that an application cannot work with; the message says what was found, expected, and what to do. */
export class ApplicationError extends Error {
  override readonly name = "ApplicationError";
}
