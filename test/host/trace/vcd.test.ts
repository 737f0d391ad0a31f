import { expect, test } from "vitest";
import { selectSignals } from "../../../host/trace/select-signals.ts";
import { timeBase } from "../../../host/trace/time-base.ts";
import { requireSpace, sizeText } from "../../../host/trace/trace-size.ts";
import { changeText, headerText, identifier } from "../../../host/trace/vcd-text.ts";
import type { TraceSignal } from "../../../host/transport/transport.ts";

test("the time scale is the coarsest in which a phase is whole", () => {
  expect(timeBase(400e6, 8)).toMatchObject({ timescale: "100 fs", isExact: true });
  expect(timeBase(100e6, 10)).toMatchObject({ timescale: "1 ns", isExact: true });
  expect(timeBase(200e6, 5)).toMatchObject({ timescale: "1 ns", isExact: true });
  expect(timeBase(50e6, 8)).toMatchObject({ timescale: "100 ps", isExact: true });
  // 312.5 ps a phase, 2.5 ns a cycle.
  expect(timeBase(400e6, 8).time(3, 5)).toBe(3n * 25_000n + 5n * 3125n);
});

test("a phase that no femtosecond divides is rounded, and said to be", () => {
  const base = timeBase(333e6, 8);
  expect(base).toMatchObject({ timescale: "1 fs", isExact: false });
  expect(base.time(333_000_000, 0)).toBe(10n ** 15n);
  expect(base.time(1, 0)).toBe(3_003_003n);
});

test("identifiers are short, printable and all different", () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => identifier(i));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^[!-~]{1,3}$/.test(id))).toBe(true);
  expect(ids.slice(0, 2)).toEqual(["!", '"']);
});

test("text of changes and declarations", () => {
  expect(changeText({ bits: 1 }, "!", 1)).toBe("1!\n");
  expect(changeText({ bits: 12 }, "#", 5)).toBe("b101 #\n");
  expect(changeText({ bits: "real" }, "%", 0.25)).toBe("r0.25 %\n");
  const signals = [
    { name: "code", bits: 12 },
    { name: "node_v", bits: "real" },
  ] as const;
  const text = headerText({ timescale: "1 ps", comments: ["a $end b"], signals });
  expect(text).toContain("$comment a end b $end\n");
  expect(text).toContain('$var wire 12 ! code [11:0] $end\n$var real 64 " node_v $end\n');
});

const signals: TraceSignal[] = ["reset", "ramp", "ramp_v", "code_r0_c1"].map((name) => ({
  name,
  bits: 1,
  expectedEdges: 1,
  isFast: name === "ramp_v",
}));
const selected = (patterns?: string[]) => selectSignals(signals, patterns).map(({ name }) => name);

test("signals by pattern", () => {
  expect(selected()).toEqual(["reset", "ramp", "code_r0_c1"]);
  expect(selected(["*"])).toHaveLength(4);
  expect(selected(["code_*", "r*t"])).toEqual(["reset", "code_r0_c1"]);
  expect(() => selected(["resett"])).toThrow(/found "resett".*did you mean reset\?/);
  expect(() => selected(["r.set"])).toThrow(/found "r.set"/);
});

test("a trace that leaves too little of the disk is refused", () => {
  expect(() => requireSpace("a.vcd", 5e9, 5.01e9)).toThrow(/a\.vcd: found 5\.01 GB free, expected 5 GB/);
  expect(() => requireSpace("a.vcd", 5e9, 6e9)).not.toThrow();
  expect(sizeText(0)).toBe("0 B");
  expect(sizeText(1234)).toBe("1.23 kB");
});
