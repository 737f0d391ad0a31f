import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openCamera } from "../../../host/open-camera.ts";
import { loadStaticFiles } from "../../../host/server/static-files.ts";
import { REG_SIM_AMBIENT } from "../../../hw-profiles/interface/registers.ts";
import { BoardOnUsb } from "../../host/transport/webhid/fake-web-hid.ts";
import { plugIntoPage, replug, unplug } from "./board-in-page.ts";
import { keepScreenshot, launchBrowser, PATIENCE_MS } from "./browser.ts";
import { seriousViolations } from "./page-checks.ts";
import { textOf } from "./reading.ts";
import { leaveUnanswered } from "./unanswered.ts";
import { runToEnd, ViewerProcess } from "./viewer-process.ts";

/** Server and board are of different kinds, so that the page tells which one it shows. */
const SERVED = "sim:inas-imager-64x48";
const BOARD = "inas-lidar-64x48";

/** The page as any server of files gives it. */
async function serveFiles(folder: string): Promise<{ server: Server; url: string }> {
  const files = loadStaticFiles(folder);
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    response
      .writeHead(file ? 200 : 404, { "content-type": file?.contentType ?? "text/plain" })
      .end(file?.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** Ranges of frame `number` from a camera of its own. */
async function rangesInProcess(number: number): Promise<number[]> {
  const simulation = { scene: "wall:range=3", seed: 5, threads: 0 };
  const { camera } = await openCamera(`sim:${BOARD}`, { simulation });
  try {
    for await (const frame of camera.depthFrames({ count: number + 1 }))
      if (frame.frameNumber === number) return [...frame.rangeM];
  } finally {
    await camera.close();
  }
  throw new Error(`there is no frame ${number}`);
}

/** Pause the page's own board, and step once. @returns how many frames the page has shown when it rests. */
async function pauseAndStep(page: Page): Promise<number> {
  const shown = await page.evaluate(() => {
    for (const id of ["play", "step"]) document.getElementById(id)?.click();
    return window.cqd?.frames ?? 0;
  });
  // The frame that was on its way, and the one of the step.
  return shown + 2;
}

const openButton = (page: Page) => page.getByRole("button", { name: "Open a board (USB)" });
const closeButton = (page: Page) => page.getByRole("button", { name: "Close the board" });
const depthFrames = (page: Page, least: number) =>
  page.waitForFunction((count) => (window.cqd?.frame?.frameNumber ?? -1) >= count, least);

describe("a board that the page opens itself", () => {
  let browser: Browser;
  let viewer: ViewerProcess;
  let usb: BoardOnUsb;
  let page: Page;
  const problems: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
    viewer = await ViewerProcess.start("--device", SERVED, "--port", "0");
  });
  beforeEach(async () => {
    problems.length = 0;
    usb = await BoardOnUsb.open(BOARD);
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    await usb.board.close();
  });
  afterAll(async () => {
    await browser.close();
    await viewer.interrupt();
  });

  async function openBoard(): Promise<void> {
    await page.goto(viewer.url);
    await page.waitForFunction(() => (window.cqd?.frames ?? 0) >= 2);
    expect(await page.evaluate(() => window.cqd?.image !== undefined)).toBe(true);
    await openButton(page).click();
  }

  it("shows its own frames, those of the same board in process, paused and stepped", async () => {
    await plugIntoPage(page, usb);
    await openBoard();
    await depthFrames(page, 1);
    const rest = await pauseAndStep(page);
    expect(await page.evaluate(() => window.cqd?.mode)).toBe("paused");
    await page.waitForFunction((frames) => window.cqd?.frames === frames, rest);
    const number = await page.evaluate(() => window.cqd?.frame?.frameNumber ?? -1);
    // Longer than a frame takes, many times over.
    await page.waitForTimeout(1000);
    expect(await page.evaluate(() => window.cqd?.frame?.frameNumber)).toBe(number);
    await page.getByRole("button", { name: "Step" }).click();
    await page.waitForFunction((before) => window.cqd?.frame?.frameNumber === before + 1, number);
    const ranges = await page.evaluate(() => [...(window.cqd?.frame?.rangeM ?? [])]);
    expect(ranges).toEqual(await rangesInProcess(number + 1));
    expect(await textOf(page, "device-serial")).not.toBe("–");
    await expect.poll(() => textOf(page, "timeline-note")).toContain("Waveforms come from simulated boards");
    expect(await seriousViolations(page)).toEqual([]);
    await keepScreenshot(page, "board");
    expect(problems.join("\n")).toBe("");
  });

  it("says that it was unplugged, keeps the picture, and goes on when it is plugged in again", async () => {
    await plugIntoPage(page, usb);
    await openBoard();
    await depthFrames(page, 1);
    await unplug(page, usb);
    // What was being asked of it fails first, and says so, too.
    await expect.poll(() => textOf(page, "connection")).toBe("no device");
    await expect.poll(() => page.getByRole("alert").innerText()).toMatch(/is not plugged in/);
    expect(await page.evaluate(() => window.cqd?.frame !== undefined)).toBe(true);
    await replug(page, usb);
    await page.locator("#connection", { hasText: /^live$/ }).waitFor();
    const frames = await page.evaluate(() => window.cqd?.frames ?? 0);
    await page.waitForFunction((before) => (window.cqd?.frames ?? 0) > before + 2, frames);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(problems.join("\n")).toBe("");
  });

  it("closed, gives the page back to the server, and is idle and free", async () => {
    await plugIntoPage(page, usb);
    await openBoard();
    await depthFrames(page, 1);
    await closeButton(page).click();
    await page.waitForFunction(() => window.cqd?.image !== undefined && window.cqd.frame === undefined);
    await expect.poll(() => usb.board.isActive).toBe(false);
    await openButton(page).click();
    await depthFrames(page, 0);
    expect(problems.join("\n")).toBe("");
  });

  it("opened while the server's device is being asked, hears nothing of what stays unanswered", async () => {
    await plugIntoPage(page, usb);
    const unanswered = await leaveUnanswered(page, REG_SIM_AMBIENT);
    await page.goto(viewer.url);
    await expect.poll(() => unanswered.isAsked).toBe(true);
    await openButton(page).click();
    await depthFrames(page, 1);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(problems.join("\n")).toBe("");
  });

  it("that nobody chooses changes nothing", async () => {
    await plugIntoPage(page, usb, { choosesNone: true });
    await openBoard();
    const frames = await page.evaluate(() => window.cqd?.frames ?? 0);
    await page.waitForFunction((before) => (window.cqd?.frames ?? 0) > before + 2, frames);
    expect(await page.evaluate(() => window.cqd?.image !== undefined)).toBe(true);
    expect(await openButton(page).isVisible()).toBe(true);
  });

  it("that the system refuses says what to do", async () => {
    await plugIntoPage(page, usb, { refusesOpen: true });
    await openBoard();
    await expect.poll(() => page.getByRole("alert").innerText()).toContain("udev rule");
  });

  it("needs no server: the page from any folder of files shows it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cqd-page-"));
    expect((await runToEnd("--static", folder)).code).toBe(0);
    const { server, url } = await serveFiles(folder);
    await plugIntoPage(page, usb);
    await page.goto(url);
    await page.getByText("no server", { exact: true }).waitFor();
    await openButton(page).click();
    await depthFrames(page, 2);
    expect(await page.evaluate(() => window.cqd?.points)).toBeGreaterThan(2000);
    await closeButton(page).click();
    await page.getByText("no server", { exact: true }).waitFor();
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  it("the browser's own WebHID is allowed by the page's policy", async () => {
    await page.goto(viewer.url);
    await page.waitForFunction(() => (window.cqd?.frames ?? 0) >= 2);
    expect(await openButton(page).isEnabled()).toBe(true);
    const boards = await page.evaluate(async () => {
      const { hid } = navigator as Navigator & { hid: { getDevices(): Promise<object[]> } };
      return hid.getDevices();
    });
    expect(boards).toEqual([]);
  });

  it("a browser without WebHID says why it cannot", async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, "hid", { value: undefined }));
    await page.goto(viewer.url);
    await page.waitForFunction(() => (window.cqd?.frames ?? 0) >= 2);
    expect(await openButton(page).isDisabled()).toBe(true);
    expect(await openButton(page).getAttribute("title")).toContain("WebHID");
  });
});
