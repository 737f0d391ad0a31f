import { Camera } from "../../../host/camera/camera.ts";
import type { CameraFrame } from "../../../host/camera/frame.ts";
import { FaultInjector } from "../../../host/transport/faults/fault-injector.ts";
import type { FaultCounts } from "../../../host/transport/faults/fault-log.ts";
import { withFaults } from "../../../host/transport/faults/with-faults.ts";
import { openSession } from "../../../host/transport/session/open-session.ts";
import { resolveSimOptions } from "../../../host/transport/sim/sim-options.ts";
import { PluggedBoard } from "../../../sim/usb/plugged-board.ts";
import { SPEED_HIGH } from "../../../sim/usb/usb-constants.ts";
import { Cable } from "./cable.ts";
import { CleanRun } from "./clean-run.ts";
import { wrongIn } from "./compare-frames.ts";
import type { BoardUnderFaults } from "./configuration.ts";
import { nameOf } from "./named-error.ts";

/** How far back a frame may be asked for. */
const KEEP = 64;
const SILENCE_MS = 50;
/** Sessions in a row that bring no frame before something is broken. */
const MAX_FRUITLESS = 50;

/** Every kind at one in a thousand packets of every pipe; a cable is pulled less often, so that sessions last. */
export const ALL_FAULTS = [
  ...["drop", "duplicate", "reorder", "corrupt", "truncate"].map((kind) => `${kind}:1e-3`),
  ...["drop", "duplicate", "reorder", "corrupt", "truncate", "fail"].map((kind) => `out.${kind}:1e-3`),
  ...["drop", "duplicate", "reorder", "corrupt", "truncate", "fail"].map((kind) => `set.${kind}:1e-3`),
  ...["drop", "corrupt", "truncate", "stale", "fail"].map((kind) => `get.${kind}:1e-3`),
  ...["", "out.", "set.", "get."].flatMap((pipe) => [`${pipe}delay:1e-3=5ms`, `${pipe}stall:1e-3=20ms`]),
  "unplug:2e-5",
].join(",");

export interface LongRunFigures {
  readonly reports: number;
  readonly complete: number;
  readonly incomplete: number;
  readonly sessions: number;
  /** Sessions by how they ended. */
  readonly ends: Readonly<Record<string, number>>;
  readonly faults: FaultCounts;
  readonly faultTotal: number;
  /** Wrong frames, errors without a name. */
  readonly problems: readonly string[];
}

/** A board that streams over a link which never stops to break, and a host that opens it again whenever it must. */
export class LongRun {
  readonly #under: BoardUnderFaults;
  readonly #board: PluggedBoard;
  readonly #clean: CleanRun;
  readonly #injector: FaultInjector;
  readonly #ends: Record<string, number> = {};
  readonly #problems: string[] = [];
  #packets = 0;
  #cable: Cable | undefined;
  #sessions = 0;
  #complete = 0;
  #incomplete = 0;

  private constructor(under: BoardUnderFaults, board: PluggedBoard, clean: CleanRun, faults: string) {
    this.#under = under;
    this.#board = board;
    this.#clean = clean;
    this.#injector = new FaultInjector(faults);
  }

  static async open(under: BoardUnderFaults, faults: string): Promise<LongRun> {
    const options = {
      ...resolveSimOptions(under.board),
      speed: SPEED_HIGH,
      serialNumber: "CQD-LONG",
    } as const;
    const board = await PluggedBoard.open(options);
    Cable.reset(board);
    return new LongRun(under, board, await CleanRun.open(under.board, under.configuration, KEEP), faults);
  }

  /** Input reports so far. */
  get reports(): number {
    return this.#injector.packets().in;
  }

  /** Grows while something happens. */
  get activity(): number {
    return this.#packets + (this.#cable?.packets ?? 0) + this.#clean.reports;
  }

  /** Stream until `isDone` after a frame. */
  async run(isDone: () => boolean, onFrame: () => void = () => undefined): Promise<void> {
    for (let fruitless = 0; !isDone() && fruitless < MAX_FRUITLESS; ) {
      const before = this.#complete + this.#incomplete;
      await this.#session(isDone, onFrame);
      fruitless = this.#complete + this.#incomplete === before ? fruitless + 1 : 0;
      if (fruitless === MAX_FRUITLESS) this.#problems.push(`${fruitless} sessions in a row without a frame`);
    }
  }

  figures(): LongRunFigures {
    const { log } = this.#injector;
    return {
      reports: this.reports,
      complete: this.#complete,
      incomplete: this.#incomplete,
      sessions: this.#sessions,
      ends: { ...this.#ends },
      faults: log.counts(),
      faultTotal: log.total,
      problems: [...this.#problems],
    };
  }

  async close(): Promise<void> {
    await this.#clean.close();
    await this.#board.close();
  }

  async #session(isDone: () => boolean, onFrame: () => void): Promise<void> {
    const token = ++this.#sessions;
    let end = "stopped";
    try {
      const link = this.#plug();
      const camera = await Camera.open(await openSession(link, { token, silenceMs: SILENCE_MS }), {
        stallMs: 100,
      });
      try {
        await this.#stream(camera, isDone, onFrame);
      } finally {
        await camera.close();
      }
    } catch (error) {
      end = nameOf(error) ?? `${String(error)}, without a name`;
      if (nameOf(error) === undefined) this.#problems.push(end);
    }
    this.#ends[end] = (this.#ends[end] ?? 0) + 1;
  }

  #plug() {
    this.#packets += this.#cable?.packets ?? 0;
    this.#cable = new Cable(this.#board);
    const link = withFaults(this.#cable, this.#injector);
    link.onClosed((reason) => {
      if (reason !== undefined) Cable.reset(this.#board);
    });
    return link;
  }

  async #stream(camera: Camera, isDone: () => boolean, onFrame: () => void): Promise<void> {
    for (const [register, value] of this.#under.configuration) await camera.registers.write(register, value);
    for await (const frame of camera.frames()) {
      await this.#judge(frame);
      onFrame();
      if (isDone()) return;
      // Requests go on beside the stream.
      await camera.registers.readNumber("DroppedFrames");
    }
  }

  async #judge(frame: CameraFrame): Promise<void> {
    const wrong = wrongIn(frame, await this.#clean.frame(frame.frameNumber));
    if (wrong !== undefined) this.#problems.push(wrong);
    if (frame.integrity.complete) this.#complete++;
    else this.#incomplete++;
  }
}
