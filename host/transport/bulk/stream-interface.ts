import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import type { BulkPipe } from "./bulk-pipe.ts";
import { BulkTransport } from "./bulk-transport.ts";
import { dataRate } from "./data-rate.ts";

/** Which USB interface carries the data: HID, bulk, or bulk where HID is too slow. */
export type StreamInterface = "auto" | "hid" | "bulk";

/** Bytes per second that HID carries without trouble. */
const HID_BYTES_PER_S = 2e6;

export interface StreamOptions {
  readonly streamInterface?: StreamInterface | undefined;
  /** Hears in one line why data come over HID although bulk would be better. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * Let the data of an open, idle device come the way that is wanted. "auto": by HID up to 2 MB/s, else by bulk, and by HID with
 * a word about it where bulk cannot be had.
 * @throws TransportError with "bulk", when it cannot be had; `control` is closed then.
 */
export async function openStream(
  control: Transport,
  openPipe: () => Promise<BulkPipe>,
  { onNotice = () => undefined, streamInterface = "auto" }: StreamOptions,
): Promise<Transport> {
  if (streamInterface === "hid") return control;
  try {
    if (streamInterface === "auto" && (await dataRate(control)) <= HID_BYTES_PER_S) return control;
    return await BulkTransport.open(control, await openPipe());
  } catch (error) {
    if (streamInterface === "auto" && error instanceof TransportError && error.code !== "session") {
      onNotice(`${control.name}: data come over HID: ${error.message}`);
      return control;
    }
    await control.close();
    throw error;
  }
}
