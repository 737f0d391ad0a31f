import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LinkEvent } from "../../../host/camera/resume/resume-options.ts";
import { PluggedSource, type PluggedSourceOptions } from "../../../host/server/plugged-source.ts";
import { ViewerServer } from "../../../host/server/viewer-server.ts";
import { FaultInjector } from "../../../host/transport/faults/fault-injector.ts";
import { withFaults } from "../../../host/transport/faults/with-faults.ts";
import { openHidTransport } from "../../../host/transport/hid/open-hid.ts";
import type { DevicePort } from "../../../host/transport/open-transport.ts";
import { openSession } from "../../../host/transport/session/open-session.ts";
import { SessionTransport } from "../../../host/transport/session/session-transport.ts";
import { writeWord } from "../../../host/transport/session/word-exchange.ts";
import { BoardSocket } from "../../../host/transport/sim/board-socket.ts";
import { REG_SESSION_TAKEOVER } from "../../../hw-profiles/interface/registers.ts";
import type { FlashSetup } from "../../../sim/board/flash/flash-unit.ts";
import { socketHid } from "../transport/hid/socket-hid.ts";

export const SERIAL = "SIM-1";

export interface PluggedOptions {
  /** Default: a folder with an empty page. */
  readonly pageFolder?: string;
  /** Of the cable. */
  readonly faults?: string;
  /** Where it is not a development board's. */
  readonly flash?: Partial<FlashSetup>;
}

/** A computer with one USB socket that has a simulated board in it, and a viewer that shows the board. */
export class PluggedBoard {
  socket: BoardSocket;
  readonly links: LinkEvent["state"][] = [];
  readonly pageFolder: string;
  private readonly ownsPage: boolean;
  private readonly profile: string;
  private readonly flash: Partial<FlashSetup>;
  private readonly injector: FaultInjector;
  server: ViewerServer | undefined;

  private constructor(
    profile: string,
    socket: BoardSocket,
    { faults = "", flash = {}, pageFolder }: PluggedOptions,
  ) {
    this.profile = profile;
    this.flash = flash;
    this.injector = new FaultInjector(faults === "" ? "seed=1" : faults);
    this.socket = socket;
    this.ownsPage = pageFolder === undefined;
    this.pageFolder = pageFolder ?? mkdtempSync(join(tmpdir(), "cqd-plugged-"));
    if (this.ownsPage)
      writeFileSync(join(this.pageFolder, "index.html"), "<!doctype html><title>page</title>");
  }

  static async open(profile: string, options: PluggedOptions = {}): Promise<PluggedBoard> {
    return new PluggedBoard(profile, await makeSocket(profile, options.flash), options);
  }

  /** Another program's way to the board. @throws TransportError as the system does. */
  readonly openLink: DevicePort["open"] = async () => {
    const bus = await openHidTransport(SERIAL, { module: socketHid(this.socket, SERIAL) });
    return openSession(withFaults(bus, this.injector), { silenceMs: 2000, keepAliveMs: 100 });
  };

  /** Without its page. */
  makeServer(options: Partial<PluggedSourceOptions> = {}): ViewerServer {
    const port: DevicePort = { open: this.openLink, board: undefined, release: async () => undefined };
    const source = new PluggedSource({
      device: `hid:${SERIAL}`,
      openPort: async () => port,
      ...options,
    });
    const { pageFolder } = this;
    const onLink = ({ state }: LinkEvent): void => void this.links.push(state);
    const first = { profileId: `hid:${SERIAL}`, sceneId: "" };
    return new ViewerServer({ source, ...first, pageFolder, port: 0, onLink });
  }

  async serve(): Promise<ViewerServer> {
    this.server = this.makeServer();
    await this.server.start();
    return this.server;
  }

  /** What a program does that believes that the one that has the board hangs. */
  async takeOver(): Promise<void> {
    const bus = await openHidTransport(SERIAL, { module: socketHid(this.socket, SERIAL) });
    const session = new SessionTransport(bus, 99);
    await writeWord(session, REG_SESSION_TAKEOVER, session.token);
    session.hold(1000);
    await session.close();
  }

  /** Pull the cable; the board loses its power, too. */
  async unplugToPowerOff(): Promise<void> {
    this.socket.unplug();
    const off = this.socket;
    this.socket = await makeSocket(this.profile, this.flash);
    this.socket.unplug();
    await off.close();
  }

  async close(): Promise<void> {
    await this.server?.close();
    await this.socket.close();
    if (this.ownsPage) rmSync(this.pageFolder, { recursive: true, force: true });
  }
}

function makeSocket(profile: string, flash: Partial<FlashSetup> = {}): Promise<BoardSocket> {
  return BoardSocket.open({ profile, scene: "wall:range=3", raysPerSide: 2, threads: 0, flash });
}
