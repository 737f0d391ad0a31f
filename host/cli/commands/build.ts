import { Command, Option } from "commander";
import { TEMPLATES, type Template } from "../../logic/new-project.ts";
import { usageError } from "../command-error.ts";
import type { BuildOptions } from "../logic/build-run.ts";
import { printJson, printLine } from "../text/terminal.ts";

const HELP = `
Examples:
  cqd build --new my-camera                    start from one stage of your own (a range-gated camera)
  cqd build --new my-logic --template logic    start from a whole readout logic
  cqd build my-camera --run                    compile, check, one frame on the simulated board
  cqd stream --firmware my-camera/readout.wasm --frames 3

Files of DIR/firmware stand in for those of the package's firmware/ with the same path; all others are the package's.

JSON: {"out", "target", "bytes", "sha256", "sources", "run": {"device", "width", "height", "pixelsWithRange", "nearestM",
"farthestM"}}.`;

export function buildCommand(): Command {
  return new Command("build")
    .description("compile a readout logic of your own, check it as the board does, try it")
    .argument("<dir>", "folder of the project")
    .option("--out <file>", "module to write (default: readout.wasm in the folder)")
    .option("--scalar", "for a microcontroller without vector instructions")
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

async function build(project: string, options: BuildOptions, command: Command): Promise<void> {
  if (!options.new && command.getOptionValueSource("template") === "cli")
    throw usageError("found --template without --new, which it goes with");
  const { buildProject, startProject } = await import("../logic/build-run.ts");
  const { printBuild } = await import("../logic/print-build.ts");
  if (options.new) {
    await startProject(project, options.template);
    if (options.json) printJson({ project, template: options.template });
    else printLine(`${project}: made; edit ${project}/firmware, then: cqd build ${project} --run`);
    return;
  }
  const summary = await buildProject(project, options);
  if (options.json) printJson(summary);
  else printBuild(summary);
}
