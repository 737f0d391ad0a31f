import { DATA_HEADER_BYTES, DATA_PAYLOAD_KIND, KIND_LEADER } from "../../hw-profiles/interface/reports.ts";
import { parseDataReport } from "../packet/data-report.ts";
import { parseLeader } from "../packet/leader.ts";
import { PacketError } from "../packet/packet-error.ts";

/** No wait is longer, whatever the time stamps say. */
const MAX_WAIT_MS = 5000;

/** Holds a simulated board back to real time: wall time between two frames is at least their device time. */
export class DevicePace {
  private lastStartS: number | undefined;
  private lastShownMs = Number.NEGATIVE_INFINITY;

  /** Milliseconds from `nowMs` until this frame may be shown. */
  waitMs(reports: readonly Uint8Array[], nowMs: number): number {
    const startS = startTimeS(reports);
    const stepMs =
      startS === undefined || this.lastStartS === undefined ? 0 : (startS - this.lastStartS) * 1000;
    this.lastStartS = startS ?? this.lastStartS;
    const wait = this.lastShownMs + Math.min(stepMs, MAX_WAIT_MS) - nowMs;
    return Math.max(0, wait);
  }

  shown(nowMs: number): void {
    this.lastShownMs = nowMs;
  }
}

/** Start of a frame in device time, from the leader; undefined when that was lost or damaged. */
function startTimeS(reports: readonly Uint8Array[]): number | undefined {
  const report = reports.find((r) => r.length >= DATA_HEADER_BYTES && r[DATA_PAYLOAD_KIND] === KIND_LEADER);
  if (report === undefined) return undefined;
  try {
    const leader = parseLeader(parseDataReport(report).payload);
    return Number(leader.startCycle) / leader.clockHz;
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}
