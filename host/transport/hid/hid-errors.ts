import { TransportError, type TransportErrorCode } from "../transport-error.ts";
import { RULE_COMMANDS, RULE_FILE } from "./udev-rule.ts";

/** What was being done when node-hid failed. */
export type HidAct = "open" | "read" | "transfer";

interface KnownText {
  readonly code: TransportErrorCode;
  readonly pattern: RegExp;
  readonly when?: HidAct;
}

/**
 * node-hid's errors have no code, and that of a read is a plain string: their texts, as node-hid 3.4.0 with hidapi 0.15.0 and
 * the C library make them, by the first pattern that fits. Windows and macOS word a device in use their own way.
 */
const KNOWN: readonly KnownText[] = [
  { code: "permission", pattern: /: (?:Permission denied|Operation not permitted)$/ },
  { code: "busy", pattern: /: Device or resource busy$/ },
  { code: "busy", pattern: /being used by another process|exclusive access and device already open/ },
  { code: "absent", pattern: /No HID devices (?:with requested VID\/PID )?found in the system\.$/ },
  { code: "absent", pattern: /Device with requested VID\/PID\/\(SerialNumber\) not found$/ },
  { code: "absent", pattern: /: No such (?:file or directory|device|device or address)$/, when: "open" },
  { code: "stalled", pattern: /: Broken pipe$/, when: "transfer" },
  { code: "timeout", pattern: /: Connection timed out$/, when: "transfer" },
  { code: "unplugged", pattern: /: No such device(?: or address)?$/ },
  { code: "unplugged", pattern: /\(device disconnected\)$/ },
  { code: "unplugged", pattern: /: (?:Input\/output error|Cannot send after transport endpoint shutdown)$/ },
  { code: "unplugged", pattern: /^device (?:has been|is already) closed$/ },
  { code: "unplugged", pattern: /^could not read (?:data )?from (?:HID )?device/, when: "read" },
];

/** What it is when no pattern fits. */
const OTHERWISE: Readonly<Record<HidAct, TransportErrorCode>> = {
  open: "busy",
  read: "unplugged",
  transfer: "stalled",
};

const EXPECTED: Readonly<Record<TransportErrorCode, string>> = {
  absent: "expected the board plugged in; plug it in, and look with `cqd list`",
  permission:
    `expected leave to read and write; install the rule ${RULE_FILE} (${RULE_COMMANDS[0]}; ${RULE_COMMANDS[1]}), then plug the ` +
    "board in anew",
  busy: "expected it free; close the other program that has it, or plug the board in anew",
  session: "expected the session to be this program's; open the board anew",
  unplugged: "expected the board plugged in; check the cable, plug it in and open it again",
  stalled: "expected the board to take the transfer; plug it in anew, and if it stays so, run `cqd doctor`",
  truncated: "expected a whole report; plug the board in anew, and if it stays so, run `cqd doctor`",
  damaged: "expected it whole; try another cable or port, and if it stays so, run `cqd doctor`",
  timeout: "expected an answer; plug the board in anew, and if it stays so, run `cqd doctor`",
};

/** node-hid's own text, whatever it threw. */
function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function hidErrorCode(error: unknown, act: HidAct): TransportErrorCode {
  const text = textOf(error);
  const known = KNOWN.find(({ pattern, when = act }) => when === act && pattern.test(text));
  return known?.code ?? OTHERWISE[act];
}

/** What node-hid threw, with a name, what was expected and what to do. `name` is the device's. */
export function hidError(name: string, error: unknown, act: HidAct): TransportError {
  return transportError(name, hidErrorCode(error, act), `found "${textOf(error)}"`, error);
}

/** @param found what was found, as a sentence goes on with it. */
export function transportError(
  name: string,
  code: TransportErrorCode,
  found: string,
  cause?: unknown,
): TransportError {
  return new TransportError(code, `${name}: ${found}, ${EXPECTED[code]}`, { cause });
}
