import { runCommand } from "./run-command.ts";
import type { Tally } from "./tally.ts";

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1] ?? 0), 0);
}

/** Unit tests of the firmware in its own language (as-pect). */
export async function firmwareTests(): Promise<Tally> {
  const { ok, text } = await runCommand("npm", ["run", "--silent", "test:firmware"]);
  const passed = count(text, /(\d+) pass/g);
  const failed = count(text, /(\d+) fail/g);
  return { passed, failed: !ok && failed === 0 ? 1 : failed, skipped: 0 };
}
