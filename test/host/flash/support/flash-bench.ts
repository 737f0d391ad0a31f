import { RegisterPort } from "../../../../host/camera/register-port.ts";
import { FirmwareUpdater } from "../../../../host/flash/firmware-updater.ts";
import { FlashError } from "../../../../host/flash/flash-error.ts";
import type { SentImage } from "../../../../host/flash/progress.ts";
import { imageFacts } from "../../../../host/image/node/verify-image.ts";
import { FaultInjector } from "../../../../host/transport/faults/fault-injector.ts";
import { withFaults } from "../../../../host/transport/faults/with-faults.ts";
import { openSession } from "../../../../host/transport/session/open-session.ts";
import { BoardSocket } from "../../../../host/transport/sim/board-socket.ts";
import type { FlashState } from "../../../../host/transport/sim/sim-options.ts";
import type { Transport } from "../../../../host/transport/transport.ts";
import type { FlashGeometry } from "../../../../hw-profiles/interface/flash-geometry.ts";
import { VirtualClock } from "../../../faults/support/virtual-clock.ts";

export const WORLD = { profile: "inas-lidar-64x48", scene: "room", seed: 5, threads: 0 } as const;

/** Small sectors: an image of 5 kB takes three. */
export const SMALL_FLASH: FlashGeometry = {
  regions: [{ sectorBytes: 2048, sectors: 40 }],
  programUnit: 64,
  erased: 0xff,
  journalSector: 0,
  slots: [
    { firstSector: 4, sectors: 16 },
    { firstSector: 20, sectors: 16 },
  ],
};

/** Sectors that take three pieces: one may be half written when the link breaks. */
export const WIDE_FLASH: FlashGeometry = {
  regions: [{ sectorBytes: 8192, sectors: 12 }],
  programUnit: 256,
  erased: 0xff,
  journalSector: 0,
  slots: [
    { firstSector: 2, sectors: 5 },
    { firstSector: 7, sectors: 5 },
  ],
};

/** The slot that the board of the factory leaves free. */
export const FREE_SLOT = 1;
const SILENCE_MS = 50;
/** Virtual time that no installation takes. */
const LIMIT_MS = 300_000;
const RESTART_MS = 2000;
/** Packets that count as one sign of life. */
const PIPES = ["in", "out", "set", "get"] as const;

/** How an attempt ended: what was sent, or name and code of the error. */
export interface Attempt {
  readonly sent: SentImage | undefined;
  readonly end: string;
}

/** Digests are made beside the event loop: while one is, something happens. */
class DigestWatch {
  readonly #digest = crypto.subtle.digest.bind(crypto.subtle);
  #pending = 0;
  #looks = 0;

  constructor() {
    crypto.subtle.digest = async (algorithm, data) => {
      this.#pending++;
      return this.#digest(algorithm, data).finally(() => this.#pending--);
    };
  }

  /** Grows while a digest is made. */
  get activity(): number {
    if (this.#pending > 0) this.#looks++;
    return this.#looks;
  }

  restore(): void {
    crypto.subtle.digest = this.#digest;
  }
}

/** One simulated board with small sectors and a cable; time-outs of the host go by in no time. */
export class FlashBench {
  readonly socket: BoardSocket;
  readonly clock = new VirtualClock();
  readonly #digests = new DigestWatch();
  /** The flash after the last command. */
  state: FlashState | undefined;

  readonly #geometry: FlashGeometry;

  private constructor(socket: BoardSocket, geometry: FlashGeometry) {
    this.socket = socket;
    this.#geometry = geometry;
  }

  static async open(geometry = SMALL_FLASH): Promise<FlashBench> {
    let bench: FlashBench | undefined;
    const onChange = (state: FlashState) => {
      if (bench !== undefined) bench.state = state;
    };
    const socket = await BoardSocket.open({ ...WORLD, flash: { geometry, onChange } });
    bench = new FlashBench(socket, geometry);
    return bench;
  }

  get sectorBytes(): number {
    return this.#geometry.regions[0]!.sectorBytes;
  }

  async close(): Promise<void> {
    this.clock.restore();
    this.#digests.restore();
    await this.socket.close();
  }

  /** Install over a link with these faults, by a program of its own. `restart` as FirmwareUpdater has it. */
  attempt(image: Uint8Array, faults: FaultInjector | string): Promise<Attempt> {
    return this.with(faults, (updater) => updater.install(image));
  }

  /** Something else over a link with these faults. */
  async with<T extends SentImage | undefined>(
    faults: FaultInjector | string,
    use: (updater: FirmwareUpdater) => Promise<T>,
  ): Promise<Attempt> {
    const injector = faults instanceof FaultInjector ? faults : new FaultInjector(faults);
    const work = this.#session(injector, use);
    const packets = () => PIPES.reduce((sum, pipe) => sum + injector.packets()[pipe], this.#digests.activity);
    const done = work.then(
      (sent): Attempt => ({ sent, end: "done" }),
      (error: unknown): Attempt => ({ sent: undefined, end: endOf(error) }),
    );
    return (await this.clock.settle(done, packets, LIMIT_MS)) ?? { sent: undefined, end: "hangs" };
  }

  /** Bytes of a slot as they are stored. */
  slotBytes(slot: number, bytes: number): Uint8Array {
    const { content = [] } = this.state ?? {};
    const { firstSector, sectors } = this.#geometry.slots[slot]!;
    const pages = content.slice(firstSector, firstSector + sectors).flatMap((sector) => sector.pages);
    return new Uint8Array(Buffer.concat(pages.map((page) => page.bytes)).subarray(0, bytes));
  }

  /** Erases of a slot's sectors in its life. */
  slotErases(slot: number): number {
    const { firstSector, sectors } = this.#geometry.slots[slot]!;
    const wear = this.state?.wear.subarray(firstSector, firstSector + sectors) ?? new Uint32Array(0);
    return wear.reduce((sum, erases) => sum + erases, 0);
  }

  async #session<T>(injector: FaultInjector, use: (updater: FirmwareUpdater) => Promise<T>): Promise<T> {
    const bus: Transport = withFaults(this.socket.connect(), injector);
    const session = await openSession(bus, { silenceMs: SILENCE_MS });
    try {
      const registers = new RegisterPort(session);
      return await use(new FirmwareUpdater(registers, imageFacts, { restartMs: RESTART_MS }));
    } finally {
      await session.close();
    }
  }
}

function endOf(error: unknown): string {
  if (error instanceof FlashError) return `FlashError ${error.code}`;
  if (!(error instanceof Error)) return String(error);
  return "code" in error ? `${error.name} ${String(error.code)}` : `${error.name}: ${error.message}`;
}
