import { EXIT_BAD_INPUT, EXIT_DEVICE, EXIT_FAILURE, EXIT_USAGE } from "./exit-codes.ts";

/** An error for the user: the message says all, and the exit code which kind it is. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function usageError(message: string): CommandError {
  return new CommandError(EXIT_USAGE, message);
}

/** Errors that speak for themselves, by the name of their class: rooms below the CLI are not imported for it. */
const EXIT_BY_NAME: ReadonlyMap<string, number> = new Map([
  ["ProfileError", EXIT_BAD_INPUT],
  ["SceneError", EXIT_BAD_INPUT],
  ["DesignError", EXIT_BAD_INPUT],
  ["CalibrationError", EXIT_BAD_INPUT],
  ["FirmwareError", EXIT_BAD_INPUT],
  ["BuildError", EXIT_BAD_INPUT],
  ["ImageError", EXIT_BAD_INPUT],
  ["DeviceNameError", EXIT_BAD_INPUT],
  ["SignalNameError", EXIT_USAGE],
  ["FaultSpecError", EXIT_USAGE],
  ["ExperimentNameError", EXIT_USAGE],
  ["AnalysisError", EXIT_FAILURE],
  ["TraceSizeError", EXIT_BAD_INPUT],
  ["ApplicationError", EXIT_BAD_INPUT],
  ["PortTakenError", EXIT_FAILURE],
  ["CameraError", EXIT_DEVICE],
  ["PacketError", EXIT_DEVICE],
  ["TransportError", EXIT_DEVICE],
  ["UsbIpError", EXIT_DEVICE],
]);

const FILE_PROBLEMS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "does not exist"],
  ["EACCES", "may not be read or written"],
  ["EPERM", "may not be read or written"],
  ["ENOTDIR", "is not in a folder"],
  ["EEXIST", "exists already and is not a folder"],
  ["EISDIR", "is a folder, expected a file"],
  ["ENOSPC", "does not fit: the disk is full"],
  ["EROFS", "lies on a read-only file system"],
]);

interface Described {
  readonly exitCode: number;
  readonly message: string;
}

/** What to print and how to exit for anything that was thrown. */
export function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { exitCode: EXIT_FAILURE, message: String(error) };
  if (error instanceof CommandError) return { exitCode: error.exitCode, message: error.message };
  const exitCode = isWrongRegister(error) ? EXIT_USAGE : EXIT_BY_NAME.get(error.name);
  if (exitCode !== undefined) return { exitCode, message: error.message };
  const file = fileProblem(error);
  if (file) return { exitCode: EXIT_BAD_INPUT, message: file };
  return { exitCode: EXIT_FAILURE, message: `unexpected: ${error.message} (CQD_DEBUG=1 shows where)` };
}

/** A register name or value that the contract does not know: the device was not even asked. */
function isWrongRegister(error: Error): boolean {
  return error.name === "CameraError" && "code" in error && error.code === "register";
}

function fileProblem(error: Error): string | undefined {
  if (!("code" in error && "path" in error)) return undefined;
  const problem = FILE_PROBLEMS.get(String(error.code));
  return problem && `${String(error.path)} ${problem}`;
}
