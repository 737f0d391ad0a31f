import { Camera } from "../../host/camera/camera.ts";
import type { CameraOptions } from "../../host/camera/camera-options.ts";
import type { CameraFrame } from "../../host/camera/frame.ts";
import type { Transport } from "../../host/transport/transport.ts";
import type { Bench, BoardUnderTest, StallableTransport } from "./bench.ts";
import { must, same } from "./check.ts";
import { hashFrame } from "./frame-hash.ts";

/** Registers by which a device counts what it did. */
export interface DeviceCounts {
  readonly sent: number;
  readonly lost: number;
  readonly dropped: number;
}

/** Opens a board's camera for `use`, and closes it whatever happens. */
export async function withCamera<T>(
  board: BoardUnderTest,
  options: CameraOptions,
  use: (camera: Camera, transport: StallableTransport) => Promise<T>,
): Promise<T> {
  const transport = await board.open();
  return withTransport(transport, options, (camera) => use(camera, transport));
}

/** As withCamera(), over a transport that is open. */
export async function withTransport<T>(
  transport: Transport,
  options: CameraOptions,
  use: (camera: Camera) => Promise<T>,
): Promise<T> {
  const camera = await Camera.open(transport, options);
  try {
    return await use(camera);
  } finally {
    await camera.close();
  }
}

export async function deviceCounts({ registers }: Camera): Promise<DeviceCounts> {
  return {
    sent: await registers.readNumber("ReportsSent"),
    lost: await registers.readNumber("LostReports"),
    dropped: await registers.readNumber("DroppedFrames"),
  };
}

/** @throws Error when a whole frame is another one than that of the run in process. A real board has no such run. */
export function sameAsInProcess(frame: CameraFrame, { reference }: Bench): void {
  if (reference === undefined) return;
  const expected = reference.frames[frame.frameNumber];
  must(
    expected !== undefined,
    `found frame ${frame.frameNumber}, expected less than ${reference.frames.length}`,
  );
  same(`SHA-256 of frame ${frame.frameNumber}`, hashFrame(frame), expected);
}

/**
 * Stream `count` frames that must all be whole, follow one another, and be those of the run in process; the counts of
 * host and device must agree that nothing was lost.
 */
export async function streamWhole(bench: Bench, camera: Camera, count: number): Promise<void> {
  const before = camera.statistics();
  const lostBefore = (await deviceCounts(camera)).lost;
  let expected: number | undefined;
  let frames = 0;
  for await (const frame of camera.frames({ count })) {
    must(frame.integrity.complete, `frame ${frame.frameNumber}: ${JSON.stringify(frame.integrity)}`);
    if (expected !== undefined) same("number of the next frame", frame.frameNumber, expected);
    expected = frame.frameNumber + 1;
    sameAsInProcess(frame, bench);
    frames++;
  }
  same("frames", frames, count);
  const { reports, lostReports, lateReports, corruptedReports, duplicatedReports, reorderedReports } =
    camera.statistics();
  const device = await deviceCounts(camera);
  // Late ones are left of an acquisition of this camera that was stopped half-way.
  const ofThisOne = reports - before.reports - (lateReports - before.lateReports);
  same("reports of this acquisition", ofThisOne, device.sent);
  same("reports lost on the way", lostReports - before.lostReports, 0);
  same("corrupted, duplicated, reordered", corruptedReports + duplicatedReports + reorderedReports, 0);
  same("reports lost in the device", device.lost, lostBefore);
  same("frames dropped by the device", device.dropped, 0);
}
