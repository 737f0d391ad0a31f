import type { OpenedCamera } from "../../open-camera.ts";
import { selectSignals } from "../../trace/select-signals.ts";
import { checkSpace, estimatedBytes, requireWritable } from "../../trace/trace-size.ts";
import { type VcdProgress, type VcdResult, writeVcd } from "../../trace/vcd-file.ts";
import { CommandError, usageError } from "../command-error.ts";
import type { DeviceOptions } from "../device/device-options.ts";
import { EXIT_USAGE } from "../exit-codes.ts";
import type { IndexRange } from "../parse-value.ts";

export interface TraceOptions extends DeviceOptions {
  readonly frames: number;
  readonly out: string;
  readonly rows?: IndexRange;
  readonly columns?: IndexRange;
  readonly signals?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly triggers?: readonly number[];
  readonly json?: true;
}

/** What `cqd trace --json` prints. */
export interface TraceSummary extends VcdResult {
  readonly device: string;
  readonly profile: string;
  readonly scene: string;
  readonly seed: number;
  readonly out: string;
  readonly clockHz: number;
  readonly phasesPerCycle: number;
  readonly frames: number;
  readonly frameCycles: number;
  readonly fromCycle: number;
  readonly toCycle: number;
  readonly signals: readonly string[];
  readonly estimatedBytes: number;
  readonly interrupted: boolean;
}

export interface TraceWatch {
  /** Before anything is written. */
  onEstimate(bytes: number, signals: number): void;
  onProgress(progress: VcdProgress, share: number): void;
  isCancelled(): boolean;
}

/** Trace the chip of an open device into a file. @throws CommandError and errors of the trace's rooms. */
export async function runTrace(
  { camera, trace: source }: OpenedCamera,
  options: TraceOptions,
  watch: TraceWatch,
): Promise<TraceSummary> {
  if (source === undefined)
    throw usageError(`${options.device} has no waveforms: trace needs a simulated device`);
  const trace = asUsage(() => source.trace(requestOf(options)));
  const signals = selectSignals(trace.signals, options.signals);
  const bytes = estimatedBytes(signals);
  await requireWritable(options.out);
  await checkSpace(options.out, bytes);
  watch.onEstimate(bytes, signals.length);
  const profile = (await camera.profile()).name;
  const { clockHz, frameCycles, frames, fromCycle, phasesPerCycle, toCycle } = trace;
  const result = await writeVcd(options.out, trace, signals, {
    comments: [
      `cqd trace of ${profile}, scene ${options.scene}, seed ${options.seed}`,
      `ROIC clock ${clockHz} Hz${phasesText(phasesPerCycle)}; signals as in docs/timing.md`,
    ],
    onProgress: (progress) =>
      watch.onProgress(progress, (progress.cycle - fromCycle) / (toCycle - fromCycle)),
    isCancelled: () => watch.isCancelled(),
  });
  return {
    device: options.device,
    profile,
    scene: options.scene,
    seed: options.seed,
    out: options.out,
    clockHz,
    phasesPerCycle,
    frames,
    frameCycles,
    fromCycle,
    toCycle,
    signals: signals.map(({ name }) => name),
    estimatedBytes: bytes,
    ...result,
    interrupted: watch.isCancelled() && result.endCycle < toCycle,
  };
}

/** Imaging modes place all edges on whole cycles. */
function phasesText(phasesPerCycle: number): string {
  return phasesPerCycle === 1 ? "" : `, ${phasesPerCycle} gate phases a cycle`;
}

function requestOf({ frames, rows, columns, from, to, triggers }: TraceOptions) {
  return { frames, rows, columns, fromCycle: from, toCycle: to, triggerCycles: triggers };
}

/** A range that the device does not have was asked for on the command line. */
function asUsage<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(EXIT_USAGE, error.message);
    throw error;
  }
}
