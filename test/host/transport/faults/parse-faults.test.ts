import { describe, expect, test } from "vitest";
import { FaultSpecError } from "../../../../host/transport/faults/fault-spec.ts";
import { parseFaults } from "../../../../host/transport/faults/parse-faults.ts";

describe("faults as text", () => {
  test("every form", () => {
    const text =
      "drop@120,corrupt:1e-3, delay@40=20ms,stall@300=1s,out.duplicate:1e-4,reorder@9x3,truncate@5=100,get.stale@2,set.stall@1,unplug@500,seed=7";
    const { rules, seed } = parseFaults(text);
    expect(seed).toBe(7);
    expect(rules.map(({ pipe, kind, place, value }) => ({ pipe, kind, ...place, value }))).toEqual([
      { pipe: "in", kind: "drop", first: 120, count: 1, value: undefined },
      { pipe: "in", kind: "corrupt", rate: 1e-3, value: undefined },
      { pipe: "in", kind: "delay", first: 40, count: 1, value: 20 },
      { pipe: "in", kind: "stall", first: 300, count: 1, value: 1000 },
      { pipe: "out", kind: "duplicate", rate: 1e-4, value: undefined },
      { pipe: "in", kind: "reorder", first: 9, count: 3, value: undefined },
      { pipe: "in", kind: "truncate", first: 5, count: 1, value: 100 },
      { pipe: "get", kind: "stale", first: 2, count: 1, value: undefined },
      { pipe: "set", kind: "stall", first: 1, count: 1, value: undefined },
      { pipe: "in", kind: "unplug", first: 500, count: 1, value: undefined },
    ]);
    expect(rules[2]?.text).toBe("delay@40=20ms");
  });

  test("seed 1 unless it says another", () => expect(parseFaults("drop@0").seed).toBe(1));

  const wrongs: [string, string][] = [
    ["", 'faults: found "", expected KIND@N or KIND:RATE, such as drop@120'],
    ["drop", 'found "drop", expected KIND@N or KIND:RATE'],
    ["drip@3", 'for "drip"; did you mean drop?'],
    ["ot.drop@3", 'expected one of in, out, set, get for "ot"; did you mean out?'],
    ["drop@x", 'expected a whole number from 0 to 9007199254740991 where "" stands'],
    ["drop@-1", "expected a whole number from 0"],
    ["drop@3x0", 'expected a whole number from 1 to 9007199254740991 where "0" stands'],
    ["drop:2", "expected a probability above 0, at most 1"],
    ["drop:0", "expected a probability above 0"],
    ["drop:NaN", "expected a probability above 0"],
    ["drop@3=5", "expected nothing after drop@N"],
    ["delay@3", "expected how long, such as delay@3=20ms"],
    ["delay@3=20", "expected a time in us, ms or s, at most a day"],
    ["stall@3=2d", "expected a time in us, ms or s"],
    ["stall@3=100000s", "at most a day"],
    ["truncate@3=all", 'where "all" stands'],
    [
      "fail@3",
      "expected out.fail or set.fail or get.fail: fail has no meaning for input reports (no prefix)",
    ],
    ["out.stale@3", "expected get.stale: stale has no meaning for out."],
    ["get.reorder@3", "expected reorder or out.reorder or set.reorder: reorder has no meaning for get."],
    ["seed=1,seed=2", 'found "seed=1,seed=2", expected one seed'],
    ["seed=-1", "expected a whole number from 0 to 4294967295"],
    ["drop@1,,drop@2", 'found "", expected KIND@N'],
  ];
  test.each(wrongs)("%j is refused", (text, message) => {
    expect(() => parseFaults(text)).toThrow(FaultSpecError);
    expect(() => parseFaults(text)).toThrow(message);
  });
});
