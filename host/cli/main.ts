import { CommanderError } from "commander";
import { describeError } from "./command-error.ts";
import { EXIT_OK, EXIT_USAGE } from "./exit-codes.ts";
import { buildProgram } from "./program.ts";
import { red } from "./text/terminal.ts";

/** Run `cqd` with these arguments; sets process.exitCode. Never throws and never prints a stack trace for bad input. */
export async function main(argv: readonly string[]): Promise<void> {
  // Once, however often a program calls this.
  process.stdout.off("error", onOutputError).on("error", onOutputError);
  try {
    const program = await buildProgram(argv);
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** A reader that has seen enough (`| head`) is no failure. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT_OK);
}

function report(error: unknown): number {
  // Commander has printed its message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
  const { exitCode, message } = describeError(error);
  process.stderr.write(`${red("cqd:")} ${message}\n`);
  if (process.env["CQD_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCode;
}
