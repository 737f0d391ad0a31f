import { runCommand } from "./run-command.ts";
import type { Tally } from "./tally.ts";

/** The last line of npm run test:usb; undefined when it did not come so far. */
export function readSummary(text: string): Tally | undefined {
  const counts = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(text);
  if (counts === null) return undefined;
  return { passed: Number(counts[1]), failed: Number(counts[2]), skipped: Number(counts[3]) };
}

/** The simulated board on the USB stack of a real kernel, in an emulated machine. */
export async function usbTests(): Promise<Tally> {
  const { ok, text } = await runCommand("npm", ["run", "--silent", "test:usb"]);
  const failures = text.match(/^not ok .*$/gm) ?? [];
  const tally = { ...(readSummary(text) ?? { passed: 0, failed: 1, skipped: 0 }), failures };
  return !ok && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
