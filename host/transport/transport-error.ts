export type TransportErrorCode =
  /** No such device is plugged in. */
  | "absent"
  /** The system does not let this user open it. */
  | "permission"
  /** Another program uses it. */
  | "busy"
  /** Another program took it over, or it was restarted: it must be opened anew. */
  | "session"
  /** It went away while it was open. */
  | "unplugged"
  /** It refuses a transfer. */
  | "stalled"
  /** A transfer came back shorter than the contract says. */
  | "truncated"
  /** Requests or replies arrive with a wrong checksum. */
  | "damaged"
  /** No answer in time. */
  | "timeout";

/** What went wrong on the bus: what was found, what was expected and what to do. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: TransportErrorCode;

  constructor(code: TransportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
