import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FaultInjector } from "../../../../host/transport/faults/fault-injector.ts";
import { withFaults } from "../../../../host/transport/faults/with-faults.ts";
import { FakeLink } from "./fake-link.ts";

function open(faults: string) {
  const link = new FakeLink();
  const transport = withFaults(link, faults);
  const arrived: string[] = [];
  const closed: (string | undefined)[] = [];
  transport.onReport((report) => arrived.push(report.join(" ")));
  transport.onClosed((reason) => closed.push(reason?.message));
  return { link, transport, arrived, closed };
}

const plain = (...firsts: number[]) => firsts.map((first) => `${first} 0 0 0`);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("input reports", () => {
  const orders: [string, number[]][] = [
    ["drop@1", [0, 2, 3, 4]],
    ["drop@1x2", [0, 3, 4]],
    ["duplicate@1", [0, 1, 1, 2, 3, 4]],
    ["reorder@1", [0, 2, 1, 3, 4]],
    ["reorder@1x2", [0, 1, 3, 2, 4]],
    ["drop@1,duplicate@1,duplicate@2", [0, 2, 2, 3, 4]],
    ["out.drop@1,set.drop@1,get.drop@1", [0, 1, 2, 3, 4]],
  ];
  test.each(orders)("%s", (faults, firsts) => {
    const { arrived, link } = open(faults);
    link.send(0, 1, 2, 3, 4);
    expect(arrived).toEqual(plain(...firsts));
  });

  test("truncated and corrupted where it says, in a copy", () => {
    const { arrived, transport, link } = open("truncate@0=2,corrupt@1=3,corrupt@2=9");
    link.send(7, 8, 9);
    expect(arrived[0]).toBe("7 0");
    expect(arrived[1]).toMatch(/^8 0 0 (1|2|4|8|16|32|64|128)$/);
    expect(arrived[2]).toBe("9 0 0 0");
    expect(transport.injector.log.counts()).toEqual({ "in.truncate": 1, "in.corrupt": 2 });
  });

  test("delayed: others overtake it", async () => {
    const { arrived, link } = open("delay@1=20ms");
    link.send(0, 1, 2);
    expect(arrived).toEqual(plain(0, 2));
    await vi.advanceTimersByTimeAsync(19);
    expect(arrived).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(arrived).toEqual(plain(0, 2, 1));
  });

  test("stalled: all wait, then come in order", async () => {
    const { arrived, link } = open("stall@1=20ms,stall@2=30ms");
    link.send(0, 1, 2);
    await vi.advanceTimersByTimeAsync(20);
    link.send(3);
    expect(arrived).toEqual(plain(0));
    await vi.advanceTimersByTimeAsync(10);
    expect(arrived).toEqual(plain(0, 1, 2, 3));
    link.send(4);
    expect(arrived).toHaveLength(5);
  });

  test("reports that a stalled one lets out of the device stay behind those that wait", async () => {
    const { arrived, link, transport } = open("stall@0=1ms");
    transport.onReport((report) => {
      if (report[0] === 0) link.send(2);
    });
    link.send(0, 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(arrived).toEqual(plain(0, 1, 2));
  });

  test("unplugged: the reason names the fault, the device behind is closed, nothing follows", async () => {
    const { arrived, closed, link, transport } = open("unplug@1");
    link.send(0, 1, 2);
    expect(arrived).toEqual(plain(0));
    const reason = "test:link was unplugged (fault unplug@1 at packet 1 of in)";
    expect(closed).toEqual([reason]);
    expect(link.closes).toBe(1);
    await expect(transport.sendReport(Uint8Array.of(1))).rejects.toMatchObject({
      name: "TransportError",
      code: "unplugged",
      message: reason,
    });
  });

  test("a stall without end: nothing comes any more, and closing leaves no timer", async () => {
    const { arrived, link, transport } = open("stall@1,delay@0=10s");
    link.send(0, 1, 2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(arrived).toEqual([]);
    await transport.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(link.closes).toBe(1);
  });
});

describe("what the host sends", () => {
  const sends: [string, string[]][] = [
    ["out.drop@1", ["out 1", "out 3"]],
    ["out.duplicate@1", ["out 1", "out 2", "out 2", "out 3"]],
    ["out.reorder@0", ["out 2", "out 1", "out 3"]],
    ["out.truncate@1=0", ["out 1", "out ", "out 3"]],
    ["drop@1,set.drop@1", ["out 1", "out 2", "out 3"]],
  ];
  test.each(sends)("%s", async (faults, expected) => {
    const { link, transport } = open(faults);
    for (const byte of [1, 2, 3]) await transport.sendReport(Uint8Array.of(byte));
    expect(link.sent).toEqual(expected);
  });

  test("a transfer that fails says which", async () => {
    const { link, transport } = open("out.fail@0,set.fail@1");
    const failed = { name: "TransportError", code: "stalled" };
    await expect(transport.sendReport(Uint8Array.of(1))).rejects.toMatchObject(failed);
    await transport.sendFeatureReport(Uint8Array.of(2));
    await expect(transport.sendFeatureReport(Uint8Array.of(3))).rejects.toThrow(
      "test:link: the transfer failed (fault set.fail@1 at packet 1 of set)",
    );
    expect(link.sent).toEqual(["set 2"]);
  });

  test("delays and stalls hold it up", async () => {
    const { link, transport } = open("out.delay@0=20ms,set.stall@0=30ms");
    void transport.sendReport(Uint8Array.of(1));
    void transport.sendFeatureReport(Uint8Array.of(2));
    void transport.sendFeatureReport(Uint8Array.of(3));
    await vi.advanceTimersByTimeAsync(19);
    expect(link.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(link.sent).toEqual(["out 1"]);
    await vi.advanceTimersByTimeAsync(10);
    expect(link.sent).toEqual(["out 1", "set 2", "set 3"]);
  });

  test("a stall without end ends when the link is closed", async () => {
    const { transport } = open("set.stall@0,get.drop@0");
    const set = expect(transport.sendFeatureReport(Uint8Array.of(1))).rejects.toThrow(/is closed/);
    const get = expect(transport.getFeatureReport(3, 4)).rejects.toThrow(/is closed/);
    await transport.close();
    await set;
    await get;
  });
});

describe("replies", () => {
  async function ask(transport: { getFeatureReport(id: number, length: number): Promise<Uint8Array> }) {
    return (await transport.getFeatureReport(3, 2)).join(" ");
  }

  test("stale: the one before", async () => {
    const { transport } = open("get.stale@1,get.truncate@2=1");
    expect(await ask(transport)).toBe("0 0");
    expect(await ask(transport)).toBe("0 0");
    expect(await ask(transport)).toBe("1");
    expect(await ask(transport)).toBe("2 2");
  });

  test("failed, unplugged", async () => {
    const { closed, transport } = open("get.fail@0,get.unplug@2");
    await expect(ask(transport)).rejects.toMatchObject({ code: "stalled" });
    expect(await ask(transport)).toBe("0 0");
    await expect(ask(transport)).rejects.toMatchObject({ code: "unplugged" });
    expect(closed).toHaveLength(1);
  });

  test("late", async () => {
    const { transport } = open("get.delay@0=20ms");
    let reply = "";
    void ask(transport).then((text) => {
      reply = text;
    });
    await vi.advanceTimersByTimeAsync(19);
    expect(reply).toBe("");
    await vi.advanceTimersByTimeAsync(1);
    expect(reply).toBe("0 0");
  });
});

test("a device that goes by itself is gone for its host, once, with its own reason", () => {
  const { closed, link } = open("drop@5");
  link.unplug(new Error("cable"));
  link.unplug(new Error("again"));
  expect(closed).toEqual(["cable"]);
});

test("counts and log go on over transports of one injector", () => {
  const injector = new FaultInjector("drop@1,unplug@3,duplicate@5");
  const arrived: string[] = [];
  for (let plugged = 0; plugged < 2; plugged++) {
    const link = new FakeLink();
    withFaults(link, injector).onReport((report) => arrived.push(report.join(" ")));
    link.send(0, 1, 2, 3, 4);
  }
  expect(arrived).toEqual(plain(0, 2, 0, 1, 1, 2, 3, 4));
  expect(injector.packets().in).toBe(9);
  expect(injector.log.faults.map(({ rule, index }) => `${rule} ${index}`)).toEqual([
    "drop@1 1",
    "unplug@3 3",
    "duplicate@5 5",
  ]);
});

describe("rates", () => {
  function run(faults: string, reports: number) {
    const { link, transport } = open(faults);
    for (let i = 0; i < reports; i++) link.send(i & 255);
    return transport.injector.log;
  }

  test("happen as often as they say (n = 200 000, 4 sigma), the same in every run of a seed", () => {
    const log = run("drop:1e-2,duplicate:1e-3,seed=3", 200_000);
    const { "in.drop": drops = 0, "in.duplicate": doubles = 0 } = log.counts();
    expect(Math.abs(drops - 2000)).toBeLessThan(4 * Math.sqrt(2000));
    expect(Math.abs(doubles - 200)).toBeLessThan(4 * Math.sqrt(200));
    expect(run("drop:1e-2,duplicate:1e-3,seed=3", 200_000).faults).toEqual(log.faults);
    expect(run("drop:1e-2,duplicate:1e-3,seed=4", 200_000).faults).not.toEqual(log.faults);
  });

  test("a rule does not move those of another", () => {
    const places = (faults: string) =>
      run(faults, 20_000)
        .faults.filter(({ kind }) => kind === "drop")
        .map(({ index }) => index);
    expect(places("drop:1e-2,duplicate@7")).toEqual(places("drop:1e-2"));
  });

  test("the log is bounded, the count is not", () => {
    const log = run("drop:1", 50_000);
    expect(log.total).toBe(50_000);
    expect(log.faults.length).toBeLessThan(20_000);
    expect(log.faults.at(-1)?.index).toBe(49_999);
  });
});
