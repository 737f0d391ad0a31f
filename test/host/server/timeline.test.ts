import { describe, expect, it } from "vitest";
import { parsePageMessage } from "../../../host/server/messages.ts";
import { answerTimeline } from "../../../host/server/timeline.ts";
import type { TraceEdge, TraceRequest, TraceSignal, TraceSource } from "../../../host/transport/transport.ts";

const FRAME_CYCLES = 10_000;
const PHASES = 8;
const NAMES = ["reset", "laser_trigger", "busy", "row_group", "counter", "ramp_v"] as const;

/** A chip that selects row r from cycle 100 r to 100 r + 40, fires half a cycle late, and has one busy signal. */
const source: TraceSource = {
  trace({ rows, fromCycle = 0, toCycle = FRAME_CYCLES }: TraceRequest) {
    const row = rows?.first ?? 0;
    if (row >= 50) throw new RangeError(`rows: found ${row}, expected a range within 0 to 50`);
    const fixed: TraceSignal[] = NAMES.map((name) => ({
      name,
      bits: name === "ramp_v" ? "real" : name === "row_group" ? 16 : 1,
      expectedEdges: 1,
      isFast: name === "counter",
    }));
    const own = ["row_select", "node_v"].map(
      (name): TraceSignal => ({
        name: name === "node_v" ? `node_v_r${row}_c3` : `${name}_r${row}`,
        bits: name === "node_v" ? "real" : 1,
        expectedEdges: 2,
        isFast: false,
      }),
    );
    const signals = [...fixed, ...own];
    return {
      clockHz: 1e8,
      phasesPerCycle: PHASES,
      frames: 1,
      frameCycles: FRAME_CYCLES,
      fromCycle,
      toCycle,
      signals,
      edges: async (selected) => edges(row, selected).filter(({ cycle }) => cycle < toCycle),
    };
  },
};

function edges(row: number, selected: readonly TraceSignal[]): TraceEdge[] {
  const all: [number, number, string, number][] = [
    [0, 0, "reset", 1],
    [20, 0, "reset", 0],
    [100 * row, 0, "row_group", row],
    [100 * row, 0, `row_select_r${row}`, 1],
    [100 * row + 5, 4, "laser_trigger", 1],
    [100 * row + 40, 0, `row_select_r${row}`, 0],
  ];
  for (let cycle = 0; cycle < FRAME_CYCLES; cycle++) all.push([cycle, 0, "busy", cycle % 2]);
  return all
    .map(([cycle, phase, name, value]) => ({
      cycle,
      phase,
      signal: selected.findIndex((signal) => signal.name === name),
      value,
    }))
    .filter(({ signal }) => signal >= 0)
    .sort((a, b) => a.cycle - b.cycle);
}

const lane = async (name: string, window: { from?: number; to?: number } = {}) => {
  const answer = await answerTimeline({ type: "timeline", id: 7, row: 12, ...window }, source);
  return { answer, lane: answer.lanes.find((each) => each.name === name) };
};

describe("timeline", () => {
  it("opens on the row's select with its own length before and after, times from the select", async () => {
    const { answer, lane: select } = await lane("row_select_r12");
    expect(answer).toMatchObject({ id: 7, row: 12, clockHz: 1e8, selectCycle: 1200, from: -40, to: 80 });
    expect(select).toEqual({
      name: "row_select_r12",
      bits: 1,
      startValue: 0,
      edges: [0, 1, 40, 0],
      isDense: false,
    });
  });

  it("keeps phases, and the value that a signal has where the window starts", async () => {
    expect((await lane("laser_trigger")).lane?.edges).toEqual([5.5, 1]);
    expect((await lane("row_group", { from: 2, to: 30 })).lane).toMatchObject({ startValue: 12, edges: [] });
  });

  it("leaves out analog, per-pixel and per-clock signals, and says where edges are too many", async () => {
    const { answer } = await lane("reset", { from: -1200, to: 8000 });
    expect(answer.lanes.map(({ name }) => name)).toEqual([
      "reset",
      "laser_trigger",
      "busy",
      "row_group",
      "row_select_r12",
    ]);
    expect(answer.lanes[2]).toMatchObject({ isDense: true, edges: [] });
  });

  it("says why there is nothing", async () => {
    const request = { type: "timeline", id: 1, row: 99 } as const;
    expect((await answerTimeline(request, source)).problem).toMatch(
      /found 99, expected a range within 0 to 50/,
    );
    expect((await answerTimeline(request, undefined)).problem).toMatch(/come from simulated boards/);
  });

  it("is asked for in well-formed messages only", () => {
    const text = (value: unknown) => JSON.stringify({ type: "timeline", ...(value as object) });
    expect(parsePageMessage(text({ id: 3, row: 4, from: 1, to: "x" }))).toEqual({
      type: "timeline",
      id: 3,
      row: 4,
      from: 1,
      to: undefined,
    });
    expect(parsePageMessage(text({ id: 3, row: 4.5 }))).toBeUndefined();
    expect(
      parsePageMessage(JSON.stringify({ type: "configure", registers: { Width: "4" } })),
    ).toBeUndefined();
    expect(parsePageMessage(JSON.stringify({ type: "configure", registers: { Width: 4 } }))).toEqual({
      type: "configure",
      registers: { Width: 4 },
    });
  });
});
