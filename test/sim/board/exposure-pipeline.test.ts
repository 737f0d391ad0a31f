import { expect, test } from "vitest";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { ExposurePipeline } from "../../../sim/board/exposure-pipeline.ts";
import type { Exposer } from "../../../sim/pool/exposer.ts";
import type { ExposureJob } from "../../../sim/pool/exposure-job.ts";
import { ALL_CREDIT, openBoard } from "./board-fixture.ts";

function job(frame: number, pulsesPerGate = 500): ExposureJob {
  return { frame, startNs: frame * 1000, settings: { pulsesPerGate, ambientSun: 0, temperatureMk: 300_000 } };
}

class RecordingExposer implements Exposer<ExposureJob> {
  readonly concurrent: boolean;
  readonly log: string[] = [];
  failOn = -1;
  private busy = false;

  constructor(concurrent: boolean) {
    this.concurrent = concurrent;
  }

  async expose(work: ExposureJob, slot: number): Promise<void> {
    if (this.busy) throw new Error("two jobs at a time");
    this.busy = true;
    await new Promise((resolve) => setImmediate(resolve));
    this.busy = false;
    if (work.frame === this.failOn) throw new Error("worker died");
    this.log.push(`${work.frame}/${work.settings.pulsesPerGate}@${slot}`);
  }

  async close(): Promise<void> {}
}

test("what was exposed ahead is used; slots alternate", async () => {
  const exposer = new RecordingExposer(true);
  const pipeline = new ExposurePipeline(exposer);
  const first = await pipeline.take(job(0));
  pipeline.prepare(job(1));
  const second = await pipeline.take(job(1));
  expect(second).not.toBe(first);
  pipeline.prepare(job(2));
  expect(await pipeline.take(job(2))).toBe(first);
  expect(exposer.log.length).toBe(3);
});

test("what was exposed ahead with other settings is discarded and done again", async () => {
  const exposer = new RecordingExposer(true);
  const pipeline = new ExposurePipeline(exposer);
  const first = await pipeline.take(job(0));
  pipeline.prepare(job(1));
  const second = await pipeline.take(job(1, 100));
  expect(second).not.toBe(first);
  expect(exposer.log.slice(1)).toEqual([`1/500@${second}`, `1/100@${second}`]);
});

test("without other threads nothing is exposed ahead", async () => {
  const exposer = new RecordingExposer(false);
  const pipeline = new ExposurePipeline(exposer);
  await pipeline.take(job(0));
  pipeline.prepare(job(1));
  await new Promise((resolve) => setImmediate(resolve));
  expect(exposer.log.length).toBe(1);
});

test("a failure ahead of time is thrown where the frame is taken", async () => {
  const exposer = new RecordingExposer(true);
  const pipeline = new ExposurePipeline(exposer);
  await pipeline.take(job(0));
  exposer.failOn = 1;
  pipeline.prepare(job(1));
  await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(pipeline.take(job(1))).rejects.toThrow("worker died");
});

async function changing(threads: number): Promise<Uint8Array[]> {
  const { board, reports, write } = await openBoard({ scene: "room", threads });
  board.grantCredit(ALL_CREDIT);
  write(Reg.REG_ACQUISITION_START, 1);
  for (const pulses of [500, 200, 200, 900]) {
    write(Reg.REG_PULSES_PER_GATE, pulses);
    await board.advance();
  }
  await board.close();
  return reports;
}

test("settings that change while workers expose ahead give the bytes of a single thread", async () => {
  const [threaded, single] = [await changing(2), await changing(0)];
  expect(Buffer.concat(threaded).equals(Buffer.concat(single))).toBe(true);
});
