/** Numbers of the USB 2.0 (chapter 9) and HID 1.11 specifications. */

export const DESCRIPTOR_DEVICE = 1;
export const DESCRIPTOR_CONFIGURATION = 2;
export const DESCRIPTOR_STRING = 3;
export const DESCRIPTOR_INTERFACE = 4;
export const DESCRIPTOR_ENDPOINT = 5;
export const DESCRIPTOR_QUALIFIER = 6;
export const DESCRIPTOR_OTHER_SPEED = 7;
export const DESCRIPTOR_BOS = 15;
export const DESCRIPTOR_CAPABILITY = 16;
export const DESCRIPTOR_HID = 0x21;
export const DESCRIPTOR_REPORT = 0x22;

export const REQUEST_GET_STATUS = 0;
export const REQUEST_CLEAR_FEATURE = 1;
export const REQUEST_SET_FEATURE = 3;
export const REQUEST_SET_ADDRESS = 5;
export const REQUEST_GET_DESCRIPTOR = 6;
export const REQUEST_GET_CONFIGURATION = 8;
export const REQUEST_SET_CONFIGURATION = 9;
export const REQUEST_GET_INTERFACE = 10;
export const REQUEST_SET_INTERFACE = 11;

export const HID_GET_REPORT = 1;
export const HID_GET_IDLE = 2;
export const HID_GET_PROTOCOL = 3;
export const HID_SET_REPORT = 9;
export const HID_SET_IDLE = 10;
export const HID_SET_PROTOCOL = 11;

export const REPORT_TYPE_INPUT = 1;
export const REPORT_TYPE_OUTPUT = 2;
export const REPORT_TYPE_FEATURE = 3;

export const FEATURE_ENDPOINT_HALT = 0;
export const FEATURE_REMOTE_WAKEUP = 1;

export const TYPE_STANDARD = 0;
export const TYPE_CLASS = 1;
export const TYPE_VENDOR = 2;

export const RECIPIENT_DEVICE = 0;
export const RECIPIENT_INTERFACE = 1;
export const RECIPIENT_ENDPOINT = 2;

export const TRANSFER_BULK = 2;
export const TRANSFER_INTERRUPT = 3;

/** Speeds, as USB/IP numbers them. */
export const SPEED_FULL = 2;
export const SPEED_HIGH = 3;
export type UsbSpeed = typeof SPEED_FULL | typeof SPEED_HIGH;
