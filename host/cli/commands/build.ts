import { Command, Option } from "commander";
import { LOGIC_MODES, LOGIC_TARGETS, type LogicMode, type LogicTarget } from "../../logic/logic-options.ts";
import { TEMPLATES, type Template } from "../../logic/new-project.ts";
import { usageError } from "../command-error.ts";
import { releaseOptions } from "../image/release-options.ts";
import type { BuildOptions } from "../logic/build-run.ts";
import { printJson, printLine } from "../text/terminal.ts";

const HELP = `
Examples:
  cqd build --new my-camera                    start from one stage of your own (a range-gated camera)
  cqd build --new my-logic --template logic    start from a whole readout logic
  cqd build my-camera --run                    compile, check, one frame on the simulated board
  cqd stream --firmware my-camera/readout.wasm --frames 3
  cqd build my-camera -o logic.cqdi --version 1.2.0 --security-counter 3 --key release.pem
  cqd build my-logic.ts --target scalar --mode lidar -o logic.cqdi

SRC is a folder, or a file. Files of SRC/firmware stand in for those of the package's firmware/ with the same path; all others
are the package's. A file that is in no folder "firmware" stands in for firmware/index.ts.
--out FILE.cqdi writes a signed image for flashing, any other name the bare module.
--mode lidar or imaging leaves out what the other kind of sensor needs (ONLY_MODE); the image says what the module can do, and a
board whose sensor needs the other mode refuses it.

JSON: {"out", "target", "mode", "bytes", "sha256", "sources", "modes", "image": see cqd image info, "run": {"device", "width",
"height", "pixelsWithRange", "nearestM", "farthestM"}}.`;

export function buildCommand(): Command {
  const command = new Command("build")
    .description("compile a readout logic of your own, check it as the board does, try it, sign it")
    .argument("<src>", "folder of the project, or a file of AssemblyScript")
    .option("-o, --out <file>", "what to write: FILE.cqdi or FILE.wasm (default: readout.wasm in the folder)")
    .addOption(
      new Option("--target <target>", "with vector instructions, or for a microcontroller without")
        .choices(LOGIC_TARGETS)
        .default("simd" satisfies LogicTarget),
    )
    .addOption(
      new Option("--mode <mode>", "for both kinds of sensor, or one alone")
        .choices(LOGIC_MODES)
        .default("both" satisfies LogicMode),
    );
  return releaseOptions(command)
    .option("--run [profile]", "run one frame on a simulated LiDAR (default: inas-lidar-64x48)")
    .option("--scene <scene>", "what it looks at", "room")
    .option("--new", "make the folder from a template instead")
    .addOption(
      new Option("--template <name>", "with --new")
        .choices(Object.keys(TEMPLATES))
        .default("stage" satisfies Template),
    )
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(build);
}

async function build(source: string, options: BuildOptions, command: Command): Promise<void> {
  if (!options.new && command.getOptionValueSource("template") === "cli")
    throw usageError("found --template without --new, which it goes with");
  const { buildProject, isImageFile, startProject } = await import("../logic/build-run.ts");
  const { printBuild } = await import("../logic/print-build.ts");
  if (options.new) {
    await startProject(source, options.template);
    if (options.json) printJson({ project: source, template: options.template });
    else printLine(`${source}: made; edit ${source}/firmware, then: cqd build ${source} --run`);
    return;
  }
  if (!isImageFile(options.out ?? "")) refuseReleaseOptions(options);
  const summary = await buildProject(source, options);
  if (options.json) printJson(summary);
  else printBuild(summary);
}

/** They are written into an image; a bare module has no place for them. */
function refuseReleaseOptions({ key, securityCounter, version }: BuildOptions): void {
  const given = { "--version": version, "--security-counter": securityCounter, "--key": key };
  const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (name === undefined) return;
  throw usageError(`found ${name} without an image, expected --out FILE.cqdi with it`);
}
