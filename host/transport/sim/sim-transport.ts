import * as Reports from "../../../hw-profiles/interface/reports.ts";
import type { SensorProfile } from "../../../hw-profiles/sensor-profile.ts";
import { Board } from "../../../sim/board/board.ts";
import { BoardRunner } from "../../../sim/board/board-runner.ts";
import { type CreditCommand, parseCreditCommand } from "../../../sim/board/credit-command.ts";
import type {
  FrameTruth,
  ImagingTruth,
  ImagingTruthSource,
  Trace,
  TraceRequest,
  TraceSource,
  Transport,
  TruthSource,
} from "../transport.ts";
import { type ResolvedSimOptions, resolveSimOptions, type SimTransportOptions } from "./sim-options.ts";
import { simImagingTrace, simTrace } from "./sim-trace.ts";
import { ImagingTruthDesk, LidarTruthDesk } from "./sim-truth.ts";

/**
 * Open a simulated board in this process.
 * @throws ProfileError, SceneError, FirmwareError, RangeError or Error, each with a text for people.
 */
export async function openSimTransport(options: SimTransportOptions = {}): Promise<SimTransport> {
  return SimTransport.open(resolveSimOptions(options));
}

/**
 * The board behind the seam. Virtual time advances only while the host's credit is outstanding and no report waits,
 * so no frame is ever dropped, unless advance() is told to let time pass.
 */
export class SimTransport implements Transport, TruthSource, ImagingTruthSource, TraceSource {
  readonly name: string;
  readonly profile: SensorProfile;
  private readonly options: ResolvedSimOptions;
  private readonly board: Board;
  private readonly reportListeners: ((report: Uint8Array) => void)[];
  private readonly closedListeners: ((reason: Error | undefined) => void)[] = [];
  private readonly lidarTruth: LidarTruthDesk | undefined;
  private readonly pictureTruth: ImagingTruthDesk | undefined;
  private readonly runner: BoardRunner;
  private closed = false;

  private constructor(
    options: ResolvedSimOptions,
    board: Board,
    listeners: ((report: Uint8Array) => void)[],
  ) {
    this.name = `sim:${options.profile.name}`;
    this.profile = options.profile;
    this.options = options;
    this.board = board;
    this.runner = new BoardRunner(board, (error) => void this.end(error));
    this.reportListeners = listeners;
    const { sensor } = board;
    if (options.truth === false) return;
    if (sensor.mode === "lidar") this.lidarTruth = new LidarTruthDesk(sensor, options);
    else this.pictureTruth = new ImagingTruthDesk(sensor, options);
  }

  static async open(options: ResolvedSimOptions): Promise<SimTransport> {
    const listeners: ((report: Uint8Array) => void)[] = [];
    const onReport = (report: Uint8Array) => {
      for (const listener of listeners) listener(report);
    };
    return new SimTransport(options, await Board.open({ ...options, onReport }), listeners);
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.reportListeners.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.closedListeners.push(listener);
  }

  /** @throws Error for anything but a whole credit command. */
  async sendReport(report: Uint8Array): Promise<void> {
    this.requireOpen();
    const { credit, session } = requireCredit(report);
    this.board.grantCredit(credit, session);
    this.runner.run();
  }

  /** @throws Error for a report of another id; every register request gets its status in the reply. */
  async sendFeatureReport(report: Uint8Array): Promise<void> {
    this.requireOpen();
    requireRegisterId(report[0]);
    this.board.registers.request(report);
    this.runner.run();
  }

  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    this.requireOpen();
    requireRegisterId(reportId);
    return this.board.registers.reply().subarray(0, length);
  }

  /** Let `slots` frame slots of virtual time pass whether or not the host keeps up: frames may be dropped. */
  async advance(slots: number): Promise<void> {
    await this.runner.idle();
    for (let slot = 0; slot < slots; slot++) await this.board.advance();
  }

  async truth(frameNumber: number): Promise<FrameTruth | undefined> {
    return this.lidarTruth?.truth(frameNumber);
  }

  async imagingTruth(frameNumber: number): Promise<ImagingTruth | undefined> {
    return this.pictureTruth?.truth(frameNumber);
  }

  /** With the settings that the registers hold now. */
  trace(request: TraceRequest): Trace {
    const { sensor } = this.board;
    if (sensor.mode === "imaging") {
      const setup = { ...this.options, profile: sensor.profile };
      return simImagingTrace(setup, sensor.settings.present, request);
    }
    const setup = { ...this.options, profile: sensor.profile };
    return simTrace(setup, sensor.settings.present, request);
  }

  /** The host is gone: acquisition stops and credit is void; settings stay. */
  disconnect(): void {
    this.board.disconnect();
  }

  async close(): Promise<void> {
    await this.end(undefined);
  }

  private async end(reason: Error | undefined): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.runner.stop();
    await this.board.close();
    for (const listener of this.closedListeners) listener(reason);
  }

  private requireOpen(): void {
    if (this.closed) throw new Error(`${this.name} is closed: found a request, expected none; open it again`);
  }
}

function requireCredit(report: Uint8Array): CreditCommand {
  const command = parseCreditCommand(report);
  if (command !== undefined) return command;
  throw new Error(
    `output report: found id ${report[0]}, kind ${report[1]}, ${report.length} bytes; expected id ` +
      `${Reports.REPORT_ID_COMMAND}, kind ${Reports.COMMAND_CREDIT} (credit), ${Reports.COMMAND_BYTES} bytes`,
  );
}

function requireRegisterId(reportId: number | undefined): void {
  if (reportId === Reports.REPORT_ID_REGISTER) return;
  throw new Error(`feature report: found id ${reportId}, expected ${Reports.REPORT_ID_REGISTER} (registers)`);
}
