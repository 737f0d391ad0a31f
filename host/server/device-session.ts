import type { LinkEvent } from "../camera/resume/resume-options.ts";
import type { TraceSource } from "../transport/transport.ts";
import { applySettings, type DeviceSettings, settingsProblem } from "./device-settings.ts";
import type { DeviceSource, OpenedDevice } from "./device-source.ts";
import type { DeviceState, RunMode } from "./messages.ts";
import { Relay } from "./relay.ts";
import type { WallClock } from "./wall-clock.ts";

export interface SessionEvents {
  stateChanged(): void;
  /** The device of this epoch is gone. */
  deviceEnded(reason: string): void;
  /** It was unplugged and is being waited for, or it is back. */
  linkChanged(event: LinkEvent): void;
}

const AWAY = "the board is unplugged: plug it in first";

/** The device that the viewer shows: opens it, changes it, and keeps saying what it is. */
export class DeviceSession {
  private readonly source: DeviceSource;
  private readonly clock: WallClock;
  private readonly events: SessionEvents;
  private profileId: string;
  private sceneId: string;
  private settings: DeviceSettings = {};
  private epoch = 0;
  private device: OpenedDevice | undefined;
  private openRelay: Relay | undefined;
  private problem: string | undefined;
  private failure: unknown;
  private changes: Promise<void> = Promise.resolve();

  constructor(
    source: DeviceSource,
    profileId: string,
    sceneId: string,
    clock: WallClock,
    events: SessionEvents,
  ) {
    this.source = source;
    this.clock = clock;
    this.events = events;
    this.profileId = profileId;
    this.sceneId = sceneId;
  }

  get relay(): Relay | undefined {
    return this.openRelay;
  }

  /** The waveforms of the open device, if it has them. */
  get traces(): TraceSource | undefined {
    return this.device?.simulation?.traces;
  }

  /** Open the first device. Rejects when that fails. */
  async start(): Promise<void> {
    // A page may be there already: what it wishes comes after this.
    this.changes = this.changes.then(() => this.openNow(this.profileId, this.sceneId));
    await this.changes;
    if (this.failure !== undefined) throw this.failure;
  }

  /** Change profile or scene; both must be among the choices. Returns why not, else undefined. */
  change(profileId: string, sceneId: string): string | undefined {
    const { profiles, scenes } = this.source;
    if (this.openRelay?.isAway) return AWAY;
    if (!profiles.some(({ id }) => id === profileId)) return `there is no profile "${profileId}" to choose`;
    if (!scenes.some(({ id }) => id === sceneId)) return `there is no scene "${sceneId}" to choose`;
    this.changes = this.changes.then(() => this.openNow(profileId, sceneId));
    return undefined;
  }

  /** Open the present device anew, as it was set. */
  reopen(): void {
    this.changes = this.changes.then(() => this.openNow(this.profileId, this.sceneId, this.settings));
  }

  /**
   * Open the present device anew with these registers set; without them when it refuses, and then the state tells why.
   * Returns why the settings are none, else undefined.
   */
  configure(settings: DeviceSettings): string | undefined {
    const problem = this.openRelay?.isAway ? AWAY : settingsProblem(settings);
    if (problem !== undefined) return problem;
    this.changes = this.changes.then(async () => {
      const before = this.settings;
      await this.openNow(this.profileId, this.sceneId, settings);
      const refused = this.problem;
      if (refused !== undefined) await this.openNow(this.profileId, this.sceneId, before, refused);
    });
    return undefined;
  }

  state(pages: number): DeviceState {
    const mode: RunMode = this.openRelay?.mode ?? "paused";
    const { isSimulated, profiles } = this.source;
    // A source may know more of a scene, such as its path; pages get what they need.
    const scenes = this.source.scenes.map(({ id, title }) => ({ id, title }));
    const { epoch, profileId, sceneId, problem } = this;
    const deviceName = this.device?.transport.name ?? "";
    const profile = this.device?.profile;
    return {
      type: "state",
      epoch,
      mode,
      lastFrame: this.openRelay?.lastFrameNumber,
      deviceName,
      isSimulated,
      isAway: this.openRelay?.isAway ?? false,
      profile,
      profileId,
      sceneId,
      profiles,
      scenes,
      pages,
      problem,
    };
  }

  async close(): Promise<void> {
    await this.changes;
    await this.closeDevice("the viewer was stopped");
  }

  /** @param problem to be told of although the device is open. */
  private async openNow(
    profileId: string,
    sceneId: string,
    settings: DeviceSettings = {},
    problem?: string,
  ): Promise<void> {
    const playing = this.openRelay === undefined || this.openRelay.mode === "playing";
    // What is left to close may be gone, too.
    await this.closeDevice("another device was chosen").catch(() => undefined);
    this.profileId = profileId;
    this.sceneId = sceneId;
    this.epoch += 1;
    try {
      const device = await this.source.open(profileId, sceneId);
      await this.applyTo(device, settings);
      this.device = device;
      this.settings = settings;
      this.problem = problem;
      this.startRelay(device, playing);
    } catch (error) {
      this.failure = error;
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.events.stateChanged();
  }

  private async applyTo({ transport }: OpenedDevice, settings: DeviceSettings): Promise<void> {
    try {
      await applySettings(transport, settings);
    } catch (error) {
      await transport.close();
      throw error;
    }
  }

  private startRelay(device: OpenedDevice, playing: boolean): void {
    const relay = new Relay(
      device,
      this.clock,
      {
        modeChanged: () => this.events.stateChanged(),
        linkChanged: (event) => this.linked(relay, event),
        failed: (reason) => this.fail(relay, reason),
      },
      playing,
    );
    this.openRelay = relay;
    void relay.run();
  }

  private fail(relay: Relay, reason: Error): void {
    if (relay !== this.openRelay) return;
    this.problem = `the device failed: ${reason.message}`;
    this.openRelay = undefined;
    this.device = undefined;
    this.events.deviceEnded(this.problem);
    this.events.stateChanged();
    // What is left to close may be gone, too.
    this.changes = this.changes.then(() => relay.close()).catch(() => undefined);
  }

  /** Back, the device may have begun to count anew: pages begin anew with it, and keep their picture meanwhile. */
  private linked(relay: Relay, event: LinkEvent): void {
    if (relay !== this.openRelay) return;
    this.problem = event.state === "away" ? awayText(this.device?.transport.name) : undefined;
    if (event.state === "away") this.events.deviceEnded(AWAY);
    this.events.linkChanged(event);
    this.events.stateChanged();
  }

  private async closeDevice(reason: string): Promise<void> {
    const relay = this.openRelay;
    this.openRelay = undefined;
    this.device = undefined;
    if (relay === undefined) return;
    this.events.deviceEnded(reason);
    await relay.close();
  }
}

function awayText(name = "the board"): string {
  return `${name} was unplugged. The last picture stays; it goes on as soon as the board is plugged in again.`;
}
