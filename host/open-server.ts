/** Simulated boards for other programs: what the command line may know of it. */
export {
  type ServedBoard,
  type ServedBus,
  serveUsbIp,
  type UsbIpOptions,
} from "./transport/sim/serve-usbip.ts";
