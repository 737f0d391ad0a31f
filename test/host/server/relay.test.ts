import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FrameAssembler } from "../../../host/packet/frame-assembler.ts";
import { buildRegisterRead, buildRegisterWrite } from "../../../host/packet/register-report.ts";
import { CLOSE_BAD_MESSAGE, CLOSE_DEVICE_CHANGED } from "../../../host/server/messages.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { REGISTER_DATA } from "../../../hw-profiles/interface/reports.ts";
import { REPORTS_PER_FRAME } from "./fake-device.ts";
import { ControlClient, PageTransport, until } from "./page-client.ts";
import { type Fixture, startServer } from "./server-fixture.ts";

const ONE = new Uint8Array([1, 0, 0, 0]);

async function write(page: PageTransport, address: number): Promise<Uint8Array> {
  await page.sendFeatureReport(buildRegisterWrite(address, ONE));
  return page.getFeatureReport();
}

/** A page that takes whatever comes, and puts it together. */
async function eagerPage(fixture: Fixture): Promise<{ page: PageTransport; frames: number[] }> {
  const page = await PageTransport.open(fixture.server.url);
  const assembler = new FrameAssembler();
  const frames: number[] = [];
  page.onReport((report) => {
    for (const frame of assembler.push(report)) {
      expect(frame.integrity.complete).toBe(true);
      frames.push(frame.frameNumber);
    }
    void page.grant(1);
  });
  await write(page, Reg.REG_ACQUISITION_START);
  await page.grant(100);
  return { page, frames };
}

function isSteadyFrom(frames: readonly number[]): boolean {
  return frames.every((frame, i) => i === 0 || frame === frames[i - 1]! + 1);
}

describe("relay", () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await startServer();
  });
  afterEach(() => fixture.close());

  it("gives one page every frame, in order, whole", async () => {
    const { page, frames } = await eagerPage(fixture);
    await until(() => frames.length >= 20);
    expect(isSteadyFrom(frames)).toBe(true);
    expect(page.batches.at(-1)?.skippedFrames).toBe(0);
    expect(fixture.source.device.starts).toBe(1);
  });

  it("acquires nothing while nobody watches", async () => {
    await PageTransport.open(fixture.server.url);
    await ControlClient.open(fixture.server.url);
    expect(fixture.source.device.reportsSent).toBe(0);
  });

  it("gives two pages the same stream and each its own replies", async () => {
    const first = await eagerPage(fixture);
    const second = await eagerPage(fixture);
    const addresses = [Reg.REG_WIDTH, Reg.REG_GAIN, Reg.REG_HEIGHT, Reg.REG_ROW_TIME];
    // One page's requests follow each other; the two pages' run into each other.
    const asked = [first, second].map(async ({ page }, i) => {
      for (const address of addresses.filter((_, k) => k % 2 === i)) {
        await page.sendFeatureReport(buildRegisterRead(address, 4));
        expect((await page.getFeatureReport())[REGISTER_DATA]).toBe(address & 0xff);
      }
    });
    await Promise.all(asked);
    await until(() => first.frames.length >= 10 && second.frames.length >= 10);
    expect(isSteadyFrom(first.frames)).toBe(true);
    expect(fixture.source.device.starts).toBe(1);
  });

  it("sends nothing more to a page that stopped, and goes on for the other", async () => {
    const first = await eagerPage(fixture);
    const second = await eagerPage(fixture);
    await until(() => first.frames.length >= 3 && second.frames.length >= 3);
    await write(first.page, Reg.REG_ACQUISITION_STOP);
    const [stopped, running] = [first.page.reports, second.frames.length];
    await until(() => second.frames.length >= running + 10);
    expect(first.page.reports).toBe(stopped);
    expect(fixture.source.device.active).toBe(true);
  });

  it("skips whole frames for a slow page and does not hold up the fast one", async () => {
    const fast = await eagerPage(fixture);
    const slow = await PageTransport.open(fixture.server.url);
    const assembler = new FrameAssembler();
    const frames: number[] = [];
    slow.onReport((report) => frames.push(...assembler.push(report).map(({ frameNumber }) => frameNumber)));
    await write(slow, Reg.REG_ACQUISITION_START);
    await slow.grant(3);
    await until(() => slow.reports === 3);
    const before = fast.frames.length;
    await until(() => fast.frames.length >= before + 30);
    expect(slow.reports).toBe(3);
    await slow.grant(3 * REPORTS_PER_FRAME);
    await until(() => frames.length >= 3);
    const [first, second, third] = frames;
    expect(second).toBe(first! + 1);
    expect(third! - second!).toBeGreaterThan(20);
    expect(assembler.statistics().lostReports).toBe(slow.batches.at(-1)?.skippedReports);
  });

  it("keeps the device at a frame boundary when every page is slow", async () => {
    const page = await PageTransport.open(fixture.server.url);
    await write(page, Reg.REG_ACQUISITION_START);
    await page.grant(1);
    await until(() => fixture.source.device.reportsSent >= 2 * REPORTS_PER_FRAME);
    await ControlClient.open(fixture.server.url);
    // One frame leaves, one waits: no third one is begun.
    expect(fixture.source.device.reportsSent).toBe(2 * REPORTS_PER_FRAME);
    expect(fixture.source.device.credit).toBe(0);
  });

  it("pauses, steps by one, plays on", async () => {
    const control = await ControlClient.open(fixture.server.url);
    const { frames } = await eagerPage(fixture);
    await until(() => frames.length >= 3);
    control.send({ type: "pause" });
    await until(
      () =>
        control.state.mode === "paused" &&
        frames.length * REPORTS_PER_FRAME === fixture.source.device.reportsSent,
    );
    const paused = frames.length;
    control.send({ type: "step" });
    await until(() => frames.length > paused);
    await until(() => control.state.mode === "paused");
    expect(fixture.source.device.reportsSent).toBe((paused + 1) * REPORTS_PER_FRAME);
    expect(frames.length).toBe(paused + 1);
    control.send({ type: "play" });
    await until(() => frames.length > paused + 5);
    expect(isSteadyFrom(frames)).toBe(true);
  });

  it("shows the last frame to a page that comes while all is paused", async () => {
    const control = await ControlClient.open(fixture.server.url);
    const { frames } = await eagerPage(fixture);
    await until(() => frames.length >= 3);
    control.send({ type: "pause" });
    await until(() => control.state.mode === "paused");
    const late = await eagerPage(fixture);
    await until(() => late.frames.length === 1);
    expect(late.frames).toEqual([control.state.lastFrame]);
    // The first page's socket may be behind that of its state.
    await until(() => frames.at(-1) === control.state.lastFrame);
  });

  it("opens scenes of the list only, by id", async () => {
    const control = await ControlClient.open(fixture.server.url);
    for (const sceneId of ["/etc/passwd", "../secret.txt", "room"]) {
      control.messages.length = 0;
      control.send({ type: "open", profileId: "one", sceneId });
      await until(() => control.messages.some(({ type }) => type === "refused"));
    }
    expect(fixture.source.opened).toHaveLength(1);
  });

  it("changes the device and tells its pages; a scene that cannot be opened is reported", async () => {
    const control = await ControlClient.open(fixture.server.url);
    const { page } = await eagerPage(fixture);
    const [first] = fixture.source.devices;
    control.send({ type: "open", profileId: "two", sceneId: "scene-0" });
    await until(() => control.state.profileId === "two" && page.closeCode === CLOSE_DEVICE_CHANGED);
    expect(first?.closed).toBe(true);
    control.send({ type: "open", profileId: "two", sceneId: "scene-1" });
    await until(() => control.state.problem !== undefined);
    expect(control.state.problem).toContain("scene is broken");
    expect(control.state.profile).toBeUndefined();
  });

  it("changes to another device though the one before cannot be closed", async () => {
    const control = await ControlClient.open(fixture.server.url);
    fixture.source.device.closingFails = true;
    for (const profileId of ["two", "one"]) {
      control.send({ type: "open", profileId, sceneId: "scene-0" });
      await until(() => control.state.profileId === profileId && control.state.profile !== undefined);
    }
    expect(control.state.problem).toBeUndefined();
  });

  it("reports a device that goes away", async () => {
    const control = await ControlClient.open(fixture.server.url);
    const { page, frames } = await eagerPage(fixture);
    await until(() => frames.length > 0);
    fixture.source.device.fail();
    await until(() => control.state.problem !== undefined && page.closeCode !== undefined);
    expect(control.state.problem).toContain("unplugged");
  });

  it("closes a socket that talks nonsense and goes on for the others", async () => {
    const { frames } = await eagerPage(fixture);
    const rogue = await PageTransport.open(fixture.server.url);
    rogue.socket.send(new Uint8Array([1, 2, 3]));
    await until(() => rogue.closeCode !== undefined);
    expect(rogue.closeCode).toBe(CLOSE_BAD_MESSAGE);
    const control = await ControlClient.open(fixture.server.url);
    control.send("{");
    control.send({ type: "open" });
    await until(() => control.messages.filter(({ type }) => type === "refused").length === 2);
    const before = frames.length;
    await until(() => frames.length > before);
  });
});
