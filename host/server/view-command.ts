import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { CommandError } from "../cli/command-error.ts";
import { chipDeviations } from "../cli/device/deviation-option.ts";
import { calibrationOf } from "../cli/device/device-options.ts";
import { EXIT_BAD_INPUT } from "../cli/exit-codes.ts";
import { packageRoot } from "../cli/package-version.ts";
import { wholeNumber } from "../cli/parse-value.ts";
import type { ChipDeviation } from "../open-camera.ts";
import { DEFAULT_PORT } from "./listen.ts";

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
  readonly port?: number;
  readonly open?: true;
  /** Folder to write the page to, instead of serving it. */
  readonly static?: string;
  readonly json?: true;
}

const DEFAULT_DEVICE = "sim:inas-lidar-320x240";
const MAX_THREADS = 256;
const MAX_PORT = 65_535;

const HELP = `
Examples:
  cqd view                                          furnished room, port ${DEFAULT_PORT} or any free one
  cqd view --scene office.pcd --scene scans/        these scenes to choose from, the first one shown
  cqd view --device sim:pbs-lidar-320x240 --port 9000 --open
  cqd view --static public                          the page as files, for boards on USB; any web server gives them
  cqd view --faults drop:1e-3,corrupt:1e-3          a link that loses and damages reports
  cqd view --deviation tau=1.1,pulse=2ns --calibration calibration.json

The server listens on 127.0.0.1 alone and ends with Ctrl-C. JSON: one line {"url", "port", "device", "scene"}.`;

/** \`cqd view\`: serve the live viewer until Ctrl-C. */
export function viewCommand(): Command {
  return new Command("view")
    .description("show live frames in the browser")
    .option("--device <name>", "sim:PROFILE or sim:FILE.json; see cqd list", DEFAULT_DEVICE)
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
    .option("--port <n>", "port on 127.0.0.1; 0 = any free one", wholeNumber(0, MAX_PORT))
    .option("--open", "open the page in the browser")
    .option(
      "--static <dir>",
      "write the page into this folder and end: it opens boards on USB without a server",
    )
    .option("--json", "one JSON object when the viewer is ready")
    .addHelpText("after", HELP)
    .action((options: ViewOptions) => view(options));
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function view(options: ViewOptions): Promise<void> {
  const pageFolder = join(packageRoot(), "build", "viewer");
  if (options.static !== undefined) return writePage(pageFolder, options.static);
  const [{ ViewerServer }, { SimulatedSource }] = await Promise.all([
    import("./viewer-server.ts"),
    import("./simulated-source.ts"),
  ]);
  const profile = simulatedProfile(options.device);
  const { scene: scenes, seed, threads, firmware, flashFile, deviation, faults } = options;
  const chip = { deviation, ...(await calibrationOf(options)) };
  const board = { firmware, flashFile, faults, ...chip };
  const source = new SimulatedSource({ profile, scenes, seed, threads, ...board });
  const server = new ViewerServer({
    source,
    profileId: profile,
    sceneId: source.scenes[0]!.id,
    pageFolder,
    port: options.port,
  });
  try {
    await server.start();
  } catch (error) {
    throw asBadInput(error);
  }
  announce(server.url, options, source.scenes[0]!.sceneText);
  if (options.open) (await import("./open-browser.ts")).openBrowser(server.url);
  await interrupted();
  await server.close();
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

function simulatedProfile(device: string): string {
  const [kind, ...rest] = device.split(":");
  const profile = rest.join(":") || DEFAULT_DEVICE.slice("sim:".length);
  if (kind === "sim") return profile;
  const message = `device: found "${device}", expected sim:PROFILE for the viewer; \`cqd list\` shows what there is`;
  throw new CommandError(EXIT_BAD_INPUT, message);
}

/** What a simulated device throws while it opens, without a class of its own, is about what it was given. */
function asBadInput(error: unknown): unknown {
  const isPlain = error instanceof Error && (error.name === "Error" || error.name === "RangeError");
  return isPlain && !("code" in error) ? new CommandError(EXIT_BAD_INPUT, error.message) : error;
}

function announce(url: string, options: ViewOptions, scene: string): void {
  const { device } = options;
  const line = options.json
    ? JSON.stringify({ url, port: Number(new URL(url).port), device, scene })
    : `cqd-readout viewer: ${url}`;
  process.stdout.write(`${line}\n`);
}

/** Resolves on Ctrl-C or when the process is asked to end. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}
