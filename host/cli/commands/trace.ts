import { Command } from "commander";
import { deviceOptions, openDevice } from "../device/device-options.ts";
import { EXIT_INTERRUPTED } from "../exit-codes.ts";
import { cycleList, indexRange, nameList, wholeNumber } from "../parse-value.ts";
import type { TraceOptions, TraceSummary } from "../trace/trace-run.ts";

const MAX_FRAMES = 1_000_000;

const HELP = `
Examples:
  cqd trace --device sim:inas-lidar-64x48 --out roic.vcd
  cqd trace --rows 0:8 --columns 160 --signals 'row_select_*,comparator_*,code_*' --out rows.vcd
  cqd trace --signals '*' --from 200800 --to 209152 --rows 0:4 --out ramp.vcd
  cqd trace --device sim:inas-imager-64x48 --rows 8:12 --columns 30:34 --out imager.vcd
  cqd trace --device sim:inas-imager-64x48 --triggers 0,90000,800000 --frames 2 --signals 'trigger_*' --out t.vcd
  cqd trace --pulses 10 --json --out roic.vcd

The file is a value change dump (VCD), as GTKWave and vcd2fst read it; docs/timing.md explains every signal. Times are
cycles of the ROIC clock and gate phases of them. Rows and columns are A:B (B not included) or one number; rows limit
row-select lines and pixels. Without --signals: all but counter and ramp_v, which change at every counter clock.
Without --columns: the middle one. With --triggers every frame waits for a rise of trigger_in; one that comes while a
frame is under way is missed.

JSON: {"device", "profile", "out", "signals", "edges", "bytes", "estimatedBytes", "timescale", "isExact", "clockHz",
"phasesPerCycle", "frameCycles", "fromCycle", "toCycle", "endCycle", "interrupted", ...}
The size is estimated before the trace starts, and a trace that could fill the disk is refused.
Ctrl-C ends the file where it is; it can be read up to endCycle.`;

export function traceCommand(): Command {
  const command = new Command("trace").description("write the waveforms of a simulated chip to a VCD file");
  return deviceOptions(command)
    .requiredOption("--out <file>", "the VCD file to write")
    .option("--frames <n>", "frames from power-on", wholeNumber(1, MAX_FRAMES), 1)
    .option("--rows <a:b>", "rows to trace; default: all", indexRange)
    .option("--columns <c:d>", "columns of the pixels to trace; default: the middle one", indexRange)
    .option("--signals <globs>", "names or patterns, separated by commas", nameList)
    .option("--from <cycle>", "first cycle of the file; default: 0", wholeNumber(0))
    .option("--to <cycle>", "cycle at which the file ends; default: end of the last frame", wholeNumber(1))
    .option("--triggers <cycles>", "cycles at which trigger_in rises, separated by commas", cycleList)
    .option("--json", "one JSON object")
    .addHelpText("after", HELP)
    .action(trace);
}

async function trace(options: TraceOptions): Promise<void> {
  const { runTrace } = await import("../trace/trace-run.ts");
  const { sizeText } = await import("../../trace/trace-size.ts");
  const { Interrupt } = await import("../stream/interrupt.ts");
  const { LiveLine, printJson, printLine } = await import("../text/terminal.ts");
  const opened = await openDevice(options, false);
  const interrupt = new Interrupt(() => undefined);
  const live = new LiveLine();
  let summary: TraceSummary;
  try {
    summary = await runTrace(opened, options, {
      onEstimate: (bytes, signals) => {
        if (!options.json) printLine(`${signals} signals, at most ${sizeText(bytes)}`);
      },
      onProgress: ({ bytes }, share) => live.show(`${(100 * share).toFixed(0)} %  ${sizeText(bytes)}`),
      isCancelled: () => interrupt.isRequested,
    });
  } finally {
    interrupt.release();
    live.clear();
    await opened.camera.close();
  }
  if (options.json) printJson(summary);
  else
    printLine(
      `${summary.edges} edges up to cycle ${summary.endCycle}: ${summary.out}, ${sizeText(summary.bytes)}`,
    );
  if (summary.interrupted) process.exitCode = EXIT_INTERRUPTED;
}
