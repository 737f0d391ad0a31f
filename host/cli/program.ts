import { Command } from "commander";
import { attachCommand, detachCommand } from "./commands/attach.ts";
import { benchCommand } from "./commands/bench.ts";
import { buildCommand } from "./commands/build.ts";
import { calibrateCommand } from "./commands/calibrate.ts";
import { captureCommand } from "./commands/capture.ts";
import { designCommand } from "./commands/design.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { flashCommand } from "./commands/flash.ts";
import { flatFieldCommand } from "./commands/flat-field.ts";
import { heartRateCommand } from "./commands/heart-rate.ts";
import { imageCommand } from "./commands/image.ts";
import { infoCommand } from "./commands/info.ts";
import { listCommand } from "./commands/list.ts";
import { powerCommand } from "./commands/power.ts";
import { profileCommand } from "./commands/profile.ts";
import { regCommand } from "./commands/reg.ts";
import { serveCommand } from "./commands/serve.ts";
import { streamCommand } from "./commands/stream.ts";
import { traceCommand } from "./commands/trace.ts";
import { EXIT_CODE_HELP } from "./exit-codes.ts";
import { packageVersion } from "./package-version.ts";

const EXAMPLES = `
Examples:
  cqd view                                        live viewer on the default simulated camera
  cqd stream --frames 5 --truth                   five frames, compared with the truth
  cqd stream --scene office.pcd --frames 5 --seed 7 --truth --json
  cqd info --device sim:pbs-lidar-320x240         what a camera is and how fast it runs
  cqd profile lint my-sensor.json                 check a sensor document

${EXIT_CODE_HELP}

NO_COLOR turns colours off. CQD_DEBUG=1 shows where an unexpected error came from.`;

/** The whole command line. Commands load what they need when they run, so that --help is quick. */
export async function buildProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command("cqd")
    .description("Readout and simulation of colloidal-quantum-dot image sensors and LiDARs")
    .version(packageVersion())
    // Options of the program stand before the command: `build --version` is the image's.
    .enablePositionalOptions()
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("(cqd --help lists commands and examples)")
    .exitOverride();
  const view = await viewCommand(argv);
  const commands = [
    listCommand(),
    infoCommand(),
    streamCommand(),
    captureCommand(),
    calibrateCommand(),
    traceCommand(),
    heartRateCommand(),
    flatFieldCommand(),
    powerCommand(),
    view,
    regCommand(),
    profileCommand(),
    buildCommand(),
    imageCommand(),
    flashCommand(),
    serveCommand(),
    attachCommand(),
    detachCommand(),
    doctorCommand(),
    benchCommand(),
    designCommand(),
  ];
  for (const command of commands) program.addCommand(inherit(command));
  return program;
}

/** Sub-commands throw, as the program does, instead of ending the process. */
function inherit(command: Command): Command {
  command.exitOverride().showHelpAfterError(`(cqd ${command.name()} --help shows options and examples)`);
  for (const child of command.commands) inherit(child);
  return command;
}

/** The viewer's server is loaded only when it is meant. */
async function viewCommand(argv: readonly string[]): Promise<Command> {
  if (!argv.includes("view")) return new Command("view").description("show live frames in the browser");
  const module = await import("../server/view-command.ts");
  return module.viewCommand();
}
