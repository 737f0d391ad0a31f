import { watch } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { StreamInterface } from "../../open-camera.ts";
import { LogicFlasher } from "../../server/flash-watch.ts";
import { openSource } from "../../server/open-source.ts";
import { ViewerServer } from "../../server/viewer-server.ts";
import { sayAside, sayLink } from "../device/device-options.ts";
import { signingKeyOf } from "../image/key-files.ts";
import { packageRoot } from "../package-version.ts";
import { interrupted } from "../stream/interrupt.ts";
import { printJson, printLine } from "../text/terminal.ts";

export interface WatchOptions {
  readonly device: string;
  readonly scene: string;
  readonly streamInterface?: StreamInterface;
  readonly port?: number;
  /** File of the private key. */
  readonly key?: string;
  readonly open?: true;
  readonly json?: true;
}

/** Editors write a file in several steps. */
const SETTLE_MS = 150;

/** Serve the viewer, and flash the source now and at every save, until Ctrl-C. */
export async function watchLogic(source: string, options: WatchOptions): Promise<void> {
  const { device, port, scene, streamInterface } = options;
  const watched = await watchedFolder(source);
  const key = await signingKeyOf(options.key);
  const simulation = { scenes: [scene], seed: 1, threads: 0, firmware: "simd" };
  const first = await openSource({ device, ...simulation, streamInterface, onNotice: sayAside });
  const pageFolder = join(packageRoot(), "build", "viewer");
  const server = new ViewerServer({ ...first, pageFolder, port, onLink: sayLink(device) });
  await server.start();
  const ending = interrupted();
  say(options, `viewer: ${server.url}`, { url: server.url });
  if (options.open) (await import("../../server/open-browser.ts")).openBrowser(server.url);
  const flasher = new LogicFlasher(server, source, packageRoot(), key);
  const saves = new Saves(() => flashOnce(flasher, options));
  const watcher = watch(watched, { recursive: true }, () => saves.saved());
  // A folder inside that went away while it was looked at: what is there now is built.
  watcher.on("error", () => saves.saved());
  saves.saved();
  await ending;
  watcher.close();
  await saves.end();
  await server.close();
}

/** A folder outlives its files, which editors replace. */
async function watchedFolder(source: string): Promise<string> {
  return (await stat(source)).isDirectory() ? source : dirname(resolve(source));
}

async function flashOnce(flasher: LogicFlasher, options: WatchOptions): Promise<void> {
  try {
    const { restartCycles, sent } = await flasher.update();
    const text = `flashed: slot ${sent.slot}, ${sent.sentBytes} bytes sent, no frame for ${restartCycles} cycles; confirmed`;
    say(options, text, { flashed: { slot: sent.slot, sentBytes: sent.sentBytes, restartCycles } });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say(options, `not flashed: ${message}`, { failed: message });
  }
}

function say({ json }: WatchOptions, text: string, value: object): void {
  if (json) printJson(value);
  else printLine(text);
}

/** One run for all saves that come while nothing runs, and one more for those that come meanwhile. */
class Saves {
  readonly #work: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isDue = false;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  saved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), SETTLE_MS);
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isDue = false;
    await this.#running;
  }

  #start(): void {
    if (this.#running !== undefined) {
      this.#isDue = true;
      return;
    }
    this.#running = this.#work().finally(() => {
      this.#running = undefined;
      if (!this.#isDue) return;
      this.#isDue = false;
      this.#start();
    });
  }
}
