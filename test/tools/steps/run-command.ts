import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface CommandResult {
  readonly ok: boolean;
  /** What the command printed, without colours. */
  readonly text: string;
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Run a program in the repository root; its output is shown as it comes. A program that is absent is not ok. */
export function runCommand(program: string, args: readonly string[]): Promise<CommandResult> {
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const [stream, out] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
      out.write(chunk);
    });
  }
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ ok: false, text: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, text: text.replace(COLOUR, "") }));
  });
}

/** Is there such a program, and does it accept these arguments? */
export function hasCommand(program: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(program, args, { stdio: "ignore" });
  return new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}
