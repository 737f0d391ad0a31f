import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fault, gatedImage, SLICE_M } from "../../host/flash/support/gated-logic.ts";
import { BoardOnUsb } from "../../host/transport/webhid/fake-web-hid.ts";
import { plugIntoPage } from "./board-in-page.ts";
import { keepScreenshot, launchBrowser, PATIENCE_MS } from "./browser.ts";
import { seriousViolations } from "./page-checks.ts";
import { ViewerProcess } from "./viewer-process.ts";

const BOARD = "inas-lidar-64x48";

/** Whether all that the picture shows lies in the slice of the range-gated example. */
function isGated(page: Page): Promise<boolean> {
  return page.evaluate(({ farthest, nearest }) => {
    const frame = window.cqd?.frame;
    const isInside = (m: number) => !(m > 0) || (m > nearest - 0.1 && m < farthest + 0.1);
    return frame?.integrity.complete === true && frame.rangeM.every(isInside);
  }, SLICE_M);
}

describe("the firmware panel", () => {
  let browser: Browser;
  let viewer: ViewerProcess;
  let page: Page;
  let folder: string;
  const problems: string[] = [];
  /** In the socket of this computer, for the page itself. */
  let usb: BoardOnUsb | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cqd-panel-"));
    const faults: readonly Fault[] = ["none", "golden"];
    for (const fault of faults)
      await writeFile(join(folder, `${fault}.cqdi`), await gatedImage(folder, fault));
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    problems.length = 0;
    viewer = await ViewerProcess.start("--device", `sim:${BOARD}`, "--port", "0", "--threads", "0");
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(viewer.url);
    await page.waitForFunction(() => (window.cqd?.frames ?? 0) >= 2);
  });
  afterEach(async () => {
    await page.close();
    await viewer.interrupt();
    await usb?.board.close();
    usb = undefined;
    expect(problems.join("\n")).toBe("");
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const message = () => page.locator("#firmware-message");
  const slotRow = (slot: number) => page.locator("#firmware-slots tr").nth(slot);
  const choose = (fault: Fault) =>
    page.locator("#firmware-file").setInputFiles(join(folder, `${fault}.cqdi`));

  it("flashes an image that is chosen while the picture goes on, keeps it, and goes back", async () => {
    await page.getByRole("button", { name: "Flash" }).click();
    await slotRow(0).getByText("confirmed").waitFor();
    expect(await isGated(page)).toBe(false);
    await choose("none");
    await message().getByText("runs on trial").waitFor();
    await slotRow(1).getByText("trial", { exact: true }).waitFor();
    await expect.poll(() => isGated(page)).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
    await keepScreenshot(page, "firmware");
    await page.getByRole("button", { name: "Keep" }).click();
    await slotRow(1).getByText("confirmed").waitFor();
    await page.getByRole("button", { name: "Go back" }).click();
    await slotRow(0).getByText("trial", { exact: true }).waitFor();
    await expect.poll(() => isGated(page)).toBe(false);
  });

  it("says why an image that is dropped on the page went back", async () => {
    const bytes = [...(await gatedImage(folder, "golden"))];
    await page.evaluate((content) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(content)], "golden.cqdi"));
      window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
    }, bytes);
    await message().getByText("GOLDEN").waitFor();
    await slotRow(1).getByText("rejected").waitFor();
    expect(await page.locator("#firmware-history li").first().innerText()).toMatch(/slot 1 went: GOLDEN/);
    expect(await isGated(page)).toBe(false);
  });

  it("flashes a board that the page opened itself", async () => {
    usb = await BoardOnUsb.open(BOARD);
    await plugIntoPage(page, usb);
    await page.reload();
    await page.getByRole("button", { name: "Open a board (USB)" }).click();
    await page.waitForFunction(() => (window.cqd?.frame?.frameNumber ?? -1) >= 1);
    // The page has time for the board then, and not for pictures.
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Flash" }).click();
    await slotRow(0).getByText("confirmed").waitFor();
    await choose("none");
    await message().getByText("runs on trial").waitFor();
    await page.getByRole("button", { name: "Keep" }).click();
    await slotRow(1).getByText("confirmed").waitFor();
  });
});
