// Name, cause and next step of every status code. docs/status.md is generated from this table.

import * as Status from "./status.ts";

export interface StatusEntry {
  readonly code: number;
  readonly name: string;
  readonly cause: string;
  readonly nextStep: string;
}

function entry(code: number, name: string, cause: string, nextStep: string): StatusEntry {
  return { code, name, cause, nextStep };
}

/** Every status code, by number. */
export const STATUS_TABLE: readonly StatusEntry[] = [
  entry(Status.STATUS_OK, "OK", "The call or request succeeded.", "Go on."),
  entry(
    Status.STATUS_BAD_MAGIC,
    "BAD_MAGIC",
    "The parameter block does not start with DEVICE_MAGIC.",
    "Write the parameter block to PARAM_BLOCK before configure().",
  ),
  entry(
    Status.STATUS_BAD_ABI,
    "BAD_ABI",
    "The parameter block was written for another ABI version.",
    "Rebuild module and host from the same version of the contract.",
  ),
  entry(
    Status.STATUS_BAD_CRC,
    "BAD_CRC",
    "The parameter block has the wrong length or its CRC-32C does not match.",
    "Write the whole block again; the checksum covers bytes 16 to the end.",
  ),
  entry(
    Status.STATUS_LIMIT,
    "LIMIT",
    "Width, height or gate count exceeds what the contract allows.",
    "Use a profile within MAX_COLUMNS, MAX_ROWS and MAX_GATES.",
  ),
  entry(
    Status.STATUS_BAD_PARAMETER,
    "BAD_PARAMETER",
    "A physical parameter is not finite, not positive, or contradicts another one.",
    "STATUS_DETAIL holds the offset of the parameter; correct the profile.",
  ),
  entry(
    Status.STATUS_NO_MEMORY,
    "NO_MEMORY",
    "Lines, tables and reports of this width and gate count do not fit the module's memory.",
    "Use fewer gates or columns, or a module with more pages.",
  ),
  entry(
    Status.STATUS_BAD_STATE,
    "BAD_STATE",
    "A call came out of order: a line before its frame, a frame before configure(), or the wrong row.",
    "Call configure(), begin_frame(), process_line() for each row from 0, end_frame().",
  ),
  entry(
    Status.STATUS_MORE,
    "MORE",
    "The report buffer is full and output is left.",
    "Take the reports, then call resume() until it returns OK.",
  ),
  entry(
    Status.STATUS_TRAP,
    "TRAP",
    "The readout logic trapped (out of bounds, division by zero, unreachable code) or ran longer than the watchdog allows.",
    "Start the acquisition again for a fresh instance; correct the module if it traps again.",
  ),
  entry(
    Status.STATUS_BAD_ADDRESS,
    "BAD_ADDRESS",
    "No register lies at this address, or not on this kind of board.",
    "Look the address up in registers.md; it must be a multiple of 4.",
  ),
  entry(
    Status.STATUS_READ_ONLY,
    "READ_ONLY",
    "A write to a register that can only be read.",
    "Look up the access in registers.md; derived values follow from others.",
  ),
  entry(
    Status.STATUS_WRITE_ONLY,
    "WRITE_ONLY",
    "A read of a register that can only be written.",
    "Read AcquisitionStatus for the state of the acquisition.",
  ),
  entry(
    Status.STATUS_OUT_OF_RANGE,
    "OUT_OF_RANGE",
    "The value lies outside the register's limits.",
    "Write a value between the limits in registers.md.",
  ),
  entry(
    Status.STATUS_BUSY,
    "BUSY",
    "The register cannot change while frames are acquired.",
    "Write AcquisitionStop first.",
  ),
  entry(
    Status.STATUS_BAD_LENGTH,
    "BAD_LENGTH",
    "The length is 0, longer than a register report holds, or not a multiple of 4.",
    "Split the access; a register report carries up to 48 bytes.",
  ),
  entry(
    Status.STATUS_BAD_REPORT,
    "BAD_REPORT",
    "Report id, operation or command is unknown, or the report is too short.",
    "Compare the report with reports.md.",
  ),
  entry(
    Status.STATUS_SESSION,
    "SESSION",
    "Another program holds the device, or the sender's session has ended.",
    "Close the other program; open the device anew after an unplug or a takeover.",
  ),
  entry(
    Status.STATUS_RECOVERY,
    "RECOVERY",
    "The board is in recovery: neither slot of its flash holds readout logic that may run.",
    "Flash one: cqd flash IMAGE.cqdi; cqd flash status says why the last one was rejected.",
  ),
  entry(
    Status.STATUS_BAD_CHECK,
    "BAD_CHECK",
    "A request was cut short or its CRC-32C does not match: it was damaged on the way, or its sender speaks another version of the wire.",
    "Send it again; it was not served. If it stays, use host and device of one version.",
  ),
];
