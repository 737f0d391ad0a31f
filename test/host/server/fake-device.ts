import { parseCommand } from "../../../host/packet/command-report.ts";
import { buildDataReport } from "../../../host/packet/data-report.ts";
import { buildLeader } from "../../../host/packet/leader.ts";
import { buildRegisterReply, parseRegisterReport } from "../../../host/packet/register-report.ts";
import { buildTrailer } from "../../../host/packet/trailer.ts";
import type { DeviceSource, OpenedDevice } from "../../../host/server/device-source.ts";
import type { Transport } from "../../../host/transport/transport.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as R from "../../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";

const WIDTH = 32;
const HEIGHT = 24;
const CLOCK_HZ = 400_000_000;
/** 1 ms of device time. */
const FRAME_CYCLES = 400_000n;
const LINES_BYTES = WIDTH * HEIGHT * 9;
export const REPORTS_PER_FRAME = Math.ceil(LINES_BYTES / R.DATA_PAYLOAD_MAX) + 2;

/** A board of a few pixels that obeys credit as the wire demands. */
export class FakeDevice implements Transport {
  readonly name = "fake";
  active = false;
  closed = false;
  credit = 0;
  reportsSent = 0;
  starts = 0;
  /** It is gone already when it is to be closed. */
  closingFails = false;
  #frame = 0;
  #fifo: Uint8Array[] = [];
  #reply = new Uint8Array();
  readonly #listeners: ((report: Uint8Array) => void)[] = [];
  readonly #closed: ((reason: Error | undefined) => void)[] = [];

  onReport(listener: (report: Uint8Array) => void): void {
    this.#listeners.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closed.push(listener);
  }

  async sendReport(report: Uint8Array): Promise<void> {
    this.credit += parseCommand(report).value;
    setImmediate(() => this.#pump());
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    const request = parseRegisterReport(report);
    const { address, operation } = request;
    if (operation === R.OPERATION_WRITE) this.#write(address);
    // As a board does: a read brings what stands there, a write what was written.
    const read = new Uint8Array(request.length).fill(address & 0xff);
    const data = operation === R.OPERATION_WRITE ? request.data : read;
    this.#reply = buildRegisterReply({ ...request, data, status: STATUS_OK }) as Uint8Array<ArrayBuffer>;
    // Another exchange may begin here: replies must not be mixed up.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async getFeatureReport(): Promise<Uint8Array> {
    return this.#reply;
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.closingFails) throw new Error("unplugged");
  }

  /** Pull the plug. */
  fail(): void {
    for (const listener of this.#closed) listener(new Error("unplugged"));
  }

  #write(address: number): void {
    if (address === Reg.REG_ACQUISITION_STOP) this.active = false;
    if (address !== Reg.REG_ACQUISITION_START) return;
    this.active = true;
    this.starts += 1;
    this.credit = 0;
    this.#fifo = [];
  }

  #pump(): void {
    while (this.active && this.credit > 0) {
      if (this.#fifo.length === 0) this.#fifo = this.#makeFrame();
      this.credit -= 1;
      this.reportsSent += 1;
      const report = this.#fifo.shift();
      if (report) for (const listener of this.#listeners) listener(report);
    }
  }

  #makeFrame(): Uint8Array[] {
    const frameNumber = this.#frame++;
    const lines = new Uint8Array(LINES_BYTES).fill(frameNumber & 0x0f);
    const parts: [number, number, Uint8Array][] = [[R.KIND_LEADER, 0, leaderOf(frameNumber)]];
    for (let offset = 0; offset < lines.length; offset += R.DATA_PAYLOAD_MAX) {
      parts.push([R.KIND_LINES, offset, lines.subarray(offset, offset + R.DATA_PAYLOAD_MAX)]);
    }
    parts.push([R.KIND_TRAILER, 0, trailerOf(frameNumber)]);
    return parts.map(([kind, offset, payload], i) => {
      const sequence = frameNumber * REPORTS_PER_FRAME + i;
      return buildDataReport({ kind, sequence, frameNumber, offset, payload });
    });
  }
}

function leaderOf(frameNumber: number): Uint8Array {
  return buildLeader({
    frameNumber,
    components: R.COMPONENT_DEPTH,
    startCycle: BigInt(frameNumber) * FRAME_CYCLES,
    clockHz: CLOCK_HZ,
    width: WIDTH,
    height: HEIGHT,
    gates: 4,
    rawFormat: R.PIXEL_FORMAT_MONO16,
    rangeScaleM: 0.0005,
    sigmaScale: 0.0000625,
    amplitudeScaleE: 16,
    ambientScaleE: 8,
    temperatureMk: 308_150,
    droppedFrames: 0,
    pulsesPerGate: 500,
    linesBytes: LINES_BYTES,
    rawBytes: 0,
    image: undefined,
  });
}

function trailerOf(frameNumber: number): Uint8Array {
  return buildTrailer({
    frameNumber,
    status: STATUS_OK,
    endCycle: BigInt(frameNumber + 1) * FRAME_CYCLES,
    validPixels: 0,
    noReturn: 0,
    lowSignal: 0,
    saturated: 0,
    misfit: 0,
    bad: 0,
    window: 0,
    reports: REPORTS_PER_FRAME,
    rawBytes: 0,
  });
}

/** Two profiles, two scenes; remembers what was opened. */
export class FakeSource implements DeviceSource {
  readonly isSimulated = true;
  readonly profiles = [
    { id: "one", title: "One" },
    { id: "two", title: "Two" },
  ];
  readonly scenes = [
    { id: "scene-0", title: "Room" },
    { id: "scene-1", title: "Broken" },
  ];
  readonly opened: { profileId: string; sceneId: string }[] = [];
  readonly devices: FakeDevice[] = [];
  /** Devices are open when this has settled. */
  ready: Promise<void> = Promise.resolve();

  async open(profileId: string, sceneId: string): Promise<OpenedDevice> {
    this.opened.push({ profileId, sceneId });
    if (sceneId === "scene-1") throw new Error("scene is broken: found nothing, expected points");
    await this.ready;
    const transport = new FakeDevice();
    this.devices.push(transport);
    return { transport, profile: loadLidarProfile("inas-lidar-64x48"), simulation: { traces: undefined } };
  }

  get device(): FakeDevice {
    return this.devices.at(-1)!;
  }
}
