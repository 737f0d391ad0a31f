import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { CommandError } from "../cli/command-error.ts";
import { chipDeviations } from "../cli/device/deviation-option.ts";
import {
  calibrationOf,
  DEFAULT_DEVICE,
  sayAside,
  sayLink,
  streamInterfaceOption,
} from "../cli/device/device-options.ts";
import { refuseSimulatedOnly } from "../cli/device/simulated-only.ts";
import { EXIT_BAD_INPUT } from "../cli/exit-codes.ts";
import { packageRoot } from "../cli/package-version.ts";
import { wholeNumber } from "../cli/parse-value.ts";
import { interrupted } from "../cli/stream/interrupt.ts";
import type { ChipDeviation, StreamInterface } from "../open-camera.ts";
import { DEFAULT_PORT } from "./listen.ts";
import type { SourceOptions } from "./open-source.ts";

interface ViewOptions {
  readonly device: string;
  readonly scene: readonly string[];
  readonly seed: number;
  readonly threads: number;
  readonly firmware: string;
  readonly flashFile?: string;
  readonly deviation?: Partial<ChipDeviation>;
  /** Path of a calibration file. */
  readonly calibration?: string;
  readonly faults?: string;
  readonly streamInterface?: StreamInterface;
  readonly port?: number;
  readonly open?: true;
  /** Folder to write the page to, instead of serving it. */
  readonly static?: string;
  readonly json?: true;
}

const MAX_THREADS = 256;
const MAX_PORT = 65_535;

const HELP = `
Examples:
  cqd view                                          furnished room, port ${DEFAULT_PORT} or any free one
  cqd view --scene office.pcd --scene scans/        these scenes to choose from, the first one shown
  cqd view --device sim:pbs-lidar-320x240 --port 9000 --open
  cqd view --device hid:SERIAL                      the board on USB with this serial number
  cqd view --static public                          the page as files, for boards on USB; any web server gives them
  cqd view --faults drop:1e-3,corrupt:1e-3          a link that loses and damages reports
  cqd view --deviation tau=1.1,pulse=2ns --calibration calibration.json

The server listens on 127.0.0.1 alone and ends with Ctrl-C. A board on USB that is unplugged is waited for, and goes on with its
settings when it is back; while it is shown no other program can have it.

JSON: one line {"url", "port", "device", "scene"}; no scene for a board on USB.`;

/** \`cqd view\`: serve the live viewer until Ctrl-C. */
export function viewCommand(): Command {
  return new Command("view")
    .description("show live frames in the browser")
    .option("--device <name>", "sim:PROFILE, sim:FILE.json or hid:SERIAL; see cqd list", DEFAULT_DEVICE)
    .option(
      "--scene <scene>",
      "room, wall:range=3, a scene file or a folder of them; may be repeated",
      collect,
      [],
    )
    .option("--seed <n>", "seed of the temporal noise", wholeNumber(0), 1)
    .option(
      "--threads <n>",
      "worker threads of the simulation, 0 = none; changes no byte",
      wholeNumber(0, MAX_THREADS),
      availableParallelism(),
    )
    .option("--firmware <which>", "readout module: simd, scalar or the path of a .wasm file", "simd")
    .option("--flash-file <file>", "keep the flash of the board in this file; see docs/flash.md")
    .option(
      "--deviation <list>",
      "what the chip of the simulated LiDAR deviates in from its profile: tau=1.1,pulse=2ns,gate=200ps,...; see docs/calibration.md",
      chipDeviations,
    )
    .option("--calibration <file>", "apply a file of cqd calibrate tof, made on this device")
    .option(
      "--faults <spec>",
      "break the link on purpose: drop@120,corrupt:1e-3,stall@3000=1s,...; see docs/faults.md",
    )
    .addOption(streamInterfaceOption())
    .option("--port <n>", "port on 127.0.0.1; 0 = any free one", wholeNumber(0, MAX_PORT))
    .option("--open", "open the page in the browser")
    .option(
      "--static <dir>",
      "write the page into this folder and end: it opens boards on USB without a server",
    )
    .option("--json", "one JSON object when the viewer is ready")
    .addHelpText("after", HELP)
    .action(async (options: ViewOptions, command: Command) => {
      refuseSimulatedOnly(options.device, command);
      await view(options);
    });
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function view(options: ViewOptions): Promise<void> {
  const pageFolder = join(packageRoot(), "build", "viewer");
  if (options.static !== undefined) return writePage(pageFolder, options.static);
  const [{ ViewerServer }, { openSource }] = await Promise.all([
    import("./viewer-server.ts"),
    import("./open-source.ts"),
  ]);
  const { device, port } = options;
  try {
    const { sceneText, ...first } = await openSource(await sourceOptions(options));
    const server = new ViewerServer({ ...first, pageFolder, port, onLink: sayLink(device) });
    await server.start();
    // Whoever reads that it is ready may end it at once.
    const end = interrupted();
    announce(server.url, options, sceneText);
    if (options.open) (await import("./open-browser.ts")).openBrowser(server.url);
    await end;
    await server.close();
  } catch (error) {
    throw asBadInput(error);
  }
}

async function sourceOptions(options: ViewOptions): Promise<SourceOptions> {
  const { deviation, device, faults, firmware, flashFile, scene, seed, streamInterface, threads } = options;
  const simulated = { scenes: scene, seed, threads, firmware, flashFile, deviation };
  const link = { faults, streamInterface, onNotice: sayAside };
  return { device, ...simulated, ...link, ...(await calibrationOf(options)) };
}

async function writePage(pageFolder: string, folder: string): Promise<void> {
  const { loadStaticFiles } = await import("./static-files.ts");
  const { cp } = await import("node:fs/promises");
  // Says what to do when the page has not been built.
  loadStaticFiles(pageFolder);
  await cp(pageFolder, folder, { recursive: true });
  process.stdout.write(
    `page: ${join(folder, "index.html")}; serve the folder by https, or on this computer\n`,
  );
}

/** What a simulated device throws while it opens, without a class of its own, is about what it was given. */
function asBadInput(error: unknown): unknown {
  const isPlain = error instanceof Error && (error.name === "Error" || error.name === "RangeError");
  return isPlain && !("code" in error) ? new CommandError(EXIT_BAD_INPUT, error.message) : error;
}

function announce(url: string, options: ViewOptions, scene: string | undefined): void {
  const { device } = options;
  const line = options.json
    ? JSON.stringify({ url, port: Number(new URL(url).port), device, scene })
    : `cqd-readout viewer: ${url}`;
  process.stdout.write(`${line}\n`);
}
