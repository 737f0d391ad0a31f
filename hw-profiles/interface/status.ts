// Status codes: returned by every export of the readout logic and by every register request.

export const STATUS_OK = 0;
/** Parameter block does not start with DEVICE_MAGIC. */
export const STATUS_BAD_MAGIC = 1;
/** Parameter block was written for another ABI version. */
export const STATUS_BAD_ABI = 2;
/** Parameter block is shorter than PARAM_BYTES or its CRC-32C is wrong. */
export const STATUS_BAD_CRC = 3;
/** A size exceeds a limit of abi.ts. */
export const STATUS_LIMIT = 4;
/** A physical parameter is not finite, not positive, or inconsistent with the others. */
export const STATUS_BAD_PARAMETER = 5;
/** The layout for this width and gate count does not fit the module's memory. */
export const STATUS_NO_MEMORY = 6;
/** A call came out of order (line before frame, frame before configure, wrong row). */
export const STATUS_BAD_STATE = 7;
/** More reports wait: the board must take the present ones, then call resume(). */
export const STATUS_MORE = 8;
/** The module trapped. The board starts a fresh instance at the next AcquisitionStart. */
export const STATUS_TRAP = 9;

/** Register protocol. */
export const STATUS_BAD_ADDRESS = 16;
export const STATUS_READ_ONLY = 17;
export const STATUS_WRITE_ONLY = 18;
export const STATUS_OUT_OF_RANGE = 19;
export const STATUS_BUSY = 20;
export const STATUS_BAD_LENGTH = 21;
export const STATUS_BAD_REPORT = 22;
/** Another program holds the device, or the session is no longer the sender's. */
export const STATUS_SESSION = 23;
/** No readout logic may run. */
export const STATUS_RECOVERY = 24;
/** A request arrived damaged or cut short, and was not served. */
export const STATUS_BAD_CHECK = 25;
