import { Camera } from "../../../host/camera/camera.ts";
import { openUsbPipe } from "../../../host/transport/bulk/open-usb-pipe.ts";
import { openStream } from "../../../host/transport/bulk/stream-interface.ts";
import { openSimTransport } from "../../../host/transport/sim/sim-transport.ts";
import type { Transport } from "../../../host/transport/transport.ts";
import { attachBoard, SCENE } from "../../host/transport/bulk/board.ts";

/** About 690 reports a frame. */
const PROFILE = "inas-lidar-320x240";

export interface CameraRate {
  readonly reportsPerS: number;
  readonly framesPerS: number;
}

/** Frames of the simulated board to a camera, the simulation included. */
export async function cameraRate(route: "in process" | "hid" | "bulk", frames: number): Promise<CameraRate> {
  if (route === "in process") return rateOf(await openSimTransport({ profile: PROFILE, ...SCENE }), frames);
  const board = await attachBoard(PROFILE);
  try {
    const openPipe = () => openUsbPipe(board.serialNumber, board.module);
    return await rateOf(
      await openStream(await board.openControl(), openPipe, { streamInterface: route }),
      frames,
    );
  } finally {
    await board.bus.close();
  }
}

async function rateOf(transport: Transport, count: number): Promise<CameraRate> {
  const camera = await Camera.open(transport);
  let frames = 0;
  const startMs = performance.now();
  for await (const _ of camera.frames({ count })) frames++;
  const seconds = (performance.now() - startMs) / 1000;
  const { lostReports, reports } = camera.statistics();
  await camera.close();
  if (lostReports > 0) throw new Error(`found ${lostReports} reports lost, expected none`);
  return { reportsPerS: reports / seconds, framesPerS: frames / seconds };
}
