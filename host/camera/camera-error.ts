export type CameraErrorCode =
  /** No register of that name, or a value that it cannot take. */
  | "register"
  /** The device answered a request with a status other than OK. */
  | "status"
  /** The device is not what this host software understands. */
  | "device"
  /** The device is gone or the camera was closed. */
  | "closed"
  /** The camera is not in the state for this call. */
  | "state"
  /** No reports and no sign that any will come. */
  | "stalled";

/** What went wrong between the host and the device, what was expected and what to do. */
export class CameraError extends Error {
  override readonly name = "CameraError";
  readonly code: CameraErrorCode;

  constructor(code: CameraErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
