// The board on USB: identity, interfaces and endpoints. The report formats stand in reports.ts.

/** pid.codes, and its product id for private tests: a simulated board is not a product. */
export const USB_VENDOR_ID = 0x1209;
export const USB_PRODUCT_ID = 0x0001;
/** Device release, BCD. */
export const USB_DEVICE_RELEASE = 0x0100;

/** Vendor-defined usage page and usage of the one top-level collection: what hosts look for. */
export const HID_USAGE_PAGE = 0xffcd;
export const HID_USAGE = 0x01;

/** Interfaces: HID carries everything, the vendor interface the data reports of fast sensors. */
export const USB_INTERFACE_HID = 0;
export const USB_INTERFACE_BULK = 1;

/** Endpoint addresses. */
export const USB_ENDPOINT_HID_IN = 0x81;
export const USB_ENDPOINT_HID_OUT = 0x02;
export const USB_ENDPOINT_BULK_IN = 0x83;

/** Largest packets, bytes. An interrupt endpoint carries one packet a service interval: 125 us, at full speed 1 ms. */
export const HID_PACKET_HIGH_SPEED = 1024;
export const HID_PACKET_FULL_SPEED = 64;
export const HID_OUT_PACKET = 64;
export const BULK_PACKET_HIGH_SPEED = 512;
export const BULK_PACKET_FULL_SPEED = 64;

/** bRequest by which Windows fetches the MS OS 2.0 descriptor set. */
export const USB_MS_OS_REQUEST = 0x20;
