import { runCommand } from "./run-command.ts";
import type { Tally } from "./tally.ts";

/** What as-pect's summary says: "[Tests]: 23 / 23", passed of all. */
export function readAsPectSummary(text: string): Tally {
  const counts = /\[Tests\]:\s*(\d+)\s*\/\s*(\d+)/.exec(text);
  const passed = Number(counts?.[1] ?? 0);
  return { passed, failed: Number(counts?.[2] ?? 0) - passed, skipped: 0 };
}

/** Unit tests of the firmware in its own language (as-pect). No tests at all is a failure. */
export async function firmwareTests(): Promise<Tally> {
  const { ok, text } = await runCommand("npm", ["run", "--silent", "test:firmware"]);
  const tally = readAsPectSummary(text);
  const silent = tally.failed === 0 && (!ok || tally.passed === 0);
  return silent ? { ...tally, failed: 1 } : tally;
}
