import * as Usb from "../../../hw-profiles/interface/usb.ts";
import { SPEED_HIGH, type UsbSpeed } from "../usb-constants.ts";

/** What the bus carries on an IN endpoint. */
export interface Bandwidth {
  /** Every transfer is whole packets. */
  readonly packetBytes: number;
  readonly packetsPerMs: number;
}

/** Interrupt: one packet every microframe of 125 us, at full speed every frame of 1 ms. */
const HID_HIGH: Bandwidth = { packetBytes: Usb.HID_PACKET_HIGH_SPEED, packetsPerMs: 8 };
const HID_FULL: Bandwidth = { packetBytes: Usb.HID_PACKET_FULL_SPEED, packetsPerMs: 1 };
/** Bulk: 13 packets a microframe, 19 a frame, if the bus has nothing else to do (USB 2.0, 5.8.4). */
const BULK_HIGH: Bandwidth = { packetBytes: Usb.BULK_PACKET_HIGH_SPEED, packetsPerMs: 13 * 8 };
const BULK_FULL: Bandwidth = { packetBytes: Usb.BULK_PACKET_FULL_SPEED, packetsPerMs: 19 };

/** @param endpoint address, direction bit included. */
export function bandwidth(endpoint: number, speed: UsbSpeed): Bandwidth {
  const isHigh = speed === SPEED_HIGH;
  if (endpoint === Usb.USB_ENDPOINT_BULK_IN) return isHigh ? BULK_HIGH : BULK_FULL;
  return isHigh ? HID_HIGH : HID_FULL;
}
