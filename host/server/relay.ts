import { RegisterPort } from "../camera/register-port.ts";
import type { LinkEvent } from "../camera/resume/resume-options.ts";
import type { Transport } from "../transport/transport.ts";
import { TransportError } from "../transport/transport-error.ts";
import { DevicePace } from "./device-pace.ts";
import { DevicePort } from "./device-port.ts";
import type { OpenedDevice } from "./device-source.ts";
import { answerFeature } from "./feature-gate.ts";
import { FrameIntake } from "./frame-intake.ts";
import { frameNumberOf } from "./frame-splitter.ts";
import type { RunMode } from "./messages.ts";
import { PagePort, type RelayFrame } from "./page-port.ts";
import { relayRegisters } from "./relay-registers.ts";
import type { WallClock } from "./wall-clock.ts";

export interface RelayEvents {
  modeChanged(): void;
  /** The device was unplugged and is being waited for, or it is back. */
  linkChanged(event: LinkEvent): void;
  failed(reason: Error): void;
}

/** A page that does not take its last frames holds up the word "paused" this long at most. */
const DRAIN_MS = 2000;

/**
 * One device, several pages: frames are acquired one at a time while some page has room, of a simulated board at most as fast
 * as the hardware would deliver them, and offered to every page. Register requests pass through; starting and stopping
 * the acquisition is the relay's own business, since the pages share it.
 */
export class Relay {
  /** For whoever serves the pages; pages ask by feature(). */
  readonly registers: RegisterPort;
  private readonly transport: Transport;
  private readonly clock: WallClock;
  private readonly events: RelayEvents;
  private readonly port: DevicePort;
  private readonly intake: FrameIntake;
  private readonly pace: DevicePace | undefined;
  private readonly pages = new Set<PagePort>();
  private playing: boolean;
  private steps = 0;
  private drainUntilMs = 0;
  private acquiring = false;
  private lastFrame: RelayFrame | undefined;
  private started = false;
  private away = false;
  private closed = false;
  private shownMode: RunMode;
  private wake: (() => void) | undefined;

  constructor(device: OpenedDevice, clock: WallClock, events: RelayEvents, playing: boolean) {
    const { cable, simulation, transport } = device;
    this.transport = transport;
    this.clock = clock;
    this.events = events;
    this.playing = playing;
    this.shownMode = playing ? "playing" : "paused";
    this.port = new DevicePort(transport);
    this.registers = relayRegisters(transport.name, this.port);
    this.intake = new FrameIntake(transport);
    this.pace = simulation && new DevicePace();
    cable?.listen({ restart: (bus) => this.restart(bus), onLink: (event) => this.linked(event) });
  }

  get mode(): RunMode {
    return this.shownMode;
  }

  /** The device is unplugged and being waited for. */
  get isAway(): boolean {
    return this.away;
  }

  get lastFrameNumber(): number | undefined {
    return this.lastFrame && frameNumberOf(this.lastFrame.reports);
  }

  /** Register a page; `send` gets the binary messages of DEVICE_PATH. */
  attach(send: (message: Uint8Array) => void): PagePort {
    const page = new PagePort(send, {
      roomChanged: () => this.look(),
      subscribed: () => this.welcome(page),
    });
    this.pages.add(page);
    return page;
  }

  detach(page: PagePort): void {
    this.pages.delete(page);
    page.unsubscribe();
  }

  /** A page's feature report; resolves with the reply. */
  async feature(page: PagePort, report: Uint8Array): Promise<Uint8Array> {
    try {
      return await answerFeature(report, page, this.port);
    } catch (error) {
      if (error instanceof TransportError && error.code === "session") this.fail(error);
      throw error;
    }
  }

  play(): void {
    this.playing = true;
    this.look();
  }

  pause(): void {
    this.takeBackPlay();
    this.steps = 0;
    this.look();
  }

  /** One more frame when paused; pauses when playing. */
  step(): void {
    if (!this.playing) this.steps += 1;
    this.takeBackPlay();
    this.look();
  }

  /** Works until close(). Call once. */
  async run(): Promise<void> {
    try {
      while (!this.closed) await this.turn();
    } catch (error) {
      this.fail(error);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    this.intake.fail(new Error("the viewer closed the device"));
    this.wake?.();
    await this.transport.close();
  }

  private fail(error: unknown): void {
    if (!this.closed) this.events.failed(error instanceof Error ? error : new Error(String(error)));
  }

  private async turn(): Promise<void> {
    if (this.wantsFrame()) return this.acquire();
    return new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }

  private wantsFrame(): boolean {
    if (!this.playing && this.steps === 0) return false;
    return [...this.pages].some((page) => page.hasRoom);
  }

  private async acquire(): Promise<void> {
    this.acquiring = true;
    this.showMode();
    if (!this.started) await startAcquisition(this.registers);
    this.started = true;
    const reports = await this.intake.nextFrame();
    const waitMs = this.pace?.waitMs(reports, this.clock.nowMs()) ?? 0;
    if (waitMs > 0) await this.clock.sleep(waitMs);
    this.offer(reports);
    // Between two frames sockets and requests get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }

  private offer(reports: readonly Uint8Array[]): void {
    const completedAtMs = this.clock.nowMs();
    this.pace?.shown(completedAtMs);
    this.acquiring = false;
    this.steps = Math.max(0, this.steps - 1);
    this.drainUntilMs = completedAtMs + DRAIN_MS;
    this.lastFrame = { reports, completedAtMs };
    for (const page of this.pages) page.offer(this.lastFrame);
    if (!this.playing) this.lookAgainAfterDrain();
    this.showMode();
  }

  /** The device is back with its settings; nobody else talks to it yet. */
  private async restart(bus: Transport): Promise<void> {
    if (this.started) await startAcquisition(new RegisterPort(bus));
  }

  private linked(event: LinkEvent): void {
    this.away = event.state === "away";
    if (this.away) this.intake.hold();
    else this.intake.release();
    this.events.linkChanged(event);
  }

  /** A page that comes while all is paused sees the frame that the others see. */
  private welcome(page: PagePort): void {
    const isResting = !this.playing && !this.acquiring;
    if (isResting && this.lastFrame !== undefined) page.offer(this.lastFrame);
    this.look();
  }

  private takeBackPlay(): void {
    this.playing = false;
    this.drainUntilMs = this.clock.nowMs() + DRAIN_MS;
    this.lookAgainAfterDrain();
  }

  private lookAgainAfterDrain(): void {
    void this.clock.sleep(DRAIN_MS).then(() => this.look());
  }

  /** Something may have changed: let the loop see, and say the mode anew. */
  private look(): void {
    this.wake?.();
    this.wake = undefined;
    this.showMode();
  }

  private showMode(): void {
    const mode = this.currentMode();
    if (mode === this.shownMode || this.closed) return;
    this.shownMode = mode;
    this.events.modeChanged();
  }

  private currentMode(): RunMode {
    if (this.playing) return "playing";
    if (this.acquiring || this.steps > 0) return "stopping";
    const drained = [...this.pages].every((page) => page.isQuiet);
    return drained || this.clock.nowMs() >= this.drainUntilMs ? "paused" : "stopping";
  }
}

/** Frames without end: another program may have asked the device for a few. */
async function startAcquisition(registers: RegisterPort): Promise<void> {
  await registers.write("AcquisitionFrameCount", 0);
  await registers.write("AcquisitionStart", 1);
}
