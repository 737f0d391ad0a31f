import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PIXEL_INVALID, PIXEL_SEVERAL } from "../../hw-profiles/interface/pixel-flags.ts";
import { keepScreenshot, launchBrowser, type Visit, visit } from "./viewer/browser.ts";
import { pause, pin, pointAt, seriousViolations, step } from "./viewer/page-checks.ts";
import {
  countColouredPixels,
  countValidPixels,
  leastPointsWhileTurning,
  readPixel,
  textOf,
} from "./viewer/reading.ts";
import { runToEnd, ViewerProcess } from "./viewer/viewer-process.ts";

/** Small and quick; the default sensor has a test of its own. */
const SMALL = ["--device", "sim:inas-lidar-64x48"];
const GATES = 32;

/** A pixel with a range, near the middle of the image. */
async function validPixel(page: Page): Promise<number> {
  return page.evaluate((mask) => {
    const frame = window.cqd?.frame;
    if (!frame) throw new Error("no frame");
    const middle = (frame.height * frame.width) / 2 + frame.width / 2;
    const found = frame.flags.findIndex((flags, pixel) => pixel >= middle && (flags & mask) === 0);
    if (found < 0) throw new Error("no valid pixel");
    return found;
  }, PIXEL_INVALID);
}

/** Resolves when the middle of the frame is about 3 m away, or when it is not. */
async function wallInTheMiddle(page: Page, isThere: boolean): Promise<void> {
  await page.waitForFunction((wanted) => {
    const frame = window.cqd?.frame;
    if (!frame) return false;
    const rangeM = frame.rangeM[(frame.height / 2) * frame.width + frame.width / 2] ?? 0;
    return Math.abs(rangeM - 3) < 0.2 === wanted;
  }, isThere);
}

describe("viewer in Chromium", () => {
  let browser: Browser;
  let viewer: ViewerProcess;
  let visited: Visit;
  beforeAll(async () => {
    browser = await launchBrowser();
    viewer = await ViewerProcess.start(...SMALL, "--port", "0");
  });
  afterEach(async () => {
    // One server for all tests: the next one finds it playing.
    const play = visited.page.getByRole("button", { name: "Play" });
    if (await play.isVisible()) await play.click();
    await visited.page.waitForFunction(() => window.cqd?.mode === "playing");
    await visited.page.close();
  });
  afterAll(async () => {
    await browser.close();
    await viewer.interrupt();
  });

  async function open(width?: number, height?: number): Promise<Page> {
    visited = await visit(browser, viewer.url, width, height);
    return visited.page;
  }

  it("pauses, steps by one and plays on", async () => {
    const page = await open();
    await pause(page);
    const [frames, number] = await page.evaluate(() => [window.cqd?.frames, window.cqd?.frame?.frameNumber]);
    // Longer than a frame of the running device takes, many times over.
    await page.waitForTimeout(1500);
    expect(await page.evaluate(() => window.cqd?.frames)).toBe(frames);
    await page.getByRole("button", { name: "Step" }).click();
    await page.waitForFunction((before) => window.cqd?.frame?.frameNumber === before, number! + 1);
    await page.waitForFunction(() => window.cqd?.mode === "paused");
    await page.keyboard.press(".");
    await page.waitForFunction((before) => window.cqd?.frame?.frameNumber === before, number! + 2);
    await page.waitForFunction(() => window.cqd?.mode === "paused");
    expect(await page.evaluate(() => window.cqd?.frame?.frameNumber)).toBe(number! + 2);
    // On a button the space bar presses the button.
    await page.locator("#image").focus();
    await page.keyboard.press(" ");
    await page.waitForFunction((before) => (window.cqd?.frame?.frameNumber ?? 0) > before + 3, number!);
    expect(visited.problems.join("\n")).toBe("");
  });

  it("shows the frame's own values under the cursor", async () => {
    const page = await open();
    await pause(page);
    const pixel = await validPixel(page);
    const width = await page.evaluate(() => window.cqd?.frame?.width ?? 1);
    await pointAt(page, pixel);
    const reading = await readPixel(page, pixel);
    await expect.poll(() => textOf(page, "pixel-range")).toBe(`${reading.rangeM.toFixed(3)} m`);
    expect(await textOf(page, "pixel-row")).toBe(String(Math.floor(pixel / width)));
    expect(await textOf(page, "pixel-column")).toBe(String(pixel % width));
    expect(await textOf(page, "pixel-sigma")).toBe(`${(reading.sigmaM * 1000).toFixed(1)} mm`);
    expect(await textOf(page, "pixel-amplitude")).toBe(
      `${Math.round(reading.amplitudeE).toLocaleString("en-US")} e⁻`,
    );
    expect(await textOf(page, "pixel-ambient")).toBe(
      `${Math.round(reading.ambientE).toLocaleString("en-US")} e⁻`,
    );
    expect(await textOf(page, "pixel-xyz")).toBe(
      `${reading.position?.map((m) => m.toFixed(3)).join(", ")} m`,
    );
    expect(Math.hypot(...(reading.position ?? []))).toBeCloseTo(reading.rangeM, 4);
  });

  it("links the cursor from the cloud to the image", async () => {
    const page = await open();
    // Of the frame that the cursor was found in: another one may have no range there.
    await pause(page);
    const box = await page.locator("#cloud").boundingBox();
    await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2);
    for (let step = 0; step < 60 && (await page.evaluate(() => window.cqd?.cursor)) === undefined; step++) {
      await page.mouse.move(box!.x + box!.width * (0.2 + step / 100), box!.y + box!.height * 0.55);
    }
    const cursor = await page.evaluate(() => window.cqd?.cursor);
    expect(cursor).toBeTypeOf("number");
    expect((await readPixel(page, cursor!)).flags & PIXEL_INVALID).toBe(0);
  });

  it("plots the gate samples of a clicked pixel with a waveform that fits", async () => {
    const page = await open();
    const pixel = await validPixel(page);
    await pin(page, pixel);
    await page.waitForFunction((gates) => window.cqd?.gateSamplesE.length === gates, GATES);
    await expect.poll(() => textOf(page, "gates-summary")).toMatch(/^A .* e⁻ · b .* · t₀ .* ns · χ²\/dof/);
    // The page's own waveform against samples that the firmware fitted: 29 degrees of freedom, far below 3.
    await expect.poll(() => page.evaluate(() => window.cqd?.chi2PerDof ?? Number.NaN)).toBeLessThan(3);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => window.cqd?.pinned === undefined);
  });

  it("labels mixed pixels on request, and says what they see", async () => {
    const page = await open();
    await pause(page);
    expect(await page.evaluate(() => window.cqd?.frame?.mixed)).toBeUndefined();
    await page.keyboard.press("x");
    expect(await page.locator("#mixed").getAttribute("aria-pressed")).toBe("true");
    await page.waitForFunction(() => window.cqd?.frame?.mixed !== undefined);
    const pixel = await page.evaluate((several) => {
      const { flags, mixed } = window.cqd?.frame ?? {};
      return flags?.findIndex((flag, i) => (flag & several) !== 0 && (mixed?.farM[i] ?? 0) > 0) ?? -1;
    }, PIXEL_SEVERAL);
    expect(pixel).toBeGreaterThanOrEqual(0);
    const labelled = await page.evaluate(() => window.cqd?.frame?.mixed?.mixedPixels);
    await expect.poll(() => textOf(page, "flag-counts")).toContain(`${labelled} several`);
    await pointAt(page, pixel);
    await expect.poll(() => textOf(page, "pixel-flags")).toContain("several surfaces");
    expect(await textOf(page, "pixel-far")).toMatch(/^[\d.]+ m ± [\d.]+ \w?m, \d+ % of the signal$/);
    await page.getByRole("button", { name: "Mixed" }).click();
    await page.waitForFunction(() => window.cqd?.frame?.mixed === undefined);
    expect(visited.problems.join("\n")).toBe("");
  });

  it("goes by the keyboard alone and has a sheet of the keys", async () => {
    const page = await open();
    await page.keyboard.press("3");
    expect(await page.getByRole("radio", { name: "Amplitude" }).isChecked()).toBe(true);
    await page.locator("#image").focus();
    await page.keyboard.press("ArrowRight");
    const first = await page.evaluate(() => window.cqd?.cursor);
    await page.keyboard.press("Shift+ArrowDown");
    const width = await page.evaluate(() => window.cqd?.frame?.width ?? 1);
    expect(await page.evaluate(() => window.cqd?.cursor)).toBe(first! + 10 * width);
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => window.cqd?.pinned)).toBe(first! + 10 * width);
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog").innerText()).toContain("Play or pause");
    await keepScreenshot(page, "help");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  });

  it("saves the points as PLY", async () => {
    const page = await open();
    await pause(page);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "PLY" }).click();
    const { readFileSync } = await import("node:fs");
    const text = readFileSync(await (await download).path(), "latin1");
    const valid = await countValidPixels(page, PIXEL_INVALID);
    expect(text).toContain(`element vertex ${valid}\n`);
    expect(text.length - text.indexOf("end_header\n") - "end_header\n".length).toBe(valid * 25);
  });

  it("changes exposure and scene", async () => {
    const page = await open();
    await page.locator("#pulses").focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => window.cqd?.frame?.pulsesPerGate === 700);
    await page.locator("#scene").selectOption({ label: "Wall at 3 m" });
    await wallInTheMiddle(page, true);
    expect(await page.evaluate(() => window.cqd?.frame?.pulsesPerGate)).toBe(500);
    await page.locator("#scene").selectOption({ label: "Furnished room" });
    // The next test finds the room, not a device that is just being opened.
    await wallInTheMiddle(page, false);
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("serves two pages at once", async () => {
    const page = await open();
    const second = await visit(browser, viewer.url);
    const before = await page.evaluate(() => window.cqd?.frames ?? 0);
    // The first page lies behind the second one now, where there are no animation frames to poll by.
    const polling = 100;
    await page.waitForFunction((frames) => (window.cqd?.frames ?? 0) > frames + 3, before, { polling });
    await second.page.waitForFunction(() => (window.cqd?.frames ?? 0) > 4);
    await second.page.close();
    expect(visited.problems.join("\n")).toBe("");
  });

  it("has no serious accessibility violation and fits a phone", async () => {
    const page = await open(390, 844);
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.locator("#image").click();
    await page.waitForFunction((gates) => window.cqd?.gateSamplesE.length === gates, GATES);
    await keepScreenshot(page, "phone", true);
    expect(visited.problems.join("\n")).toBe("");
  });
});

describe("viewer with the default sensor", () => {
  it("draws a point for every valid pixel", async () => {
    const browser = await launchBrowser();
    const viewer = await ViewerProcess.start("--port", "0");
    try {
      const { page, problems } = await visit(browser, viewer.url);
      await pause(page);
      await page.waitForFunction(() => window.cqd?.points === window.cqd?.shownPoints);
      const valid = await countValidPixels(page, PIXEL_INVALID);
      expect(valid).toBeGreaterThan(60_000);
      expect(await page.evaluate(() => window.cqd?.points)).toBe(valid);
      expect(await countColouredPixels(page)).toBeGreaterThan(20_000);
      // Chromium draws without a graphics card here: fewer points while the view moves, all when it rests.
      expect(await leastPointsWhileTurning(page)).toBeLessThan(valid / 2);
      await page.waitForFunction((points) => window.cqd?.shownPoints === points, valid);
      await page.keyboard.press("r");
      await page.waitForFunction((points) => window.cqd?.shownPoints === points, valid);
      expect(await seriousViolations(page)).toEqual([]);
      await page.locator("#image").click();
      // The first frame may have been under way before the device heard of the pixel.
      const gatesOfNext = async (): Promise<number> => {
        await step(page);
        return page.evaluate(() => window.cqd?.gateSamplesE.length ?? 0);
      };
      await expect.poll(gatesOfNext).toBe(GATES);
      await keepScreenshot(page, "desktop");
      await page.keyboard.press("5");
      await page.keyboard.press("f");
      await keepScreenshot(page, "all-images");
      expect(problems.join("\n")).toBe("");
    } finally {
      await browser.close();
      expect(await viewer.interrupt()).toBe(0);
    }
  });
});

describe("server that goes and comes back", () => {
  it("is reported, and picked up again by itself", async () => {
    const browser = await launchBrowser();
    let viewer = await ViewerProcess.start(...SMALL, "--port", "0");
    try {
      const { page } = await visit(browser, viewer.url);
      const { port } = viewer;
      await viewer.kill();
      await page.getByText("server gone").waitFor();
      expect(await page.getByRole("alert").innerText()).toContain("The server is gone");
      await keepScreenshot(page, "server-gone");
      viewer = await ViewerProcess.start(...SMALL, "--port", String(port));
      // Frames of the server before may still be on their way: those counted from here on come from the new one.
      await page.locator("#connection", { hasText: /^live$/ }).waitFor();
      const before = await page.evaluate(() => window.cqd?.frames ?? 0);
      await page.waitForFunction((frames) => (window.cqd?.frames ?? 0) > frames + 2, before);
      expect(await page.getByRole("alert").count()).toBe(0);
    } finally {
      await browser.close();
      await viewer.interrupt();
    }
  });
});

describe("cqd view with bad input", () => {
  it("names a port that is taken", async () => {
    const viewer = await ViewerProcess.start(...SMALL, "--port", "0");
    const { code, stderr } = await runToEnd(...SMALL, "--port", String(viewer.port));
    await viewer.interrupt();
    expect(code).not.toBe(0);
    expect(stderr).toContain(`port ${viewer.port} is taken`);
    expect(stderr).not.toContain("    at ");
  });

  it("names a scene that does not exist", async () => {
    const { code, stderr } = await runToEnd(...SMALL, "--port", "0", "--scene", "nowhere.pcd");
    expect(code).not.toBe(0);
    expect(stderr).toContain("nowhere.pcd");
    expect(stderr).not.toContain("    at ");
  });
});
