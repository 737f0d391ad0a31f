import { expect, test } from "vitest";
import { openCamera } from "../../../host/open-camera.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { KIND_LEADER, LEADER_PULSES_PER_GATE } from "../../../hw-profiles/interface/reports.ts";
import { ALL_CREDIT, frameOf, kindOf, openBoard, payloadWord } from "./board-fixture.ts";

/** Number and pulses of every frame that left the board. */
function framesIn(reports: readonly Uint8Array[]): number[][] {
  const leaders = reports.filter((report) => kindOf(report) === KIND_LEADER);
  return leaders.map((leader) => [frameOf(leader), payloadWord(leader, LEADER_PULSES_PER_GATE)]);
}

test("a frame that is under way when its acquisition stops is completed; until then the board is active", async () => {
  const { board, read, reports, write } = await openBoard({ threads: 1 });
  board.grantCredit(ALL_CREDIT);
  write(Reg.REG_ACQUISITION_START, 1);
  const frame = board.advance();
  write(Reg.REG_ACQUISITION_STOP, 1);
  expect(read(Reg.REG_ACQUISITION_STATUS).value).toBe(Reg.ACQUISITION_ACTIVE);
  expect(await frame).toBe("frame");
  expect(read(Reg.REG_ACQUISITION_STATUS).value).toBe(0);
  expect(framesIn(reports)).toEqual([[0, 500]]);
  await board.close();
});

test("an acquisition that begins meanwhile is not given that frame, and takes as many as it was asked for", async () => {
  const { board, read, reports, write } = await openBoard({ threads: 1 });
  board.grantCredit(ALL_CREDIT);
  write(Reg.REG_ACQUISITION_START, 1);
  const frame = board.advance();
  write(Reg.REG_ACQUISITION_STOP, 1);
  write(Reg.REG_PULSES_PER_GATE, 100);
  write(Reg.REG_ACQUISITION_FRAME_COUNT, 1);
  write(Reg.REG_ACQUISITION_START, 1);
  expect(await frame).toBe("dropped");
  expect(await board.advance()).toBe("frame");
  expect(await board.advance()).toBe("idle");
  expect(framesIn(reports)).toEqual([[1, 100]]);
  expect(read(Reg.REG_REPORTS_SENT).value).toBe(reports.length);
  await board.close();
});

test("a loop that is left early, then another setting: every frame of the next loop has it, with worker threads, too", async () => {
  const { camera } = await openCamera("sim:inas-lidar-64x48", { simulation: { scene: "room", threads: 2 } });
  for (const pulses of [500, 100, 300, 200, 400]) {
    await camera.registers.write("PulsesPerGate", pulses);
    for await (const frame of camera.depthFrames()) {
      expect(frame.pulsesPerGate).toBe(pulses);
      if (frame.integrity.complete) break;
    }
  }
  expect(camera.statistics()).toMatchObject({ lostReports: 0, incompleteFrames: 0 });
  await camera.close();
});
