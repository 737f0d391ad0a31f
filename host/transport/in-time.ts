import { TransportError } from "./transport-error.ts";
import { whenLate } from "./when-late.ts";

/** What a transfer may take, ms: far more than any that works, less than a person waits. */
export const TRANSFER_MS = 1000;

/** The transfer's result. @throws TransportError "timeout" when it does not come in time; it is left to itself then. */
export async function inTime<T>(transfer: Promise<T>, name: string, timeoutMs = TRANSFER_MS): Promise<T> {
  let end: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    end = whenLate(timeoutMs, () => {
      const message = `${name}: found no answer to a transfer within ${timeoutMs} ms, expected one; plug the device in anew`;
      reject(new TransportError("timeout", message));
    });
  });
  try {
    return await Promise.race([transfer, late]);
  } finally {
    end();
  }
}
