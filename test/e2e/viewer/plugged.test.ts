import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { REG_SIM_AMBIENT } from "../../../hw-profiles/interface/registers.ts";
import { PluggedBoard, SERIAL } from "../../host/server/plugged-board.ts";
import { BoardOnUsb } from "../../host/transport/webhid/fake-web-hid.ts";
import { plugIntoPage } from "./board-in-page.ts";
import { keepScreenshot, launchBrowser, visit } from "./browser.ts";
import { seriousViolations } from "./page-checks.ts";
import { shownPicture } from "./picture.ts";
import { textOf } from "./reading.ts";
import { leaveUnanswered } from "./unanswered.ts";

const PAGE = fileURLToPath(new URL("../../../build/viewer", import.meta.url));
const IMAGER = "inas-imager-64x48";

const alert = (page: Page) => page.getByRole("alert").innerText();

async function setRegion(page: Page, fields: Readonly<Record<string, number>>): Promise<void> {
  for (const [field, value] of Object.entries(fields))
    await page.locator(`#region-${field}`).fill(String(value));
  await page.getByRole("button", { name: "Apply" }).click();
}

/** Other frames than those that the page has shown so far. */
async function framesGoOn(page: Page): Promise<void> {
  const before = await page.evaluate(() => window.cqd?.frames ?? 0);
  await page.waitForFunction((frames) => (window.cqd?.frames ?? 0) > frames + 2, before);
}

describe("the page of an imager on USB", () => {
  let browser: Browser;
  let board: PluggedBoard;
  let page: Page;
  let problems: string[];
  /** In the socket of this computer, for the page itself. */
  let usb: BoardOnUsb | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    board = await PluggedBoard.open(IMAGER, { pageFolder: PAGE });
    const server = await board.serve();
    ({ page, problems } = await visit(browser, server.url));
  });
  afterEach(async () => {
    await page.close();
    await board.close();
    await usb?.board.close();
    usb = undefined;
    expect(problems.join("\n")).toBe("");
  });
  afterAll(() => browser.close());

  it("shows its picture; what only a simulator has says why it is not there", async () => {
    expect(await shownPicture(page)).toMatchObject({ width: 64, height: 48 });
    for (const choice of [page.locator("#profile"), page.locator("#scene")]) {
      expect(await choice.isDisabled()).toBe(true);
      expect(await choice.getAttribute("title")).toContain("A board on USB");
    }
    expect(await page.locator("#scene option").allInnerTexts()).toEqual(["What the board sees"]);
    expect(await page.locator("#timeline").isVisible()).toBe(false);
    expect(await textOf(page, "timeline-note")).toContain("Waveforms come from simulated boards");
    expect(await seriousViolations(page)).toEqual([]);
    await keepScreenshot(page, "plugged");
  });

  it("sets region and exposure; unplugged, says so, and goes on with them when it is back", async () => {
    await page.locator("#region summary").click();
    await setRegion(page, { x: 16, y: 8, width: 32, height: 24 });
    await page.waitForFunction(() => window.cqd?.image?.width === 32);
    const before = await shownPicture(page);
    await page.locator("#exposure").focus();
    await page.keyboard.press("Home");
    await page.waitForFunction((ns) => (window.cqd?.image?.exposureNs ?? ns) < ns / 10, before.exposureNs);
    const { exposureNs } = await shownPicture(page);

    await board.unplugToPowerOff();
    await page.locator("#connection", { hasText: /^unplugged$/ }).waitFor();
    expect(await alert(page)).toContain(`hid:${SERIAL} was unplugged. The last picture stays`);
    expect(await shownPicture(page)).toMatchObject({ width: 32, exposureNs });
    await keepScreenshot(page, "unplugged");
    board.socket.plug();
    await page.locator("#connection", { hasText: /^live$/ }).waitFor();
    await framesGoOn(page);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await shownPicture(page)).toMatchObject({
      width: 32,
      height: 24,
      offsetX: 16,
      offsetY: 8,
      exposureNs,
    });
  });

  it("unplugged while it is asked, is said to be unplugged, and not that an answer is missing", async () => {
    const unanswered = await leaveUnanswered(page, REG_SIM_AMBIENT);
    await page.reload();
    await expect.poll(() => unanswered.isAsked).toBe(true);
    await board.unplugToPowerOff();
    await page.locator("#connection", { hasText: /^unplugged$/ }).waitFor();
    // The page has seen the end of its first socket when it opens another.
    await expect.poll(() => unanswered.sockets).toBeGreaterThan(1);
    expect(await alert(page)).toContain(`hid:${SERIAL} was unplugged. The last picture stays`);
  });

  it("opened by the page itself takes a region, and keeps the one it has when it refuses another", async () => {
    usb = await BoardOnUsb.open(IMAGER);
    await plugIntoPage(page, usb);
    await page.reload();
    await page.getByRole("button", { name: "Open a board (USB)" }).click();
    await page.locator("#device-serial", { hasText: "CQD-WEB" }).waitFor();
    await page.locator("#region summary").click();
    await setRegion(page, { x: 16, y: 8, width: 32, height: 24 });
    await page.waitForFunction(() => window.cqd?.image?.width === 32);
    await setRegion(page, { x: 0, y: 0, width: 100, height: 24 });
    await expect
      .poll(() => alert(page))
      .toMatch(/Width: found a region that ends at 100 .*expected at most 64/);
    await framesGoOn(page);
    expect(await shownPicture(page)).toMatchObject({ width: 32, height: 24, offsetX: 16, offsetY: 8 });
    await page.getByRole("button", { name: "Whole sensor" }).click();
    await page.waitForFunction(() => window.cqd?.image?.width === 64);
    expect(await page.getByRole("alert").count()).toBe(0);
  });
});
