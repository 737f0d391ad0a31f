import { webHidOf } from "../../transport/webhid/open-web-hid.ts";
import type { PageControl } from "../link/page-control.ts";
import { button } from "./element.ts";

const WHY_NOT =
  "This browser has no WebHID: a board on USB opens in Chrome, Edge or Opera, on a page that comes by https or from this computer.";

/** Opens a board on USB with no server between, and closes it again. */
export class BoardButton {
  private readonly button: HTMLButtonElement;
  private readonly control: () => PageControl;

  constructor(control: () => PageControl, report: (problem: string) => void) {
    this.control = control;
    this.button = button("board", () => {
      this.toggle().catch((error: unknown) => report(error instanceof Error ? error.message : String(error)));
    });
    this.button.disabled = webHidOf(navigator) === undefined;
    if (this.button.disabled) this.button.title = WHY_NOT;
  }

  show(): void {
    this.button.textContent = this.control().hasBoard ? "Close the board" : "Open a board (USB)";
  }

  private async toggle(): Promise<void> {
    const hid = webHidOf(navigator);
    if (this.control().hasBoard) this.control().closeBoard();
    else if (hid !== undefined) await this.control().openBoard(hid);
    this.show();
  }
}
