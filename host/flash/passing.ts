import { CameraError } from "../camera/camera-error.ts";
import { PacketError } from "../packet/packet-error.ts";
import { TransportError, type TransportErrorCode } from "../transport/transport-error.ts";

/** The device is gone, or is not ours: a second try cannot mend that. */
const FINAL: ReadonlySet<TransportErrorCode> = new Set(["session", "unplugged", "absent", "permission"]);

/** Whether an error is of one damaged request or reply: the board may be asked again what it is doing. */
export function isPassing(error: unknown): boolean {
  if (error instanceof PacketError) return true;
  if (error instanceof TransportError) return !FINAL.has(error.code);
  return error instanceof CameraError && error.code === "status";
}
