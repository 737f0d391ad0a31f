import type { EveryPacket } from "../../faults/support/every-packet.ts";
import { mib, type StreamFigures } from "./stream-for.ts";

export interface SweepFigures extends EveryPacket {
  readonly title: string;
  readonly byteStep: number;
}

export interface PacketFigures {
  /** Of every session. */
  readonly frames: number;
  readonly boards: readonly SweepFigures[];
}

/** docs/faults-figures.md */
export function figuresPage({ boards: sweeps, frames }: PacketFigures, stream: StreamFigures): string {
  return [
    "# Figures of the faults campaign",
    "",
    "Written by `npm run campaign:faults`; do not edit. What the faults are: [faults.md](faults.md).",
    "",
    "## The link broken at every packet",
    "",
    `Sessions of ${frames} frames: open, configure, stream, stop, close. One fault at one packet, for every packet of every`,
    "pipe; `corrupt` of a request, a reply or a command flips one bit of every n-th byte in turn, n as in the table. Each session",
    "writes settings, reads registers, whose values are compared, and streams. After each, one over a good link on the same board,",
    "which must bring a right frame. Time is virtual.",
    "",
    "| board | n | sessions | values read | complete frames | incomplete, marked | longest session, s | idle once the next host came | problems |",
    "|---|---|---|---|---|---|---|---|---|",
    ...sweeps.map(sweepRow),
    "",
    "How the sessions ended, all boards. All frames: as many as were asked for, each whole or marked.",
    "",
    "| fault | ends |",
    "|---|---|",
    ...endRows(sweeps),
    "",
    "## Streaming over a link that never stops to break",
    "",
    ...streamLines(stream),
    "",
  ].join("\n");
}

function sweepRow(sweep: SweepFigures): string {
  const {
    byteStep,
    completeFrames,
    idleLater,
    incompleteFrames,
    longestMs,
    problems,
    sessions,
    title,
    values,
  } = sweep;
  const longest = (longestMs / 1000).toFixed(1);
  return `| ${title} | ${byteStep} | ${sessions} | ${values} | ${completeFrames} | ${incompleteFrames} | ${longest} | ${idleLater} | ${problems.length} |`;
}

function endRows(sweeps: readonly SweepFigures[]): string[] {
  const names = Object.keys(sweeps[0]?.ends ?? {});
  return names.map((name) => {
    const counts = new Map<string, number>();
    for (const { ends } of sweeps)
      for (const [end, count] of Object.entries(ends[name] ?? {}))
        counts.set(end, (counts.get(end) ?? 0) + count);
    const texts = [...counts].map(
      ([end, count]) => `${end === "frames" ? "all frames" : `\`${end}\``} ${count}`,
    );
    return `| \`${name}\` | ${texts.join(", ")} |`;
  });
}

function streamLines(stream: StreamFigures): string[] {
  const { complete, ends, faults, faultTotal, incomplete, reports, seed, sessions, title } = stream;
  return [
    `${title}, ${stream.minutes} minutes of wall time on one machine, seed ${seed}: every kind at 1e-3 of the packets of every pipe,`,
    "the cable pulled at 2e-5. The host opens the device again whenever a session ends.",
    "",
    `- ${reports} input reports, ${complete} complete frames, ${incomplete} incomplete ones; each compared with the same frame of a`,
    `  board whose link is whole: ${stream.problems.length} problems.`,
    `- ${faultTotal} faults in ${sessions} sessions, which ended: ${listed(ends)}.`,
    `- Host, board, the clean run beside them and the log of faults in one process: ${mib(stream.firstBytes)} MiB alive after a`,
    `  collection at the start, ${mib(stream.largestBytes)} MiB at most, ${mib(stream.lastBytes)} MiB at the end (${stream.samples} samples).`,
    "",
    "| fault | times |",
    "|---|---|",
    ...Object.entries(faults).map(([name, count]) => `| \`${name}\` | ${count} |`),
  ];
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([end, count]) => `${end} ${count}`)
    .join(", ");
}
