// USB/IP as the Linux kernel documents it (Documentation/usb/usbip_protocol.rst): big endian. What both ends need to agree on
// which device a host attaches.

/** The port that usbip tools expect. */
export const USBIP_PORT = 3240;
export const USBIP_VERSION = 0x0111;

export const OP_REQ_DEVLIST = 0x8005;
export const OP_REP_DEVLIST = 0x0005;
export const OP_REQ_IMPORT = 0x8003;
export const OP_REP_IMPORT = 0x0003;

// Head of an OP request or reply.
export const OP_VERSION = 0; // u16
export const OP_CODE = 2; // u16
export const OP_STATUS = 4; // u32, 0 = done
export const OP_HEAD_BYTES = 8;
/** An import request goes on with the bus id, padded with zeros. */
export const BUS_ID_BYTES = 32;
/** A device list goes on with the number of devices, u32, then each device and its interfaces. */
export const DEVLIST_COUNT_BYTES = 4;

// A device; the reply to an import goes on with one.
export const DEVICE_PATH_BYTES = 256;
export const DEVICE_BUS_ID = 256;
export const DEVICE_BUS_NUMBER = 288; // u32
export const DEVICE_NUMBER = 292; // u32
export const DEVICE_SPEED = 296; // u32: 1 low, 2 full, 3 high
export const DEVICE_VENDOR_ID = 300; // u16
export const DEVICE_PRODUCT_ID = 302; // u16
export const DEVICE_RELEASE = 304; // u16
export const DEVICE_CLASS = 306; // u8, then subclass and protocol
export const DEVICE_CONFIGURATION = 309; // u8, then how many there are
export const DEVICE_INTERFACES = 311; // u8
export const DEVICE_BYTES = 312;
/** Class, subclass and protocol of each interface, padded; in a device list alone. */
export const INTERFACE_BYTES = 4;

/** In the device id of a transfer, the bus number stands above the device number. */
export const DEVICE_ID_BUS_SHIFT = 16;
