import type { FaultCounts } from "../../open-camera.ts";
import { bold, dim, LiveLine, printJson, printLine, usesColour } from "../text/terminal.ts";
import type { FrameRecord } from "./frame-record.ts";
import { type ControlRecord, controlText } from "./frame-source.ts";
import type { StreamOptions, StreamSummary } from "./stream-run.ts";
import { truthLines } from "./truth-text.ts";

export interface StreamPrinter {
  frame(record: FrameRecord & ControlRecord): void;
  /** No more frames: the live line goes away. */
  end(): void;
  summary(summary: StreamSummary): void;
}

export function streamPrinter(options: StreamOptions): StreamPrinter {
  return options.json ? jsonPrinter : new TextPrinter(options.frames);
}

const jsonPrinter: StreamPrinter = {
  frame: printJson,
  end: () => undefined,
  summary: (summary) => printJson({ summary }),
};

/** A live line on a terminal, plain lines elsewhere. */
class TextPrinter implements StreamPrinter {
  readonly #live = new LiveLine();
  readonly #isLive = usesColour(process.stderr) && process.stdout.isTTY === true;
  readonly #wanted: number | undefined;
  #taken = 0;

  constructor(wanted: number | undefined) {
    this.#wanted = wanted;
  }

  frame(record: FrameRecord & ControlRecord): void {
    this.#taken++;
    const text = frameText(record) + controlText(record);
    if (!this.#isLive) {
      printLine(text);
      return;
    }
    const progress = this.#wanted === undefined ? `${this.#taken}` : `${this.#taken}/${this.#wanted}`;
    this.#live.show(`${progress}  ${text}`);
  }

  end(): void {
    this.#live.clear();
  }

  summary(summary: StreamSummary): void {
    const wall = summary.simulatedFps === null ? "" : `, received at ${summary.simulatedFps.toFixed(1)} fps`;
    printLine(bold(`${summary.frames} ${summary.frames === 1 ? "frame" : "frames"} of ${summary.device}`));
    printLine(`device frame rate ${summary.fps.toFixed(2)} fps${wall}`);
    printLine(
      `reports ${summary.reports}: ${summary.lostReports} lost, ${summary.corruptedReports} corrupted, ` +
        `${summary.duplicatedReports} duplicated, ${summary.reorderedReports} reordered, ${summary.lateReports} late; ` +
        `${summary.droppedFrames} frames dropped`,
    );
    if (summary.resumes > 0)
      printLine(`unplugged and back: ${summary.resumes} ${summary.resumes === 1 ? "time" : "times"}`);
    if (summary.faults) printLine(`faults on purpose: ${faultText(summary.faults)}`);
    for (const line of truthLines(summary)) printLine(line);
    printLine(dim(`sha256 ${summary.sha256}`));
  }
}

function frameText(record: FrameRecord): string {
  const pixels = record.width * record.height;
  const share = ((100 * record.validPixels) / pixels).toFixed(1);
  const trouble = record.complete
    ? ""
    : `  INCOMPLETE: ${record.lostReports} lost, ${record.corruptedReports} corrupted`;
  return `frame ${record.frame}  ${(record.timeNs / 1e9).toFixed(4)} s  ${share} % valid  ${valueText(record)}${trouble}`;
}

function valueText(record: FrameRecord): string {
  if (record.kind === "depth")
    return record.medianRangeM === null ? "no range" : `median ${record.medianRangeM.toFixed(3)} m`;
  const exposure = `${(record.exposureNs / 1e6).toFixed(3)} ms`;
  if (record.medianDn === null || record.meanDn === null) return `${exposure}  no intensity`;
  return `${exposure}  median ${record.medianDn.toFixed(1)} DN, mean ${record.meanDn.toFixed(1)} DN`;
}

function faultText(counts: FaultCounts): string {
  const done = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return done.length === 0 ? "none came up" : done.join(", ");
}
