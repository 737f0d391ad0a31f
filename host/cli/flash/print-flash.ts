import type { FirmwareStatus, SlotChange, SlotStatus } from "../../flash/firmware-status.ts";
import type { FlashProgress } from "../../flash/progress.ts";
import { reasonText } from "../../flash/reason-text.ts";
import { refusalText } from "../../image/refusal.ts";
import { bold, dim, LiveLine, printJson, printLine } from "../text/terminal.ts";
import type { FlashListener, FlashSummary } from "./flash-run.ts";

/** A live line on a terminal; elsewhere one line for each tenth. */
export class FlashPrinter implements FlashListener {
  readonly #live = new LiveLine();
  readonly #isTerminal = process.stderr.isTTY === true;
  #said = "";

  progress(progress: FlashProgress): void {
    const text = progressText(progress);
    if (this.#isTerminal) {
      this.#live.show(text);
      return;
    }
    const tenth = Math.floor((10 * progress.bytes) / progress.totalBytes);
    const step = `${progress.phase} ${tenth}`;
    if (step !== this.#said) process.stderr.write(`${text}\n`);
    this.#said = step;
  }

  end(): void {
    this.#live.clear();
  }
}

/** One JSON line for each step. */
export const jsonListener: FlashListener = { progress: (progress) => printJson({ progress }) };

const PHASES: Readonly<Record<FlashProgress["phase"], string>> = {
  check: "checking",
  send: "sending",
  finish: "the board checks the whole image",
  verify: "reading back",
};

function progressText({
  bytes,
  phase,
  sectors,
  skippedSectors,
  totalBytes,
  totalSectors,
}: FlashProgress): string {
  const where = phase === "check" || phase === "finish" ? "" : ` ${bytes}/${totalBytes} bytes`;
  const held = skippedSectors > 0 ? `, ${skippedSectors} held already` : "";
  return `${PHASES[phase]}${where}${phase === "send" ? `, sector ${sectors}/${totalSectors}${held}` : ""}`;
}

export function printFlash({
  device,
  file,
  isAccepted,
  refusals,
  restartCycles,
  sent,
  state,
}: FlashSummary): void {
  for (const refusal of refusals) printLine(refusalText(refusal));
  if (sent === undefined) {
    printLine(`${file}: ${isAccepted ? "accepted by" : "refused by"} ${device}; nothing was sent`);
    return;
  }
  const held =
    sent.skippedSectors > 0 ? `, ${sent.skippedSectors} of ${sent.totalSectors} sectors held already` : "";
  const resumed = sent.resumedAtByte > 0 ? `, went on at byte ${sent.resumedAtByte}` : "";
  printLine(
    `${device}: slot ${sent.slot}, ${sent.totalBytes} bytes, ${sent.sentBytes} sent${held}${resumed}`,
  );
  printLine("read back: every byte as in the file");
  if (restartCycles !== undefined) printLine(`restarted in ${restartCycles} cycles of the ROIC clock`);
  printLine(STATES[state ?? "pending"]);
}

const STATES = {
  pending: "the next start of the board runs it on trial; then: cqd flash confirm, or cqd flash revert",
  trial: "runs on trial; the next restart goes back unless you keep it: cqd flash confirm",
  confirmed: "read out frames on trial and is confirmed",
} as const;

export function printStatus(status: FirmwareStatus): void {
  const trial = status.isTrial ? " on trial" : "";
  printLine(bold(`${slotName(status.running)} runs${trial}; the last restart decided: ${status.result}`));
  for (const slot of status.slots) for (const line of slotLines(slot)) printLine(line);
  printLine(`security floor ${status.securityFloor}, slots of ${status.slotBytes} bytes`);
  const keys = status.keyIds.length === 0 ? "none" : status.keyIds.join(", ");
  printLine(`keys ${keys}; ${status.isLocked ? "locked for production" : "development keys allowed"}`);
  if (status.badSector !== undefined)
    printLine(
      `bad sector: ${status.badSector} of the flash; an image that reaches it is given up, a smaller one may fit; else have the flash replaced`,
    );
  if (status.installation !== undefined) {
    const { sectors, slot, totalSectors } = status.installation;
    printLine(`unfinished installation in slot ${slot}: ${sectors} of ${totalSectors} sectors`);
  }
  printLine(dim(`${status.restarts} restarts since power-on, the last took ${status.restartCycles} cycles`));
  for (const [index, { reason, reasonSlot, result, running }] of status.history.entries()) {
    const why = reason === undefined ? "" : `; slot ${reasonSlot}: ${reasonText(reason.code)}`;
    printLine(dim(`${index === 0 ? "last" : `${index} before`}: ${result}, ${slotName(running)} ran${why}`));
  }
  if (status.changes.length > 0)
    printLine(dim("changes of the slots, newest first, as the board's journal has them:"));
  for (const change of status.changes) printLine(dim(`  ${changeText(change)}`));
}

function changeText({ badSector, reason, slot, state }: SlotChange): string {
  const bad = badSector === undefined ? "" : `, sector ${badSector} of the flash found bad`;
  return `slot ${slot}: ${state}${bad}${reason === undefined ? "" : `; ${reasonText(reason.code)}`}`;
}

function slotName(slot: number | undefined): string {
  return slot === undefined ? "no slot" : `slot ${slot}`;
}

function slotLines({ image, reason, slot, state }: SlotStatus): string[] {
  const held =
    image === undefined
      ? ""
      : `, version ${image.version}, security counter ${image.securityCounter}, build ${image.buildId}${image.isDevelopmentKey ? ", development key" : `, key ${image.keyId}`}`;
  const why = reason === undefined ? [] : [`  ${reasonText(reason.code)}`];
  return [`slot ${slot}: ${state}${held}`, ...why];
}
