import { describe, expect, it } from "vitest";
import { PlayGate } from "../../../host/viewer/link/play-gate.ts";

/** Whether the gate lets a frame pass now. */
async function passes(gate: PlayGate): Promise<boolean> {
  let hasPassed = false;
  void gate.pass().then(() => {
    hasPassed = true;
  });
  for (let i = 0; i < 5; i++) await Promise.resolve();
  return hasPassed;
}

describe("play, pause and step of a board that the page opened", () => {
  it("lets frames pass while it plays", async () => {
    const gate = new PlayGate();
    expect(await passes(gate)).toBe(true);
    expect(await passes(gate)).toBe(true);
  });

  it("holds the next frame when paused, and lets it go when it plays on", async () => {
    const gate = new PlayGate();
    gate.pause();
    let isHeld = true;
    const held = gate.pass().then(() => {
      isHeld = false;
    });
    await Promise.resolve();
    expect([gate.mode, isHeld]).toEqual(["paused", true]);
    gate.play();
    await held;
    expect(await passes(gate)).toBe(true);
  });

  it("lets one frame pass for every step, and pauses at the first when it plays", async () => {
    const gate = new PlayGate();
    gate.step();
    expect(gate.mode).toBe("paused");
    expect(await passes(gate)).toBe(false);
    const stepped = new PlayGate();
    stepped.pause();
    stepped.step();
    stepped.step();
    expect(await passes(stepped)).toBe(true);
    expect(await passes(stepped)).toBe(true);
    expect(await passes(stepped)).toBe(false);
  });

  it("forgets steps that were not taken when it is paused anew", async () => {
    const gate = new PlayGate();
    gate.pause();
    gate.step();
    gate.pause();
    expect(await passes(gate)).toBe(false);
  });
});
