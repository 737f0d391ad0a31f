import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

export const OUTPUT = fileURLToPath(new URL("../../../test-output/", import.meta.url));

/** Chromium with software rendering. Throws with what to do when there is none. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`found no ${CHROMIUM}, expected Chromium; install it or set CHROMIUM_PATH`);
  }
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS, timeout: PATIENCE_MS });
}

/** Longest wait for the page, ms: it draws by software on a machine that does other things as well. */
export const PATIENCE_MS = 120_000;

export interface Visit {
  readonly page: Page;
  /** Errors of the page: exceptions, console errors, violations of the content security policy. */
  readonly problems: string[];
}

export async function visit(browser: Browser, url: string, width = 1280, height = 720): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width, height } });
  page.setDefaultTimeout(PATIENCE_MS);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(url);
  await page.waitForFunction(() => (window.cqd?.frames ?? 0) >= 2);
  return { page, problems };
}

/** A picture of the page, kept as output of the test run. */
export async function keepScreenshot(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: `${OUTPUT}viewer-${name}.png`, fullPage });
}

/** Where a pixel of the frame is on the page, by the image's layout (one image shown). */
export async function pixelOnPage(page: Page, pixel: number): Promise<{ x: number; y: number }> {
  const box = await page.locator("#image").boundingBox();
  const frame = await page.evaluate(() => {
    const { width = 1, height = 1 } = window.cqd?.frame ?? window.cqd?.image ?? {};
    return { width, height };
  });
  if (!box) throw new Error("the image is not on the page");
  const gap = 8;
  const scale = Math.min((box.width - 2 * gap) / frame.width, (box.height - 2 * gap) / frame.height);
  const left = box.x + (box.width - Math.floor(frame.width * scale)) / 2;
  const top = box.y + (box.height - Math.floor(frame.height * scale)) / 2;
  return {
    x: left + ((pixel % frame.width) + 0.5) * scale,
    y: top + (Math.floor(pixel / frame.width) + 0.5) * scale,
  };
}
