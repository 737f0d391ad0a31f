import type { FirmwareStatus, HistoryEntry, SlotChange, SlotStatus } from "../../flash/firmware-status.ts";
import type { FlashProgress } from "../../flash/progress.ts";
import type { Reason } from "../../flash/reason-text.ts";
import { element, make } from "../panel/element.ts";

const PHASES: Readonly<Record<FlashProgress["phase"], string>> = {
  check: "Checking the file",
  send: "Sending",
  finish: "The board checks the whole image",
  verify: "Reading back",
};

/** What of the firmware dialog shows the board. */
export class FirmwareView {
  private readonly slots = element("firmware-slots", HTMLTableSectionElement);
  private readonly history = element("firmware-history", HTMLOListElement);
  private readonly changes = element("firmware-changes", HTMLOListElement);
  private readonly lock = element("firmware-lock", HTMLElement);
  private readonly message = element("firmware-message", HTMLElement);
  private readonly progress = element("firmware-progress", HTMLProgressElement);

  showStatus(status: FirmwareStatus): void {
    this.slots.replaceChildren(...status.slots.map((slot) => slotRow(slot, status)));
    this.history.replaceChildren(...status.history.map(historyItem));
    this.changes.replaceChildren(...status.changes.map(changeItem));
    const keys = status.keyIds.length === 0 ? "no key" : `keys ${status.keyIds.join(", ")}`;
    const lock = status.isLocked ? "locked for production" : "takes the public development key";
    const bad =
      status.badSector === undefined ? "" : ` Sector ${status.badSector} of the flash was found bad.`;
    this.lock.textContent = `${keys}; ${lock}; security floor ${status.securityFloor}.${bad}`;
  }

  showProgress(progress: FlashProgress): void {
    this.progress.hidden = false;
    this.progress.max = progress.totalBytes;
    this.progress.value = progress.bytes;
    const held = progress.skippedSectors > 0 ? `, ${progress.skippedSectors} sectors held already` : "";
    const bytes = progress.phase === "send" || progress.phase === "verify";
    const where = bytes ? ` ${progress.bytes} of ${progress.totalBytes} bytes${held}` : "";
    this.say(`${PHASES[progress.phase]}${where}`, false);
  }

  /** Lines for people; the last word of an action. */
  say(text: string, isProblem: boolean): void {
    this.message.textContent = text;
    this.message.classList.toggle("bad", isProblem);
  }

  endProgress(): void {
    this.progress.hidden = true;
  }
}

function slotRow({ image, reason, slot, state }: SlotStatus, { running }: FirmwareStatus): HTMLElement {
  const row = make("tr");
  const name = make("th", `${slot}${slot === running ? " (runs)" : ""}`);
  name.scope = "row";
  const signer = image?.isDevelopmentKey ? "development key" : image && `key ${image.keyId}`;
  const about = image && `counter ${image.securityCounter}, ${signer}, build ${image.buildId.slice(0, 12)}`;
  const cells = [state, image?.version ?? "–", [about, reasonText(reason)].filter(Boolean).join(". ")];
  row.append(name, ...cells.map((text) => make("td", text)));
  return row;
}

function historyItem({ reason, reasonSlot, result, running }: HistoryEntry): HTMLElement {
  const ran = running === undefined ? "no image runs" : `slot ${running} runs`;
  const why = reason === undefined ? "" : `; slot ${reasonSlot ?? "?"} went: ${reasonText(reason)}`;
  return make("li", `${result}, ${ran}${why}`);
}

function changeItem({ badSector, reason, slot, state }: SlotChange): HTMLElement {
  const bad = badSector === undefined ? "" : `, sector ${badSector} of the flash found bad`;
  return make("li", [`slot ${slot} ${state}${bad}`, reasonText(reason)].filter(Boolean).join("; "));
}

function reasonText(reason: Reason | undefined): string {
  return reason === undefined ? "" : `${reason.name}: ${reason.cause}`;
}
