import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `cqd` as a user would, in a process of its own. */
export function cqd(args: readonly string[], timeoutMs = 240_000): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`${root}host/cli/cqd.mjs`, ...args],
      { cwd: root, timeout: timeoutMs, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}

/** The JSON objects that a command with --json prints, one a line. Throws with the command's own words if it failed. */
export async function cqdJson(args: readonly string[]): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await cqd([...args, "--json"]);
  if (code !== 0) throw new Error(`cqd ${args.join(" ")} ended with ${code}: ${stderr}${stdout}`);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A real scan beside the repository, or undefined; tests that need it say so. */
export function sharedScan(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
  return existsSync(path) ? path : undefined;
}
