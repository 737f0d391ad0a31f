import type { Page } from "playwright-core";
import { HID_USAGE_PAGE, USB_PRODUCT_ID, USB_VENDOR_ID } from "../../../hw-profiles/interface/usb.ts";
import type { BoardOnUsb } from "../../host/transport/webhid/fake-web-hid.ts";

/** What the page's `navigator.hid` asks of the test: bytes as numbers. */
interface UsbCall {
  readonly kind: "write" | "set" | "get" | "poll";
  readonly bytes: readonly number[];
}

declare global {
  interface Window {
    cqdUsb(call: UsbCall): Promise<number[][]>;
    cqdUnplug(): void;
    cqdReplug(): void;
  }
}

export interface FakeOptions {
  readonly vendorId: number;
  readonly productId: number;
  readonly usagePage: number;
  readonly productName: string;
  /** The user closes the chooser without a choice. */
  readonly choosesNone: boolean;
  /** The system does not let the user open it. */
  readonly refusesOpen: boolean;
}

const POLL_MS = 50;

/** Give `page` a `navigator.hid` that has the simulated board `usb`. To be called before it is loaded. */
export async function plugIntoPage(
  page: Page,
  usb: BoardOnUsb,
  choices: Partial<Pick<FakeOptions, "choosesNone" | "refusesOpen">> = {},
): Promise<void> {
  let waiting: number[][] = [];
  usb.onReport = (report) => waiting.push([...report]);
  await page.exposeFunction("cqdUsb", async ({ kind, bytes }: UsbCall): Promise<number[][]> => {
    const report = Uint8Array.from(bytes);
    if (kind === "write") usb.write(report);
    else if (kind === "set") usb.setFeature(report);
    else if (kind === "get") return [[...usb.getFeature(report[0] ?? 0)]];
    else {
      if (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const reports = waiting;
      waiting = [];
      return reports;
    }
    return [];
  });
  const { productName } = usb;
  const ids = { vendorId: USB_VENDOR_ID, productId: USB_PRODUCT_ID, usagePage: HID_USAGE_PAGE, productName };
  await page.addInitScript(installFake, { choosesNone: false, refusesOpen: false, ...ids, ...choices });
}

export async function unplug(page: Page, usb: BoardOnUsb): Promise<void> {
  usb.unplug();
  await page.evaluate(() => window.cqdUnplug());
}

export async function replug(page: Page, usb: BoardOnUsb): Promise<void> {
  usb.plug();
  await page.evaluate(() => window.cqdReplug());
}

/** Runs in the page: all that it needs stands inside. */
function installFake(options: FakeOptions): void {
  const { vendorId, productId, usagePage, productName } = options;
  const refuse = (what: string) => new DOMException(`Failed to ${what}.`, "NotAllowedError");

  class Device extends EventTarget {
    opened = false;
    isGone = false;
    readonly vendorId = vendorId;
    readonly productId = productId;
    readonly productName = productName;
    readonly collections = [{ usagePage }];

    async open(): Promise<void> {
      if (this.isGone || options.refusesOpen) throw refuse("open the device");
      this.opened = true;
      void this.poll();
    }

    async close(): Promise<void> {
      this.opened = false;
    }

    async sendReport(id: number, data: Uint8Array): Promise<void> {
      await this.ask("write", [id, ...data]);
    }

    async sendFeatureReport(id: number, data: Uint8Array): Promise<void> {
      await this.ask("set", [id, ...data]);
    }

    async receiveFeatureReport(id: number): Promise<DataView> {
      const [report = []] = await this.ask("get", [id]);
      return new DataView(Uint8Array.from(report).buffer);
    }

    private async ask(kind: UsbCall["kind"], bytes: number[]): Promise<number[][]> {
      if (this.isGone || !this.opened) throw refuse("transfer");
      return window.cqdUsb({ kind, bytes });
    }

    private async poll(): Promise<void> {
      while (this.opened && !this.isGone) {
        for (const [reportId, ...data] of await window.cqdUsb({ kind: "poll", bytes: [] })) {
          const view = new DataView(Uint8Array.from(data).buffer);
          this.dispatchEvent(Object.assign(new Event("inputreport"), { reportId, data: view }));
        }
      }
    }
  }

  class Hid extends EventTarget {
    device: Device | undefined = new Device();
    isAllowed = false;

    async getDevices(): Promise<Device[]> {
      return this.isAllowed && this.device ? [this.device] : [];
    }

    async requestDevice(): Promise<Device[]> {
      // As the browser does: only while a click is being handled.
      if (!navigator.userActivation.isActive)
        throw new DOMException("Must be handling a user gesture", "SecurityError");
      this.isAllowed = !options.choosesNone;
      return this.getDevices();
    }
  }

  const hid = new Hid();
  Object.defineProperty(navigator, "hid", { value: hid });
  window.cqdUnplug = () => {
    const { device } = hid;
    if (!device) return;
    device.isGone = true;
    hid.device = undefined;
    hid.dispatchEvent(Object.assign(new Event("disconnect"), { device }));
  };
  window.cqdReplug = () => {
    hid.device = new Device();
  };
}
