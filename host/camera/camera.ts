import { ACQUISITION_ACTIVE, ACQUISITION_FIFO_WAITING } from "../../hw-profiles/interface/registers.ts";
import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { DeviceEvent } from "../packet/event.ts";
import { FrameAssembler } from "../packet/frame-assembler.ts";
import type { FramePlanes } from "../packet/frame-planes.ts";
import { HID_REPORTS_IN_FLIGHT, type Transport } from "../transport/transport.ts";
import { CameraError } from "./camera-error.ts";
import { type CameraInfo, checkDevice, readInfo } from "./camera-info.ts";
import type { CameraOptions, CameraStatistics, FramesOptions, StartOptions } from "./camera-options.ts";
import { CreditWindow } from "./credit-window.ts";
import type { CameraFrame, DepthFrame, ImagingFrame } from "./frame.ts";
import { FrameClock } from "./frame-clock.ts";
import { FrameQueue } from "./frame-queue.ts";
import { RegisterPort } from "./register-port.ts";
import { AcquisitionRun } from "./resume/acquisition-run.ts";
import type { LinkEvent } from "./resume/resume-options.ts";
import { ResumingTransport } from "./resume/resuming-transport.ts";
import { statusText } from "./status-text.ts";

const DEFAULT_QUEUED_FRAMES = 2;
const DEFAULT_STALL_MS = 2000;
/** Stalls in a row, without a single report, after which a device that claims to be active is given up. */
const MAX_STALLS = 30;
const DRAIN_POLL_MS = 1;
/** Polls without a report after which a device that has been stopped is left alone. */
const MAX_DRAIN_IDLE = 200;

/**
 * A camera over any transport, for ranges or for pictures as its sensor is. One acquisition at a time; frames come in order.
 * What was lost on the way is counted and flagged in the frame, never filled in.
 */
export class Camera {
  readonly registers: RegisterPort;
  readonly #transport: Transport;
  readonly #options: CameraOptions;
  readonly #assembler = new FrameAssembler((event) => this.#failed(event));
  readonly #queue = new FrameQueue();
  readonly #credit: CreditWindow;
  readonly #clock: FrameClock;
  readonly #taps = new Set<(report: Uint8Array) => void>();
  readonly #linkListeners = new Set<(event: LinkEvent) => void>();
  readonly #resuming: ResumingTransport | undefined;
  #run: AcquisitionRun | undefined;
  #isStarted = false;
  #isClosed = false;
  #closing: Promise<void> | undefined;
  /** The device went away. */
  #isGone = false;
  #frames = 0;
  #incompleteFrames = 0;
  #droppedFrames = 0;

  private constructor(bus: Transport, options: CameraOptions) {
    this.#options = options;
    this.#resuming = this.#resumingOver(bus);
    const transport = this.#resuming ?? bus;
    this.#transport = transport;
    this.registers = new RegisterPort(transport, options.resume?.timeoutMs);
    this.#credit = new CreditWindow(transport, this.#reportsInFlight(bus));
    this.#clock = new FrameClock(options.nowMs ?? (() => performance.now()));
    transport.onReport((report) => this.#receive(report));
    transport.onClosed((reason) => this.#lost(reason));
  }

  /**
   * Open a device by name (with `options.openTransport`) or over a transport that is open.
   * @throws CameraError when the device is of another kind or another version of the contract.
   */
  static async open(device: string | Transport, options: CameraOptions = {}): Promise<Camera> {
    if (typeof device === "string") {
      const open = () => openByName(device, options);
      return Camera.open(await open(), {
        ...options,
        resume: options.resume && { reopen: open, ...options.resume },
      });
    }
    const camera = new Camera(device, options);
    try {
      await checkDevice(camera.registers);
    } catch (error) {
      await camera.#transport.close();
      throw error;
    }
    return camera;
  }

  /** The device's name as it was opened. */
  get name(): string {
    return this.#transport.name;
  }

  info(): Promise<CameraInfo> {
    return readInfo(this.#transport.name, this.registers);
  }

  /** The profile of this model. @throws CameraError without `options.loadProfile`. */
  async profile(): Promise<SensorProfile> {
    const { loadProfile } = this.#options;
    if (!loadProfile) throw new CameraError("state", "no profile loader was given to Camera.open");
    return loadProfile(await this.registers.readText("DeviceModelName"));
  }

  /** Hear every input report as it arrives, whatever its state. Returns the function that ends it. */
  onReport(listener: (report: Uint8Array) => void): () => void {
    this.#taps.add(listener);
    return () => this.#taps.delete(listener);
  }

  /** Hear that the device is being waited for, and that it is back. Returns the function that ends it. */
  onLink(listener: (event: LinkEvent) => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  /**
   * Start the acquisition. The device's sequence and frame numbers go on where the last one ended, so the first report
   * that comes says where this one begins.
   */
  async start({ frameCount = 0 }: StartOptions = {}): Promise<void> {
    if (this.#isClosed || this.#isGone) {
      const how = this.#isClosed ? "the camera was closed" : `${this.name} is gone`;
      throw new CameraError("closed", `${how}; open it again`);
    }
    if (this.#isStarted) throw new CameraError("state", "the acquisition runs already; stop it first");
    await this.registers.write("AcquisitionFrameCount", frameCount);
    this.#assembler.reset();
    this.#queue.clear();
    this.#clock.start();
    // Before the write: with credit left over, the device's first reports come before its reply does.
    this.#isStarted = true;
    const run = new AcquisitionRun(frameCount);
    this.#run = run;
    try {
      await this.registers.write("AcquisitionStart", 1);
    } catch (error) {
      this.#isStarted = false;
      throw error;
    }
    run.hasBegun = true;
    this.#topUp();
  }

  /** Stop the acquisition; frames that are not finished are discarded. */
  async stop(): Promise<void> {
    if (!this.#isStarted) return;
    this.#isStarted = false;
    this.#run = undefined;
    this.#credit.endAcquisition(this.#assembler.reportsSeen);
    // A device that comes back does so at rest.
    if (this.#isGone || this.#resuming?.isAway) return;
    await this.registers.write("AcquisitionStop", 1);
    await this.#drain();
  }

  /**
   * Frames in order. Starts the acquisition if it does not run, and then also stops it at the end, even when the
   * loop is left early. Ends early when the device has sent all frames it was asked for.
   */
  async *frames({ count = Infinity }: FramesOptions = {}): AsyncGenerator<CameraFrame, void, undefined> {
    const isMine = !this.#isStarted;
    if (isMine) await this.start({ frameCount: Number.isFinite(count) ? count : 0 });
    try {
      for (let taken = 0; taken < count; taken++) {
        const frame = await this.#nextFrame();
        if (!frame) return;
        yield frame;
        if (frame.kind === "depth") this.#assembler.planes?.giveBack(frame.rangeM);
        this.#topUp();
      }
    } finally {
      if (isMine) await this.stop();
    }
  }

  /**
   * Decode the ranges and flags of depth frames into memory that is lent to them until the loop over frames() takes the next
   * one: a FrameMemory. With undefined, as at first, every frame has arrays of its own.
   */
  decodeInto(planes: FramePlanes | undefined): void {
    this.#assembler.planes = planes;
  }

  /** As frames(), of a camera that sends ranges. @throws CameraError when it sends pictures. */
  async *depthFrames(options: FramesOptions = {}): AsyncGenerator<DepthFrame, void, undefined> {
    for await (const frame of this.frames(options)) {
      if (frame.kind !== "depth") throw this.#otherKind("pictures", "depth frames", "imageFrames()");
      yield frame;
    }
  }

  /** As frames(), of a camera that sends pictures. @throws CameraError when it sends ranges. */
  async *imageFrames(options: FramesOptions = {}): AsyncGenerator<ImagingFrame, void, undefined> {
    for await (const frame of this.frames(options)) {
      if (frame.kind !== "image") throw this.#otherKind("depth frames", "pictures", "depthFrames()");
      yield frame;
    }
  }

  statistics(): CameraStatistics {
    return {
      ...this.#assembler.statistics(),
      frames: this.#frames,
      incompleteFrames: this.#incompleteFrames,
      resumes: this.#resuming?.resumes ?? 0,
      droppedFrames: this.#droppedFrames,
      deviceFps: this.#clock.deviceFps,
      wallFps: this.#clock.wallFps,
    };
  }

  /** Stop the acquisition and let go of the device. May be called twice, also while it closes. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.stop();
    } finally {
      this.#isClosed = true;
      this.registers.close();
      this.#queue.fail(new CameraError("closed", "the camera was closed"));
      await this.#transport.close();
    }
  }

  #otherKind(found: string, expected: string, call: string): CameraError {
    return new CameraError(
      "state",
      `${this.name} sends ${found}, expected ${expected}; use ${call} or frames()`,
    );
  }

  async #nextFrame(): Promise<CameraFrame | undefined> {
    for (let stalls = 0; stalls < MAX_STALLS; stalls++) {
      const reportsBefore = this.#assembler.statistics().reports;
      const frame = await this.#queue.next(this.#options.stallMs ?? DEFAULT_STALL_MS);
      if (frame) return frame;
      if (this.#assembler.statistics().reports !== reportsBefore) stalls = -1;
      else if (!(await this.#revived(stalls > 0)) && this.#queue.length === 0) return undefined;
    }
    throw new CameraError("stalled", `${this.name} sends no reports although its acquisition is active`);
  }

  /** As #revive(); that the camera was closed or its device is gone, the reader learns from the queue. */
  async #revived(isStillSilent: boolean): Promise<boolean> {
    try {
      return await this.#revive(isStillSilent);
    } catch (error) {
      if (this.#isClosed || this.#isGone) return true;
      throw error;
    }
  }

  /** Let the device end its last frame and send what is left of it, so that the next acquisition starts clean. */
  async #drain(): Promise<void> {
    for (let idle = 0; idle < MAX_DRAIN_IDLE; idle++) {
      const status = await this.registers.readNumber("AcquisitionStatus");
      if ((status & (ACQUISITION_ACTIVE | ACQUISITION_FIFO_WAITING)) === 0) return;
      const before = this.#credit.outstanding(0);
      await this.#credit.topUp(
        () => 0,
        () => true,
      );
      await new Promise((resolve) => setTimeout(resolve, DRAIN_POLL_MS));
      if (this.#credit.outstanding(0) !== before) idle = 0;
    }
  }

  /**
   * Ask a silent device what it is doing. Credit that was spent on reports that never came is granted again; of a device
   * that stays silent, all of it, for the grant may have been lost. False when it has sent all it will; then what is open is
   * handed out. A host that was busy asks before it takes what waits for it: reports that come meanwhile are waited for.
   */
  async #revive(isStillSilent: boolean): Promise<boolean> {
    const { reports } = this.#assembler.statistics();
    const status = await this.registers.readNumber("AcquisitionStatus");
    const sent = await this.registers.readNumber("ReportsSent");
    this.#credit.settle(sent);
    if (isStillSilent || status & ACQUISITION_FIFO_WAITING)
      this.#credit.forgetOutstanding(this.#assembler.reportsSeen);
    this.#topUp();
    if (status & (ACQUISITION_ACTIVE | ACQUISITION_FIFO_WAITING)) return true;
    if (this.#assembler.statistics().reports !== reports) return true;
    this.#deliver(this.#assembler.flush(sent));
    return false;
  }

  #receive(report: Uint8Array): void {
    for (const tap of this.#taps) tap(report);
    if (!this.#isStarted) {
      this.#credit.countStray();
      return;
    }
    this.#deliver(this.#assembler.push(report));
    this.#topUp();
  }

  #deliver(frames: readonly CameraFrame[]): void {
    for (const frame of frames) {
      this.#frames++;
      this.#run?.count();
      if (!frame.integrity.complete) this.#incompleteFrames++;
      this.#droppedFrames = frame.integrity.droppedFrames;
      this.#clock.count(frame);
    }
    this.#queue.push(frames);
  }

  #topUp(): void {
    if (!this.#credit.isDue(this.#assembler.reportsSeen)) return;
    const queued = this.#options.queuedFrames ?? DEFAULT_QUEUED_FRAMES;
    const isWanted = () => this.#isStarted && !this.#isGone && this.#queue.length < queued;
    this.#credit
      .topUp(() => this.#assembler.reportsSeen, isWanted)
      .catch((error: unknown) => this.#starved(error));
  }

  #failed({ status, detail, frameNumber }: DeviceEvent): void {
    const where = `at frame ${frameNumber}${detail > 0 ? `, detail 0x${detail.toString(16)}` : ""}`;
    const message = `${this.name} ended the acquisition ${where}: ${statusText(status)}`;
    this.#queue.fail(new CameraError("device", message));
  }

  #resumingOver(bus: Transport): ResumingTransport | undefined {
    const { resume } = this.#options;
    if (resume === undefined) return undefined;
    const reopen = resume.reopen ?? (() => notReopened(bus.name));
    return new ResumingTransport(
      bus,
      { ...resume, reopen },
      { restart: (next) => this.#restart(next), onLink: (event) => this.#linked(event) },
    );
  }

  #reportsInFlight(bus: Transport): number {
    return this.#options.creditReports ?? bus.reportsInFlight ?? HID_REPORTS_IN_FLIGHT;
  }

  /** The device is back, with its settings: let it take the frames that are left. The one that was cut is forgotten. */
  async #restart(bus: Transport): Promise<void> {
    const registers = new RegisterPort(bus);
    await checkDevice(registers);
    this.#credit.restart(this.#reportsInFlight(bus));
    if (!this.#run?.hasBegun) return;
    this.#assembler.restart();
    this.#clock.start();
    await this.#run.restart(registers);
  }

  #linked(event: LinkEvent): void {
    for (const listener of this.#linkListeners) listener(event);
    if (event.state === "back") this.#topUp();
  }

  /** The device gets no more credit, and is there all the same. */
  #starved(error: unknown): void {
    if (this.#isClosed || this.#isGone) return;
    const why = error instanceof Error ? error.message : String(error);
    const message = `${this.name} cannot be told to go on: ${why}`;
    this.#queue.fail(new CameraError("stalled", message, { cause: error }));
  }

  #lost(reason: Error | undefined): void {
    if (this.#isClosed || this.#isGone) return;
    this.#isGone = true;
    const why = reason ? `: ${reason.message}` : "";
    this.#queue.fail(new CameraError("closed", `${this.name} is gone${why}`, { cause: reason }));
  }
}

function notReopened(name: string): never {
  throw new CameraError("state", `${name} was unplugged, and Camera.open was given no way to open it again`);
}

function openByName(device: string, options: CameraOptions): Promise<Transport> {
  if (options.openTransport) return options.openTransport(device);
  throw new CameraError("state", `cannot open "${device}" by name: Camera.open was given no openTransport`);
}
