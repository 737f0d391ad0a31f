import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { cqdJson } from "../../support/cqd.ts";
import { parseVcd } from "../../support/vcd.ts";
import { keepScreenshot, launchBrowser, pixelOnPage, type Visit, visit } from "./browser.ts";
import { pause, pin, pointAt, seriousViolations, step } from "./page-checks.ts";
import { drawnRed, meanOf, pictureOfCamera, shownPicture } from "./picture.ts";
import { textOf } from "./reading.ts";
import { ViewerProcess } from "./viewer-process.ts";

const DEVICE = "sim:inas-imager-64x48";
const CLOCK_HZ = 4e8;

/** The refusal that stands under the header. */
function refusal(page: Page): Promise<string> {
  return page.getByRole("alert").innerText();
}

describe("viewer of an imager in Chromium", () => {
  let browser: Browser;
  let viewer: ViewerProcess;
  let visited: Visit;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cqd-viewer-"));
    [browser, viewer] = await Promise.all([
      launchBrowser(),
      ViewerProcess.start("--device", DEVICE, "--port", "0"),
    ]);
  });
  afterEach(async () => {
    const play = visited.page.getByRole("button", { name: "Play" });
    if (await play.isVisible()) await play.click();
    // One server for all tests: the next one finds it playing.
    await visited.page.waitForFunction(() => window.cqd?.mode === "playing");
    expect(visited.problems.join("\n")).toBe("");
    await visited.page.close();
  });
  afterAll(async () => {
    await browser.close();
    await viewer.interrupt();
    rmSync(folder, { recursive: true });
  });

  async function open(width = 1440, height = 900): Promise<Page> {
    visited = await visit(browser, viewer.url, width, height);
    return visited.page;
  }

  // First: a camera beside it need not take many frames to get to the same one.
  it("shows the camera's picture, its histogram and the lines through the cursor", async () => {
    const page = await open();
    await pause(page);
    const { frameNumber, height, intensityDn, width } = await shownPicture(page);
    expect(intensityDn).toEqual([...(await pictureOfCamera(DEVICE, frameNumber))]);

    const pixel = 17 * width + 40;
    await pointAt(page, pixel);
    const shownRow = () => page.evaluate(() => window.cqd?.plots?.row);
    await expect.poll(shownRow).toEqual(intensityDn.slice(17 * width, 18 * width));
    const plots = await page.evaluate(() => window.cqd?.plots);
    expect(plots!.column).toEqual(Array.from({ length: height }, (_, y) => intensityDn[y * width + 40]!));
    const { counts, maxDn, minDn } = plots!;
    const expected = counts.map(() => 0);
    for (const dn of intensityDn) {
      const bin = Math.floor(((dn - minDn) / (maxDn - minDn)) * counts.length);
      if (bin >= 0 && bin < counts.length) expected[bin]!++;
    }
    expect(counts).toEqual(expected);
    await expect.poll(() => textOf(page, "pixel-intensity")).toBe(`${intensityDn[pixel]!.toFixed(2)} DN`);

    // Grey from 28 to 245 over the colour range; the cursor's mark hides a few pixels.
    const red = await drawnRed(page, width, height);
    const wrong = red.filter((value, i) => {
      const share = Math.min(Math.max((intensityDn[i]! - minDn) / (maxDn - minDn), 0), 1);
      return Math.abs(value - (28 + 217 * share)) > 3;
    });
    expect(wrong.length).toBeLessThan(20);
  });

  it("gives the temporal noise of the pinned pixel over the frames that were shown", async () => {
    const page = await open();
    await pause(page);
    const { width } = await shownPicture(page);
    const pixel = 20 * width + 20;
    await pin(page, pixel);
    const values: number[] = [];
    const stated: number[] = [];
    for (let frame = 0; frame < 4; frame++) {
      await step(page);
      const { intensityDn, sigmaDn } = await shownPicture(page);
      values.push(intensityDn[pixel]!);
      stated.push(sigmaDn[pixel]!);
    }
    const mean = meanOf(values);
    const noise = await page.evaluate(() => window.cqd?.noise);
    expect(noise!.frames).toBe(4);
    expect(noise!.meanDn).toBeCloseTo(mean, 6);
    expect(noise!.sigmaDn).toBeCloseTo(Math.sqrt(meanOf(values.map((dn) => (dn - mean) ** 2)) * (4 / 3)), 6);
    expect(noise!.statedSigmaDn).toBeCloseTo(Math.sqrt(meanOf(stated.map((dn) => dn ** 2))), 6);
    expect(await textOf(page, "series-summary")).toContain(`mean ${mean.toFixed(2)} DN · 4 frames`);
    await page.keyboard.press("Escape");
  });

  it("follows the cursor's row with the waveforms of cqd trace", async () => {
    const page = await open();
    await pause(page);
    const { width } = await shownPicture(page);
    for (const row of [9, 33]) {
      await pointAt(page, row * width + 5);
      await page.waitForFunction((expected) => window.cqd?.timelineRow === expected, row);
    }
    const lanes = (await page.evaluate(() => window.cqd?.timeline)) ?? [];
    const names = lanes.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["row_reset_r33", "row_select_r33", "settle", "ramp"]));

    const out = join(folder, "frame.vcd");
    await cqdJson(["trace", "--device", DEVICE, "--out", out, "--rows", "33", "--signals", names.join(",")]);
    const { changes, timescale } = parseVcd(readFileSync(out, "utf8"));
    expect(timescale).toBe("100 ps");
    const cycleOf = (time: bigint) => (Number(time) / 1e10) * CLOCK_HZ;
    const selected = changes.find(({ name, value }) => name === "row_select_r33" && value === 1);
    const origin = cycleOf(selected!.time);
    const times = lanes.flatMap(({ edges }) => edges.filter((_, i) => i % 2 === 0));
    const [first, last] = [Math.min(...times), Math.max(...times)];
    for (const { edges, name } of lanes) {
      const traced = changes
        .filter((change) => change.name === name)
        .map(({ time, value }) => [cycleOf(time) - origin, value])
        .filter(([cycle]) => cycle! >= first && cycle! <= last);
      expect([name, edges]).toEqual([name, traced.flat()]);
    }
  });

  it("takes a region by fields and by dragging, refuses one outside, and follows its rows", async () => {
    const page = await open();
    await page.locator("#region summary").click();
    await page.locator("#region-width").fill("100");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect
      .poll(() => refusal(page))
      .toMatch(/Width: found a region that ends at 100 .*expected at most 64/);
    await page.waitForFunction(() => window.cqd?.image?.width === 64 && window.cqd.connected);

    for (const [field, value] of Object.entries({ x: 16, y: 8, width: 32, height: 24 }))
      await page.locator(`#region-${field}`).fill(String(value));
    await page.getByRole("button", { name: "Apply" }).click();
    await page.waitForFunction(() => window.cqd?.image?.width === 32);
    expect(await shownPicture(page)).toMatchObject({ width: 32, height: 24, offsetX: 16, offsetY: 8 });
    await pointAt(page, 10 * 32 + 4);
    await page.waitForFunction(() => window.cqd?.timelineRow === 18);
    await expect.poll(() => textOf(page, "pixel-sensor")).toBe("18, 20");

    const [from, to] = [await pixelOnPage(page, 2 * 32 + 3), await pixelOnPage(page, 9 * 32 + 12)];
    await page.keyboard.down("Shift");
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    const fields = ["x", "y", "width", "height"].map((name) => page.locator(`#region-${name}`).inputValue());
    expect(await Promise.all(fields)).toEqual(["19", "10", "10", "8"]);
    await page.getByRole("button", { name: "Whole sensor" }).click();
    await page.waitForFunction(() => window.cqd?.image?.width === 64);
  });

  it("has no serious accessibility violation and fits a phone, all plots included", async () => {
    const page = await open(390, 844);
    await page.locator("#image").click();
    await page.locator("#region summary").click();
    await page.waitForFunction(() => (window.cqd?.noise?.frames ?? 0) > 2);
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    for (const plot of ["image", "timeline", "profiles", "counts", "series"])
      expect((await page.locator(`#${plot}`).boundingBox())?.height).toBeGreaterThan(100);
    await keepScreenshot(page, "imager-phone", true);
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await seriousViolations(page)).toEqual([]);
    await keepScreenshot(page, "imager-desktop");
  });

  // Last: the settings stay with the device.
  it("sets exposure, frame rate and light, and tells why a value is refused", async () => {
    const page = await open();
    const before = await shownPicture(page);
    await page.locator("#exposure").focus();
    await page.keyboard.press("Home");
    await page.waitForFunction((ns) => (window.cqd?.image?.exposureNs ?? ns) < ns / 10, before.exposureNs);
    const short = await shownPicture(page);
    const [meanBefore, meanShort] = [meanOf(before.intensityDn), meanOf(short.intensityDn)];
    const share = short.exposureNs / before.exposureNs;
    expect(Math.abs(meanShort / meanBefore - share)).toBeLessThan(0.02);

    await page.locator("#rate").focus();
    await page.keyboard.press("End");
    await expect.poll(async () => Number.parseFloat(await textOf(page, "rate-value"))).toBeGreaterThan(500);
    await page.locator("#exposure").focus();
    await page.keyboard.press("End");
    await expect
      .poll(() => refusal(page))
      .toMatch(/ExposureTime: found an exposure longer than the frame allows: .* expected at most \d+ ns/);
    await page.locator("#gain").focus();
    await page.keyboard.press("End");
    await expect.poll(() => refusal(page)).toMatch(/Gain: found 16.*expected .*8/s);
    await keepScreenshot(page, "imager-refused");
    const other = await visit(browser, viewer.url);
    await expect.poll(() => textOf(page, "status")).toMatch(/Pages 2$/);
    await other.page.close();
    await expect.poll(() => textOf(page, "status")).toMatch(/Pages 1$/);
    expect(await refusal(page)).toMatch(/Gain: found 16/);

    await page.locator("#light").focus();
    await page.keyboard.press("Home");
    await expect.poll(() => textOf(page, "light-value")).toBe("dark");
    await expect.poll(async () => Math.abs(meanOf((await shownPicture(page)).intensityDn))).toBeLessThan(2);
  });
});
