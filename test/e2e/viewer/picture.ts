import type { Page } from "playwright-core";
import { openCamera } from "../../../host/open-camera.ts";

/** What the page says of the picture on its screen. */
export interface ShownPicture {
  readonly frameNumber: number;
  readonly timeNs: number;
  readonly width: number;
  readonly height: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly exposureNs: number;
  readonly intensityDn: readonly number[];
  readonly sigmaDn: readonly number[];
}

export function shownPicture(page: Page): Promise<ShownPicture> {
  return page.evaluate(() => {
    const image = window.cqd?.image;
    if (!image) throw new Error("the page shows no picture");
    const { exposureNs, frameNumber, height, offsetX, offsetY, timeNs, width } = image;
    const [intensityDn, sigmaDn] = [[...image.intensityDn], [...image.sigmaDn]];
    return { exposureNs, frameNumber, height, offsetX, offsetY, timeNs, width, intensityDn, sigmaDn };
  });
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The same frame from a camera of its own, as anybody's program would take it. */
export async function pictureOfCamera(device: string, frameNumber: number): Promise<Float32Array> {
  const { camera } = await openCamera(device, { simulation: { seed: 1, threads: 0 } });
  try {
    for await (const frame of camera.frames({ count: frameNumber + 1 }))
      if (frame.kind === "image" && frame.frameNumber === frameNumber) return frame.intensityDn;
  } finally {
    await camera.close();
  }
  throw new Error(`${device} sent no picture of number ${frameNumber}`);
}

/** Red of the drawn image at the middle of every pixel. */
export async function drawnRed(page: Page, width: number, height: number): Promise<number[]> {
  return page.evaluate(
    ([columns, rows]) => {
      const canvas = document.getElementById("image") as HTMLCanvasElement;
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = copy.getContext("2d");
      if (!context) throw new Error("no 2D canvas");
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, copy.width, copy.height);
      const ratio = canvas.width / canvas.clientWidth;
      const room = 16;
      const scale = Math.min((canvas.clientWidth - room) / columns, (canvas.clientHeight - room) / rows);
      const left = (canvas.clientWidth - Math.floor(columns * scale)) / 2;
      const top = (canvas.clientHeight - Math.floor(rows * scale)) / 2;
      return Array.from({ length: columns * rows }, (_, pixel) => {
        const x = Math.floor(ratio * (left + ((pixel % columns) + 0.5) * scale));
        const y = Math.floor(ratio * (top + (Math.floor(pixel / columns) + 0.5) * scale));
        return data[4 * (y * copy.width + x)] ?? 0;
      });
    },
    [width, height] as const,
  );
}
