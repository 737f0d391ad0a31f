import { CommanderError } from "commander";
import { describeError } from "./command-error.ts";
import { EXIT_OK, EXIT_USAGE } from "./exit-codes.ts";
import { buildProgram } from "./program.ts";
import { red } from "./text/terminal.ts";

/** Run `cqd` with these arguments; sets process.exitCode. Never throws and never prints a stack trace for bad input. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(EXIT_OK);
  });
  try {
    const program = await buildProgram(argv);
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  // Commander has printed its message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
  const { exitCode, message } = describeError(error);
  process.stderr.write(`${red("cqd:")} ${message}\n`);
  if (process.env["CQD_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCode;
}
