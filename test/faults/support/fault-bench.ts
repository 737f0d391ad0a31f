import { Camera } from "../../../host/camera/camera.ts";
import type { CameraFrame } from "../../../host/camera/frame.ts";
import { FaultInjector } from "../../../host/transport/faults/fault-injector.ts";
import type { FaultPipe } from "../../../host/transport/faults/fault-spec.ts";
import { withFaults } from "../../../host/transport/faults/with-faults.ts";
import { openSession } from "../../../host/transport/session/open-session.ts";
import { resolveSimOptions } from "../../../host/transport/sim/sim-options.ts";
import type { Transport } from "../../../host/transport/transport.ts";
import { PluggedBoard } from "../../../sim/usb/plugged-board.ts";
import { SPEED_HIGH } from "../../../sim/usb/usb-constants.ts";
import { Cable } from "./cable.ts";
import { CleanRun } from "./clean-run.ts";
import { wrongIn } from "./compare-frames.ts";
import type { BoardUnderFaults } from "./configuration.ts";
import { isNamed, nameOf } from "./named-error.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** Time-outs of the sessions, ms of virtual time. */
const STALL_MS = 100;
const SILENCE_MS = 50;
/** A device that was unplugged is given up then. */
const AWAY_MS = 5000;
/** About a frame of the small sensor: grants are many, and some of every session can be lost. */
const CREDIT_REPORTS = 16;
/** A session that has not ended by then hangs: far more than its time-outs add up to. */
const LIMIT_MS = 60_000;
/** Frames that the clean run remembers. */
const KEEP = 64;

/** How a session ended. */
export interface Outcome {
  /** "frames", or name and code of the error. */
  readonly end: string;
  readonly complete: number;
  readonly incomplete: number;
  /** Values of registers that it read. */
  readonly values: number;
  /** Virtual time that it took. */
  readonly ms: number;
  readonly packets: Readonly<Record<FaultPipe, number>>;
  /** Whether the board was idle as soon as the host had let go of it, or only once the next host took it. */
  readonly isIdleAtOnce: boolean;
  /** What must not be; empty: all is well. */
  readonly problems: readonly string[];
}

interface Session {
  readonly frames: readonly CameraFrame[];
  readonly error: unknown;
  /** What the camera knows to be lost: reports, and whole frames. */
  readonly losses: number;
  readonly values: ReadonlyMap<string, string>;
}

/** Filled while a session runs. */
interface Progress {
  readonly frames: CameraFrame[];
  readonly values: Map<string, string>;
  losses: number;
}

/**
 * A board on USB, a clean run beside it, and sessions over links that break: each is followed by a session over a good
 * link, which must bring a right frame.
 */
export class FaultBench {
  readonly #clock = new VirtualClock();
  readonly #board: PluggedBoard;
  readonly #clean: CleanRun;
  readonly #under: BoardUnderFaults;
  /** By register: what it read first, which was over a good link. */
  readonly #values = new Map<string, string>();
  #token = 0;
  /** Of the present session. */
  #cables: Cable[] = [];

  private constructor(board: PluggedBoard, clean: CleanRun, under: BoardUnderFaults) {
    this.#board = board;
    this.#clean = clean;
    this.#under = under;
  }

  static async open(under: BoardUnderFaults): Promise<FaultBench> {
    const options = {
      ...resolveSimOptions(under.board),
      speed: SPEED_HIGH,
      serialNumber: "CQD-FAULTS",
    } as const;
    const board = await PluggedBoard.open(options);
    Cable.reset(board);
    return new FaultBench(board, await CleanRun.open(under.board, under.configuration, KEEP), under);
  }

  async close(): Promise<void> {
    this.#clock.restore();
    await this.#clean.close();
    await this.#board.close();
  }

  /**
   * Configure, stream so many frames and stop, over a link with these faults; then a frame over a good link.
   * @param resumes whether the host waits for a device that was unplugged.
   */
  async run(faults: string, frames: number, resumes = false): Promise<Outcome> {
    const problems: string[] = [];
    const startMs = this.#clock.nowMs;
    const timersBefore = this.#clock.pending;
    const injector = new FaultInjector(faults);
    const session = await this.#session(injector, frames, problems, resumes);
    if (session.error === undefined && session.frames.length < frames && session.losses === 0)
      problems.push(`${session.frames.length} frames of ${frames}, and nothing says why`);
    const ms = this.#clock.nowMs - startMs;
    const isIdleAtOnce = !this.#board.isActive;
    const timers = this.#clock.pending - timersBefore;
    if (timers > 0) problems.push(`${timers} timers are left`);
    await this.#judge(session, problems);
    await this.#follow(problems);
    const complete = session.frames.filter(({ integrity }) => integrity.complete).length;
    return {
      end: endOf(session.error, problems),
      complete,
      incomplete: session.frames.length - complete,
      values: session.values.size,
      ms,
      packets: injector.packets(),
      isIdleAtOnce,
      problems: problems.map((problem) => `${faults}: ${problem}`),
    };
  }

  async #follow(problems: string[]): Promise<void> {
    const after: string[] = [];
    const session = await this.#session(new FaultInjector("seed=1"), 1, after);
    await this.#judge(session, after);
    const isGood = session.error === undefined && session.frames[0]?.integrity.complete === true;
    if (!isGood) after.push(`ended with ${endOf(session.error, after)}, ${session.frames.length} frames`);
    if (this.#board.isActive) after.push("the board is still active");
    problems.push(...after.map((problem) => `the session after it: ${problem}`));
  }

  async #session(
    injector: FaultInjector,
    count: number,
    problems: string[],
    resumes = false,
  ): Promise<Session> {
    const progress: Progress = { frames: [], values: new Map(), losses: 0 };
    const run = this.#take(injector, count, progress, resumes).then(
      () => ({ ...progress, error: undefined }),
      (error: unknown) => ({ ...progress, error }),
    );
    const session = await this.#clock.settle(run, () => this.#packets(), LIMIT_MS);
    if (session !== undefined) return session;
    problems.push(`the host hangs after ${progress.frames.length} frames`);
    return { ...progress, error: new Error("hangs") };
  }

  #packets(): number {
    return this.#cables.reduce((sum, cable) => sum + cable.packets, 0);
  }

  async #open(injector: FaultInjector): Promise<Transport> {
    const cable = new Cable(this.#board);
    this.#cables.push(cable);
    const link = withFaults(cable, injector);
    link.onClosed((reason) => {
      if (reason !== undefined) Cable.reset(this.#board);
    });
    return openSession(link, { token: ++this.#token, silenceMs: SILENCE_MS });
  }

  async #take(injector: FaultInjector, count: number, progress: Progress, resumes: boolean): Promise<void> {
    this.#cables = [];
    const reopen = () => this.#open(injector);
    const options = { stallMs: STALL_MS, creditReports: CREDIT_REPORTS };
    const resume = resumes ? { resume: { timeoutMs: AWAY_MS, reopen } } : {};
    const camera = await Camera.open(await reopen(), { ...options, ...resume });
    try {
      for (const [register, value] of this.#under.configuration)
        await camera.registers.write(register, value);
      for (const register of this.#under.reads)
        progress.values.set(register, String(await camera.registers.read(register)));
      // Without end, so that it is the host that stops the board.
      for await (const frame of camera.frames()) {
        progress.frames.push(frame);
        if (progress.frames.length === count) break;
      }
    } finally {
      const { corruptedReports, droppedFrames, lostReports, undecodableFrames } = camera.statistics();
      progress.losses = corruptedReports + droppedFrames + lostReports + undecodableFrames;
      await camera.close();
    }
  }

  async #judge({ error, frames, values }: Session, problems: string[]): Promise<void> {
    for (const [register, found] of values) {
      const expected = this.#values.get(register) ?? found;
      this.#values.set(register, expected);
      if (found !== expected) problems.push(`${register}: found ${found}, expected ${expected}`);
    }
    for (const frame of frames) {
      const wrong = wrongIn(frame, await this.#clean.frame(frame.frameNumber));
      if (wrong !== undefined) problems.push(wrong);
    }
    const numbers = frames.map(({ frameNumber }) => frameNumber);
    if (numbers.some((number, i) => i > 0 && number <= numbers[i - 1]!))
      problems.push(`frames came in the order ${numbers.join(" ")}`);
    if (error !== undefined && !isNamed(error)) problems.push(`an error without a name: ${String(error)}`);
  }
}

function endOf(error: unknown, problems: readonly string[]): string {
  if (error === undefined) return "frames";
  return nameOf(error) ?? (problems.length > 0 ? "a problem" : String(error));
}
