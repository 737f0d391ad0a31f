import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { pixelOnPage } from "./browser.ts";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Takes the device to a halt; resolves when the last frame is on the screen. */
export async function pause(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Pause" }).click();
  await page.waitForFunction(() => window.cqd?.mode === "paused");
}

/** One frame on; resolves when it is on the screen. */
export async function step(page: Page): Promise<void> {
  const before = await page.evaluate(() => window.cqd?.frames ?? 0);
  await page.getByRole("button", { name: "Step" }).click();
  await page.waitForFunction(
    (frames) => (window.cqd?.frames ?? 0) > frames && window.cqd?.mode === "paused",
    before,
  );
}

/** Take the mouse to a pixel of the image, wherever the image is by then; resolves when the page says that pixel. */
export async function pointAt(page: Page, pixel: number): Promise<{ x: number; y: number }> {
  let at = { x: 0, y: 0 };
  let isSecond = false;
  const point = async (): Promise<number | undefined> => {
    const { x, y } = await pixelOnPage(page, pixel);
    // Where the mouse is already it does not move.
    at = { x: isSecond ? x + 0.25 : x, y };
    isSecond = !isSecond;
    await page.mouse.move(at.x, at.y);
    return page.evaluate(() => window.cqd?.cursor);
  };
  await expect.poll(point).toBe(pixel);
  return at;
}

/** Click a pixel of the image; resolves when it is pinned. */
export async function pin(page: Page, pixel: number): Promise<void> {
  const click = async (): Promise<number | undefined> => {
    const { x, y } = await pointAt(page, pixel);
    await page.mouse.click(x, y);
    return page.evaluate(() => window.cqd?.pinned);
  };
  await expect.poll(click).toBe(pixel);
}

/** Serious and critical violations that axe-core finds, with the elements. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy allows no foreign script.
  await page.evaluate(readFileSync(AXE, "utf8"));
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
}
