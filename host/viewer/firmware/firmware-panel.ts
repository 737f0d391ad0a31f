import type { Camera } from "../../camera/camera.ts";
import type { FirmwareStatus } from "../../flash/firmware-status.ts";
import { FirmwareUpdater } from "../../flash/firmware-updater.ts";
import { button, element } from "../panel/element.ts";
import { FirmwareView } from "./firmware-view.ts";
import { pageFacts } from "./page-facts.ts";

const LOOK_MS = 2000;
const ENDING = ".cqdi";

/** Slots and history of the board, and flashing: a file that is dropped on the page, keeping it, going back. */
export class FirmwarePanel {
  private readonly dialog = element("firmware", HTMLDialogElement);
  private readonly file = element("firmware-file", HTMLInputElement);
  private readonly keep: HTMLButtonElement;
  private readonly back: HTMLButtonElement;
  private readonly view = new FirmwareView();
  private readonly camera: () => Camera | undefined;
  /** What runs may be another one now. */
  private readonly restarted: (camera: Camera) => void;
  private isBusy = false;
  private restarts: number | undefined;

  constructor(camera: () => Camera | undefined, restarted: (camera: Camera) => void) {
    this.camera = camera;
    this.restarted = restarted;
    button("firmware-open", () => this.toggle());
    button("firmware-close", () => this.dialog.close());
    this.keep = button("firmware-confirm", () => void this.act("Kept.", (updater) => updater.confirm()));
    this.back = button("firmware-revert", () => void this.act("Went back.", (updater) => updater.revert()));
    this.file.addEventListener("change", () => void this.takeFirst(this.file.files));
    window.addEventListener("dragover", (event) => event.preventDefault());
    window.addEventListener("drop", (event) => {
      event.preventDefault();
      void this.takeFirst(event.dataTransfer?.files ?? null);
    });
    setInterval(() => void this.look(), LOOK_MS);
  }

  /** Another device. */
  deviceOpened(): void {
    this.restarts = undefined;
    this.view.say("", false);
    void this.look();
  }

  private toggle(): void {
    if (this.dialog.open) this.dialog.close();
    else this.show();
  }

  private show(): void {
    if (!this.dialog.open) this.dialog.show();
    void this.look();
  }

  private async takeFirst(files: FileList | null): Promise<void> {
    const file = files?.[0];
    this.file.value = "";
    if (file === undefined) return;
    this.show();
    if (!file.name.endsWith(ENDING)) {
      this.view.say(
        `${file.name}: found another kind of file, expected an image (${ENDING}) of cqd build`,
        true,
      );
      return;
    }
    await this.act(`${file.name} runs on trial: keep it, or the next restart goes back.`, async (updater) => {
      const image = new Uint8Array(await file.arrayBuffer());
      const sent = await updater.install(image, {
        onProgress: (progress) => this.view.showProgress(progress),
      });
      await updater.restart(sent.slot);
    });
  }

  /** One thing at a time; says how it ended. */
  private async act(done: string, work: (updater: FirmwareUpdater) => Promise<unknown>): Promise<void> {
    const camera = this.camera();
    if (camera === undefined || this.isBusy) {
      this.view.say(camera === undefined ? "There is no open device." : "Not yet: wait for the end.", true);
      return;
    }
    this.setBusy(true);
    try {
      await work(new FirmwareUpdater(camera.registers, pageFacts));
      this.view.say(done, false);
    } catch (error) {
      this.view.say(error instanceof Error ? error.message : String(error), true);
    } finally {
      this.view.endProgress();
      this.setBusy(false);
    }
    await this.look();
  }

  private setBusy(isBusy: boolean): void {
    this.isBusy = isBusy;
    this.file.disabled = isBusy;
    this.keep.disabled = true;
    this.back.disabled = true;
  }

  /** Read the board's state, while somebody looks. */
  private async look(): Promise<void> {
    const camera = this.camera();
    if (camera === undefined || this.isBusy || !this.dialog.open) return;
    try {
      const status = await new FirmwareUpdater(camera.registers, pageFacts).status();
      if (camera === this.camera()) this.showStatus(camera, status);
    } catch (error) {
      // What became of a board that is gone, or was closed meanwhile, is said elsewhere.
      if (camera === this.camera())
        this.view.say(error instanceof Error ? error.message : String(error), true);
    }
  }

  private showStatus(camera: Camera, status: FirmwareStatus): void {
    this.view.showStatus(status);
    const { isTrial } = status;
    this.keep.disabled = this.isBusy || !isTrial;
    this.back.disabled =
      this.isBusy || !(isTrial || status.slots.every(({ state }) => state === "confirmed"));
    const isSame = this.restarts === undefined || this.restarts === status.restarts;
    this.restarts = status.restarts;
    if (!isSame) this.restarted(camera);
  }
}
