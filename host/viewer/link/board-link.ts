import type { SensorProfile } from "../../../hw-profiles/sensor-profile.ts";
import { RegisterPort } from "../../camera/register-port.ts";
import type { DeviceState, PageMessage } from "../../server/messages.ts";
import type { Transport } from "../../transport/transport.ts";
import { allowedWebHid, chooseWebHid, openWebHid } from "../../transport/webhid/open-web-hid.ts";
import type { WebHid } from "../../transport/webhid/web-hid.ts";
import type { DeviceSource, OpenDevice } from "./device-source.ts";
import { PlayGate } from "./play-gate.ts";
import { profileOf } from "./profiles.ts";

/** Epochs of the server rise from 1; those of boards fall. */
let lastEpoch = 0;

/** A board on this computer's USB, opened by the page itself. Unplugged and plugged in again, it is opened anew. */
export class BoardLink implements DeviceSource {
  readonly id = "board";
  readonly gate = new PlayGate();
  private readonly epoch = --lastEpoch;
  private readonly hid: WebHid;
  private readonly productName: string;
  private readonly onOpened: () => void;
  private serialNumber: string | undefined;
  private profile: SensorProfile | undefined;

  private constructor(hid: WebHid, productName: string, onOpened: () => void) {
    this.hid = hid;
    this.productName = productName;
    this.onOpened = onOpened;
  }

  /** Only from within the handler of a click or key. @returns undefined: the user chose none. */
  static async choose(hid: WebHid, onOpened: () => void): Promise<BoardLink | undefined> {
    const device = await chooseWebHid(hid);
    return device && new BoardLink(hid, device.productName, onOpened);
  }

  /** As a server would say it. */
  get state(): DeviceState {
    const { epoch, productName, profile } = this;
    const title = `${profile?.title ?? productName} on USB`;
    return {
      type: "state",
      epoch,
      mode: this.gate.mode,
      lastFrame: undefined,
      deviceName: `usb:${productName}`,
      profile,
      profileId: productName,
      sceneId: "",
      profiles: [{ id: productName, title }],
      scenes: [{ id: "", title: "What the board sees" }],
      pages: 1,
      problem: undefined,
    };
  }

  async open(): Promise<OpenDevice> {
    const transport = await this.openTransport();
    try {
      this.profile = await profileOf(await new RegisterPort(transport).readText("DeviceModelName"));
    } catch (error) {
      await transport.close();
      throw error;
    }
    let arrivedAtMs = 0;
    transport.onReport(() => {
      arrivedAtMs = Date.now();
    });
    this.onOpened();
    const delivery = () => {
      const completedAtMs = arrivedAtMs;
      return { ageMs: () => Date.now() - completedAtMs, skippedFrames: 0, skippedReports: 0 };
    };
    return { transport, delivery };
  }

  /** @returns why the message means nothing to a board, else undefined. */
  obey(message: PageMessage): string | undefined {
    if (message.type === "play" || message.type === "pause" || message.type === "step") {
      this.gate[message.type]();
    } else if (message.type === "configure") {
      return "Region and reads of a board on USB are not set from this page: close the board here and use cqd stream --set";
    }
    return undefined;
  }

  /** The board that was open before, else the one that was chosen. */
  private async openTransport(): Promise<Transport> {
    const boards = await allowedWebHid(this.hid);
    for (const board of boards.filter(({ productName }) => productName === this.productName)) {
      const transport = await openWebHid(this.hid, board);
      const serialNumber = await new RegisterPort(transport).readText("DeviceSerialNumber");
      this.serialNumber ??= serialNumber;
      if (serialNumber === this.serialNumber) return transport;
      await transport.close();
    }
    throw new Error(`The board ${this.productName} is not plugged in; it is opened again as soon as it is.`);
  }
}
