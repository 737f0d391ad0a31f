/** A board that cannot be attached or detached: what was found, what was expected, what to do. */
export class UsbIpError extends Error {
  override readonly name = "UsbIpError";
}
