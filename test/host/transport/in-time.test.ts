import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HidTransport } from "../../../host/transport/hid/hid-transport.ts";
import { inTime } from "../../../host/transport/in-time.ts";
import { FakeHandle } from "./hid/fake-hid.ts";

const TIMEOUT_MS = 20;

/** The program does nothing else for so long. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** What arrives from outside: it is there, and is seen when the program next looks at what has come. */
function arriving<T>(value: T): Promise<T> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.once("message", () => {
      port1.close();
      resolve(value);
    });
    port2.postMessage(0);
  });
}

describe("a program that stands still for longer than a transfer may take", () => {
  it("takes the answer that has come meanwhile", async () => {
    const answer = inTime(arriving("answer"), "test:device", TIMEOUT_MS);
    standStill(3 * TIMEOUT_MS);
    expect(await answer).toBe("answer");
  });

  it("takes that of a HID device, too", async () => {
    const handle = new FakeHandle();
    handle.getFeatureReport = () => arriving(Uint8Array.of(3, 9));
    const transport = new HidTransport("hid:X", handle, TIMEOUT_MS);
    const answer = transport.getFeatureReport(3, 2);
    standStill(3 * TIMEOUT_MS);
    expect(await answer).toEqual(Uint8Array.of(3, 9));
  });
});

describe("an answer that does not come", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is late when its time is over, no sooner, and leaves no timer", async () => {
    let error: unknown;
    inTime(new Promise(() => undefined), "test:device", TIMEOUT_MS).catch((reason: unknown) => {
      error = reason;
    });
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS - 1);
    expect(error).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(error).toMatchObject({ code: "timeout", message: expect.stringContaining("within 20 ms") });
    expect(await inTime(Promise.resolve(7), "test:device", TIMEOUT_MS)).toBe(7);
    expect(vi.getTimerCount()).toBe(0);
  });
});
