import type { SensorProfile } from "../../../hw-profiles/sensor-profile.ts";
import { CameraError } from "../../camera/camera-error.ts";
import { RegisterPort } from "../../camera/register-port.ts";
import { applySettings, type DeviceSettings, settingsProblem } from "../../server/device-settings.ts";
import { BOARD_SCENE, type DeviceState, type PageMessage } from "../../server/messages.ts";
import type { Transport } from "../../transport/transport.ts";
import { allowedWebHid, chooseWebHid, openWebHid } from "../../transport/webhid/open-web-hid.ts";
import type { WebHid } from "../../transport/webhid/web-hid.ts";
import type { DeviceSource, OpenDevice } from "./device-source.ts";
import { PlayGate } from "./play-gate.ts";
import { profileOf } from "./profiles.ts";

/** Epochs of the server rise from 1; those of boards fall. */
let lastEpoch = 0;

/** A board on this computer's USB, opened by the page itself. Unplugged and plugged in again, it is opened anew. */
export class BoardLink {
  readonly gate = new PlayGate();
  private epoch = 0;
  private present = this.opening();
  private readonly hid: WebHid;
  private readonly productName: string;
  private readonly onOpened: () => void;
  private serialNumber: string | undefined;
  private profile: SensorProfile | undefined;
  /** What the board took of this page. */
  private settings: DeviceSettings = {};
  /** What it is to take when it is opened next. */
  private wanted: DeviceSettings | undefined;
  private problem: string | undefined;

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

  /** Another one whenever the board is to be opened anew. */
  get source(): DeviceSource {
    return this.present;
  }

  /** As a server would say it. */
  get state(): DeviceState {
    const { epoch, problem, productName, profile } = this;
    const title = `${profile?.title ?? productName} on USB`;
    return {
      type: "state",
      epoch,
      mode: this.gate.mode,
      lastFrame: undefined,
      deviceName: `usb:${productName}`,
      isSimulated: false,
      isAway: false,
      profile,
      profileId: productName,
      sceneId: "",
      profiles: [{ id: productName, title }],
      scenes: [BOARD_SCENE],
      pages: 1,
      problem,
    };
  }

  /** @returns why the message means nothing to a board, else undefined. */
  obey(message: PageMessage): string | undefined {
    if (message.type === "play" || message.type === "pause" || message.type === "step") {
      this.gate[message.type]();
    } else if (message.type === "configure") {
      return this.configure(message.registers);
    }
    return undefined;
  }

  private opening(): DeviceSource {
    this.epoch = --lastEpoch;
    return { id: `board ${this.epoch}`, open: () => this.open() };
  }

  /** A region is set between two openings, as a server does it. */
  private configure(settings: DeviceSettings): string | undefined {
    const problem = settingsProblem(settings);
    if (problem !== undefined) return problem;
    this.wanted = settings;
    this.present = this.opening();
    // Whoever waits for the next frame goes on and finds the device closed; paused, one frame shows what came of it.
    if (this.gate.mode === "paused") this.gate.step();
    return undefined;
  }

  private async open(): Promise<OpenDevice> {
    const transport = await this.openTransport();
    try {
      this.profile = await profileOf(await new RegisterPort(transport).readText("DeviceModelName"));
      await this.applyTo(transport);
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
    return { transport, delivery, pass: () => this.gate.pass() };
  }

  /** A board that lost its power has lost its region, too. */
  private async applyTo(transport: Transport): Promise<void> {
    const settings = this.wanted ?? this.settings;
    try {
      await applySettings(transport, settings);
      this.settings = settings;
      if (this.wanted !== undefined) this.problem = undefined;
    } catch (error) {
      if (!(error instanceof CameraError && error.code === "status")) throw error;
      this.problem = error.message;
    }
    this.wanted = undefined;
  }

  /** The board that was open before, else the one that was chosen. */
  private async openTransport(): Promise<Transport> {
    const boards = await allowedWebHid(this.hid);
    for (const board of boards.filter(({ productName }) => productName === this.productName)) {
      const transport = await openWebHid(this.hid, board);
      if (await this.isOurs(transport)) return transport;
      await transport.close();
    }
    throw new Error(`The board ${this.productName} is not plugged in; it is opened again as soon as it is.`);
  }

  /** A board that does not answer is let go of. */
  private async isOurs(transport: Transport): Promise<boolean> {
    try {
      const serialNumber = await new RegisterPort(transport).readText("DeviceSerialNumber");
      this.serialNumber ??= serialNumber;
      return serialNumber === this.serialNumber;
    } catch (error) {
      await transport.close();
      throw error;
    }
  }
}
