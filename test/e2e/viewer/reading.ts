import type { Page } from "playwright-core";
import type { Automation } from "../../../host/viewer/automation.ts";

declare global {
  interface Window {
    cqd?: Automation;
  }
}

/** What the frame on the screen says about a pixel. */
export interface PixelReading {
  readonly rangeM: number;
  readonly sigmaM: number;
  readonly amplitudeE: number;
  readonly ambientE: number;
  readonly flags: number;
  readonly position: readonly number[] | undefined;
}

export function readPixel(page: Page, pixel: number): Promise<PixelReading> {
  return page.evaluate((index) => {
    const { frame, position } = window.cqd ?? {};
    if (!frame || !position) throw new Error("the page shows no frame");
    return {
      rangeM: frame.rangeM[index] ?? 0,
      sigmaM: frame.sigmaM[index] ?? 0,
      amplitudeE: frame.amplitudeE[index] ?? 0,
      ambientE: frame.ambientE[index] ?? 0,
      flags: frame.flags[index] ?? 0,
      position: position(index),
    };
  }, pixel);
}

/** Pixels of the cloud's canvas that are neither ground nor grid: strongly coloured ones. */
export function countColouredPixels(page: Page): Promise<number> {
  return page.evaluate(() => {
    const source = document.getElementById("cloud") as HTMLCanvasElement;
    const copy = new OffscreenCanvas(source.width, source.height);
    const context = copy.getContext("2d");
    if (!context) throw new Error("no 2D canvas");
    context.drawImage(source, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      if (Math.max(r, g, b) - Math.min(r, g, b) > 40) count++;
    }
    return count;
  });
}

/** Valid pixels of the frame by its flags, counted here and not by the page's own code. */
export function countValidPixels(page: Page, invalidMask: number): Promise<number> {
  return page.evaluate(
    (mask) => [...(window.cqd?.frame?.flags ?? [])].filter((flags) => (flags & mask) === 0).length,
    invalidMask,
  );
}

export function textOf(page: Page, id: string): Promise<string> {
  return page.locator(`#${id}`).innerText();
}

/** Turn the cloud by dragging; the fewest points that were drawn meanwhile. */
export async function leastPointsWhileTurning(page: Page): Promise<number> {
  const box = await page.locator("#cloud").boundingBox();
  if (!box) throw new Error("the cloud is not on the page");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  let least = Number.POSITIVE_INFINITY;
  for (let step = 1; step <= 20; step++) {
    await page.mouse.move(x + 4 * step, y + step);
    const drawn = page.evaluate(
      () =>
        new Promise<number>((resolve) => requestAnimationFrame(() => resolve(window.cqd?.shownPoints ?? 0))),
    );
    least = Math.min(least, await drawn);
  }
  await page.mouse.up();
  return least;
}
