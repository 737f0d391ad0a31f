import { describe, expect, test } from "vitest";
import { parseCommand } from "../../../host/packet/command-report.ts";
import { buildDataReport } from "../../../host/packet/data-report.ts";
import { FrameIntake } from "../../../host/server/frame-intake.ts";
import type { Transport } from "../../../host/transport/transport.ts";
import * as R from "../../../hw-profiles/interface/reports.ts";

const LINES_REPORTS = 3;

interface Script {
  readonly rawFormat: number;
  /** Reports of raw samples in each frame. */
  readonly raw: readonly number[];
  readonly probe?: readonly boolean[];
}

/** Sends frames of a script, a report for each credit, and never waits for anything but credit. */
class ScriptedDevice implements Transport {
  readonly name = "scripted";
  credit = 0;
  grants = 0;
  readonly #reports: Uint8Array[];
  #sent = 0;
  #listener: (report: Uint8Array) => void = () => undefined;

  constructor({ probe = [], raw, rawFormat }: Script) {
    this.#reports = raw.flatMap((count, frame) => frameOf(frame, count, rawFormat, probe[frame] === true));
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
    this.grants++;
    setImmediate(() => {
      for (; this.credit > 0 && this.#sent < this.#reports.length; this.credit--)
        this.#listener(this.#reports[this.#sent++]!);
    });
  }

  async sendFeatureReport(): Promise<void> {}

  async getFeatureReport(): Promise<Uint8Array> {
    return new Uint8Array();
  }

  async close(): Promise<void> {}
}

function frameOf(frameNumber: number, rawReports: number, rawFormat: number, probe: boolean): Uint8Array[] {
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
  return parts.map(([kind, payload]) =>
    buildDataReport({ kind, sequence: 0, frameNumber, offset: 0, payload }),
  );
}

/** Takes all frames of a script, looking whether the device rests after each. */
async function takeAll(script: Script): Promise<ScriptedDevice> {
  const device = new ScriptedDevice(script);
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

  test("with few grants where frames are all as long", async () => {
    const device = await takeAll({ rawFormat: R.PIXEL_FORMAT_MONO16, raw: new Array<number>(10).fill(200) });
    // The leader's, and all the rest at once.
    expect(device.grants).toBe(20);
  });
});
