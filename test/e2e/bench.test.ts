import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BenchResult } from "../../host/bench/bench-result.ts";
import { EXPERIMENTS } from "../../host/bench/experiments/all.ts";
import { cqd } from "../support/cqd.ts";

const folder = mkdtempSync(join(tmpdir(), "cqd-bench-"));
/** Longest wait for the page, ms. */
const PATIENCE_MS = 120_000;
const CHROMIUM = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
let browser: Browser;
let results: BenchResult[];

/** The whole bench, cameras included: about 20 s of processor time. */
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox"],
    timeout: PATIENCE_MS,
  });
  const { stdout, stderr, code } = await cqd(["bench", "--json", "--out", folder]);
  expect(code, stderr).toBe(0);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Partial<BenchResult>);
  results = lines.filter((line): line is BenchResult => line.quantity !== undefined);
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

describe("the whole bench", () => {
  it("has results of every experiment, and all agree", () => {
    expect([...new Set(results.map(({ experiment }) => experiment))]).toEqual(
      EXPERIMENTS.map(({ name }) => name),
    );
    expect(results.length).toBeGreaterThan(330);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  });

  it.each([
    ["imec-3t-768x512", 0.4, 5, 768, 512],
    ["st-swir-640x480", 0.6, 1.62, undefined, undefined],
    ["emberion-640x512", 0.2, 20, 640, 512],
    ["hgte-1280x1024", 0.14, 15, 1280, 1024],
  ])("%s: EQE through the camera, pitch and size", (sensor, eqe, pitchUm, width, height) => {
    const read = (quantity: string) =>
      results.find((result) => result.subject === sensor && result.quantity === quantity);
    expect(read("eqe")).toMatchObject({ paper: eqe, kind: "derived", ok: true });
    expect(read("pitch")).toMatchObject({ paper: pitchUm, simulated: pitchUm, kind: "input" });
    expect(read("width")?.simulated).toBe(width);
    expect(read("height")?.simulated).toBe(height);
  });
});

describe("its page", () => {
  async function open(
    width: number,
    colorScheme: "light" | "dark",
  ): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    page.setDefaultTimeout(PATIENCE_MS);
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
    return { page, problems };
  }

  it.each([
    [1440, "light"],
    [390, "dark"],
  ] as const)("%i px wide, %s: nothing sticks out, every figure is drawn", async (width, scheme) => {
    const { page, problems } = await open(width, scheme);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    const figures = await page.locator("figure").count();
    expect(figures).toBeGreaterThan(40);
    expect(await page.locator("figure svg .frame").count()).toBe(figures);
    expect(await page.content()).not.toMatch(/NaN|undefined/);
    expect(problems.join("\n")).toBe("");
    await page.close();
  });

  it("reads out, zooms and switches series", async () => {
    const { page, problems } = await open(1440, "light");
    const figure = page.locator("#superlattice figure").first();
    const svg = figure.locator("svg");
    await svg.scrollIntoViewIfNeeded();
    const box = (await svg.boundingBox())!;
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    const point = (await figure.locator("circle.dot").nth(3).boundingBox())!;
    await page.mouse.move(point.x + 2, point.y + 2);
    const readout = () => figure.locator(".readout").textContent();
    await expect.poll(readout).toMatch(/^C3DT: layers 4 , shift -\d+\.\d+ meV$/);
    const before = await svg.innerHTML();
    await page.mouse.move(...at(0.3, 0.2));
    await page.mouse.down();
    await page.mouse.move(...at(0.7, 0.7));
    await page.mouse.up();
    await expect.poll(() => svg.innerHTML()).not.toBe(before);
    await svg.dblclick({ position: { x: box.width / 2, y: box.height / 2 } });
    const curves = () => figure.locator("svg polyline").count();
    await expect.poll(curves).toBe(2);
    await figure.locator("button").first().click();
    await expect.poll(curves).toBe(1);
    expect(await figure.locator("button").first().getAttribute("aria-pressed")).toBe("false");
    expect(problems.join("\n")).toBe("");
    await page.close();
  });

  it("saves a figure as PNG and SVG", async () => {
    const { page, problems } = await open(1440, "light");
    const saved = async (kind: string) => {
      const waiting = page.waitForEvent("download");
      await page.locator(`#noise figure button[data-save=${kind}]`).first().click();
      const download = await waiting;
      const path = join(folder, download.suggestedFilename());
      await download.saveAs(path);
      return readFileSync(path);
    };
    const png = await saved("png");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    // Width in the header: twice the 640 px of a file.
    expect(png.readUInt32BE(16)).toBe(1280);
    expect(png.length).toBeGreaterThan(20_000);
    expect((await saved("svg")).toString()).toMatch(/^<svg xmlns=.*<polyline class="line"/s);
    expect(problems.join("\n")).toBe("");
    await page.close();
  });
});
