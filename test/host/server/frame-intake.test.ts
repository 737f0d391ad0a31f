import { afterEach, describe, expect, test, vi } from "vitest";
import { parseCommand } from "../../../host/packet/command-report.ts";
import { buildDataReport } from "../../../host/packet/data-report.ts";
import { FrameIntake } from "../../../host/server/frame-intake.ts";
import { HID_REPORTS_IN_FLIGHT, type Transport } from "../../../host/transport/transport.ts";
import * as R from "../../../hw-profiles/interface/reports.ts";

const LINES_REPORTS = 3;

interface Script {
  readonly rawFormat: number;
  /** Reports of raw samples in each frame. */
  readonly raw: readonly number[];
  readonly probe?: readonly boolean[];
  /** Reports, counted from the first, that never arrive. */
  readonly lost?: readonly number[];
}

/** Sends frames of a script, a report for each credit, and never waits for anything but credit. */
class ScriptedDevice implements Transport {
  readonly name = "scripted";
  reportsInFlight: number | undefined;
  credit = 0;
  mostCredit = 0;
  grants = 0;
  readonly #reports: readonly Uint8Array[];
  readonly #lost: readonly number[];
  #sent = 0;
  #listener: (report: Uint8Array) => void = () => undefined;

  constructor({ lost = [], probe = [], raw, rawFormat }: Script) {
    this.#reports = raw
      .flatMap((count, frame) => frameOf(frame, count, rawFormat, probe[frame] === true))
      .map((part, sequence) => buildDataReport({ ...part, sequence, offset: 0 }));
    this.#lost = lost;
  }

  get sent(): number {
    return this.#sent;
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#listener = listener;
  }

  onClosed(): void {}

  async sendReport(report: Uint8Array): Promise<void> {
    this.credit += parseCommand(report).value;
    this.mostCredit = Math.max(this.mostCredit, this.credit);
    this.grants++;
    setImmediate(() => {
      for (; this.credit > 0 && this.#sent < this.#reports.length; this.credit--) {
        const sequence = this.#sent++;
        if (!this.#lost.includes(sequence)) this.#listener(this.#reports[sequence]!);
      }
    });
  }

  async sendFeatureReport(): Promise<void> {}

  async getFeatureReport(): Promise<Uint8Array> {
    return new Uint8Array();
  }

  async close(): Promise<void> {}
}

interface Part {
  readonly kind: number;
  readonly frameNumber: number;
  readonly payload: Uint8Array;
}

function frameOf(frameNumber: number, rawReports: number, rawFormat: number, probe: boolean): Part[] {
  const rawBytes = rawReports * R.DATA_PAYLOAD_MAX;
  const linesBytes = LINES_REPORTS * R.DATA_PAYLOAD_MAX;
  const largest = rawFormat === R.PIXEL_FORMAT_LOSSLESS ? 100 * R.DATA_PAYLOAD_MAX : rawBytes;
  const full = new Uint8Array(R.DATA_PAYLOAD_MAX);
  const leader = new Uint8Array(R.LEADER_BYTES);
  const fields = new DataView(leader.buffer);
  fields.setUint32(R.LEADER_LINES_BYTES, linesBytes, true);
  fields.setUint32(R.LEADER_RAW_BYTES, largest, true);
  fields.setUint16(R.LEADER_RAW_FORMAT, rawFormat, true);
  const parts: (readonly [kind: number, payload: Uint8Array])[] = [
    [R.KIND_LEADER, leader],
    ...Array.from({ length: LINES_REPORTS }, () => [R.KIND_LINES, full] as const),
    ...Array.from({ length: rawReports }, () => [R.KIND_RAW, full] as const),
    ...(probe ? [[R.KIND_PROBE, full.subarray(0, 40)] as const] : []),
    [R.KIND_TRAILER, full.subarray(0, R.TRAILER_BYTES)],
  ];
  return parts.map(([kind, payload]) => ({ kind, frameNumber, payload }));
}

afterEach(() => {
  vi.useRealTimers();
});

/** Takes all frames of a script, looking whether the device rests after each. */
async function takeAll(script: Script, reportsInFlight?: number): Promise<ScriptedDevice> {
  const device = new ScriptedDevice(script);
  device.reportsInFlight = reportsInFlight;
  const intake = new FrameIntake(device);
  let sent = 0;
  for (const [frame, raw] of script.raw.entries()) {
    const reports = await intake.nextFrame();
    const length = LINES_REPORTS + raw + (script.probe?.[frame] ? 1 : 0) + 2;
    sent += length;
    expect(reports).toHaveLength(length);
    expect(device.credit, `credit left after frame ${frame}`).toBe(0);
    expect(device.sent, `reports sent after frame ${frame}`).toBe(sent);
  }
  return device;
}

describe("frame intake leaves the device at a frame boundary", () => {
  test("after lossless frames, whatever the lengths", async () => {
    await takeAll({ rawFormat: R.PIXEL_FORMAT_LOSSLESS, raw: [40, 10, 41, 0, 7, 39] });
  });

  test("when the probe pixel comes and goes", async () => {
    const probe = [false, true, true, false, true, false];
    await takeAll({ rawFormat: R.PIXEL_FORMAT_MONO16, raw: [9, 9, 9, 9, 9, 9], probe });
  });

  test("with few grants where frames are all as long and the link takes them at once", async () => {
    const script = { rawFormat: R.PIXEL_FORMAT_MONO16, raw: new Array<number>(10).fill(200) };
    const device = await takeAll(script, 256);
    // The leader's, and all the rest at once.
    expect(device.grants).toBe(20);
  });

  test("with no more reports on their way than HID can take", async () => {
    const device = await takeAll({ rawFormat: R.PIXEL_FORMAT_MONO16, raw: new Array<number>(4).fill(200) });
    expect(device.mostCredit).toBe(HID_REPORTS_IN_FLIGHT);
  });
});

test("reports that never come are told by the next one's number: nobody waits for them", async () => {
  // Silence is never long enough to ask the device again.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const lost = [3, 40, 41, 99];
  const intake = new FrameIntake(
    new ScriptedDevice({ rawFormat: R.PIXEL_FORMAT_MONO16, raw: [100, 100], lost }),
  );
  const length = LINES_REPORTS + 100 + 2;
  expect(await intake.nextFrame()).toHaveLength(length - lost.length);
  expect(await intake.nextFrame()).toHaveLength(length);
});
