import * as S from "../../hw-profiles/interface/status.ts";

interface StatusText {
  readonly name: string;
  readonly cause: string;
  readonly nextStep: string;
}

const TEXTS: ReadonlyMap<number, StatusText> = new Map([
  [S.STATUS_OK, text("OK", "nothing went wrong", "nothing to do")],
  [
    S.STATUS_BAD_MAGIC,
    text("BAD_MAGIC", "the parameter block has no magic word", "report this: the board wrote it"),
  ],
  [
    S.STATUS_BAD_ABI,
    text(
      "BAD_ABI",
      "board and readout logic have different ABI versions",
      "flash a module of the board's version",
    ),
  ],
  [S.STATUS_BAD_CRC, text("BAD_CRC", "the parameter block is damaged", "restart the device")],
  [
    S.STATUS_LIMIT,
    text("LIMIT", "a size exceeds what the readout logic can take", "use fewer columns, rows or gates"),
  ],
  [
    S.STATUS_BAD_PARAMETER,
    text(
      "BAD_PARAMETER",
      "a physical parameter is out of bounds",
      "check the profile with `cqd profile lint`",
    ),
  ],
  [
    S.STATUS_NO_MEMORY,
    text("NO_MEMORY", "the lines do not fit the module's memory", "use fewer columns or gates"),
  ],
  [
    S.STATUS_BAD_STATE,
    text("BAD_STATE", "the call came out of order", "stop the acquisition and start it again"),
  ],
  [S.STATUS_MORE, text("MORE", "more reports wait", "take the reports, then resume")],
  [S.STATUS_BAD_ADDRESS, text("BAD_ADDRESS", "the device has no register there", "see `cqd reg list`")],
  [
    S.STATUS_READ_ONLY,
    text("READ_ONLY", "the register cannot be written", "see the access column of `cqd reg list`"),
  ],
  [
    S.STATUS_WRITE_ONLY,
    text("WRITE_ONLY", "the register cannot be read", "see the access column of `cqd reg list`"),
  ],
  [
    S.STATUS_OUT_OF_RANGE,
    text("OUT_OF_RANGE", "the device refused the value", "see the limits in `cqd reg list`"),
  ],
  [
    S.STATUS_BUSY,
    text("BUSY", "the register cannot change while frames are acquired", "stop the acquisition first"),
  ],
  [
    S.STATUS_BAD_LENGTH,
    text("BAD_LENGTH", "the request does not cover whole registers", "read and write whole registers"),
  ],
  [
    S.STATUS_BAD_REPORT,
    text("BAD_REPORT", "the device could not read the request", "check the connection and try again"),
  ],
]);

function text(name: string, cause: string, nextStep: string): StatusText {
  return { name, cause, nextStep };
}

/** Name, cause and next step of a status code. */
export function statusText(status: number): StatusText {
  return TEXTS.get(status) ?? text(`STATUS_${status}`, "an unknown status", "update the host software");
}
