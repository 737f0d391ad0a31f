import { depthLidar } from "../../faults/support/configuration.ts";
import { ALL_FAULTS, LongRun, type LongRunFigures } from "../../faults/support/long-run.ts";
import { liveBytes } from "../../faults/support/memory.ts";

/** Start-up: compiled code and caches settle. */
const WARM_MS = 15_000;
const SAMPLE_MS = 15_000;

export interface StreamFigures extends LongRunFigures {
  readonly title: string;
  readonly minutes: number;
  readonly seed: number;
  /** Live bytes after a collection: first sample, largest and last. */
  readonly firstBytes: number;
  readonly largestBytes: number;
  readonly lastBytes: number;
  readonly samples: number;
}

/** Stream the test LiDAR for so many minutes of wall time. */
export async function streamFor(minutes: number, seed: number): Promise<StreamFigures> {
  const under = depthLidar();
  const run = await LongRun.open(under, `${ALL_FAULTS},seed=${seed}`);
  const bytes: number[] = [];
  const startMs = performance.now();
  let sampleMs = startMs + Math.min(WARM_MS, (minutes * 60_000) / 4);
  const onFrame = () => {
    if (performance.now() < sampleMs) return;
    sampleMs += SAMPLE_MS;
    bytes.push(liveBytes());
    const { reports } = run;
    const passed = ((performance.now() - startMs) / 60_000).toFixed(1);
    process.stderr.write(`\r${passed} of ${minutes} min, ${reports} reports, ${mib(bytes.at(-1) ?? 0)} MiB `);
  };
  await run.run(() => performance.now() - startMs > minutes * 60_000, onFrame);
  bytes.push(liveBytes());
  process.stderr.write("\n");
  const figures = run.figures();
  await run.close();
  return {
    ...figures,
    title: under.title,
    minutes,
    seed,
    firstBytes: bytes[0] ?? 0,
    largestBytes: Math.max(...bytes),
    lastBytes: bytes.at(-1) ?? 0,
    samples: bytes.length,
  };
}

export function mib(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
