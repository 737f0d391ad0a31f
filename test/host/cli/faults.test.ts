import { describe, expect, test } from "vitest";
import { EXIT_DEVICE, EXIT_USAGE } from "../../../host/cli/exit-codes.ts";
import { cqd } from "../support/run-main.ts";

const DEVICE = ["--device", "sim:inas-lidar-64x48", "--scene", "wall:range=3", "--threads", "0"];

async function stream(faults: string, ...extra: string[]) {
  const run = await cqd("stream", ...DEVICE, "--frames", "3", "--faults", faults, ...extra);
  const lines = run.stdout.split("\n").filter((line) => line.startsWith("{"));
  return { ...run, summary: lines.length > 0 ? JSON.parse(lines.at(-1)!).summary : undefined };
}

describe("--faults", () => {
  test("stream: frames say what was lost, the summary what was done; the truth is still there", async () => {
    const { code, stderr, summary } = await stream("drop@33,duplicate@40,set.drop@4", "--json", "--truth");
    expect(code, stderr).toBe(0);
    expect(summary).toMatchObject({
      frames: 3,
      lostReports: 1,
      duplicatedReports: 1,
      incompleteFrames: 1,
      faults: { "in.drop": 1, "in.duplicate": 1, "set.drop": 1 },
    });
    expect(summary.truth.n).toBeGreaterThan(1000);
  });

  test("stream: the same for people", async () => {
    const { code, stdout } = await stream("drop@33,drop@34");
    expect(code).toBe(0);
    expect(stdout).toContain("faults on purpose: 2 in.drop");
    expect((await stream("drop@100000")).stdout).toContain("faults on purpose: none came up");
  });

  test("stream: a device that goes away ends with its reason", async () => {
    const { code, stderr } = await stream("unplug@40");
    expect(code).toBe(EXIT_DEVICE);
    expect(stderr).toContain("was unplugged (fault unplug@40 at packet 40 of in)");
  });

  test("stream --resume: the board is put back, and the frames that are left come", async () => {
    const { code, stderr, summary } = await stream("unplug@40,drop@70", "--resume", "200", "--json");
    expect(code, stderr).toBe(0);
    expect(summary).toMatchObject({ frames: 3, resumes: 1, faults: { "in.unplug": 1, "in.drop": 1 } });
  });

  test("info and reg go through the same link", async () => {
    const info = await cqd(
      "info",
      ...DEVICE,
      "--faults",
      "get.stale@2,set.fail@5,get.truncate@7=3",
      "--json",
    );
    expect(info.code, info.stderr).toBe(0);
    expect(JSON.parse(info.stdout)).toMatchObject({ widthPx: 64 });
    const gone = await cqd("reg", "read", "SensorWidth", ...DEVICE, "--faults", "get.unplug@1");
    expect(gone.code).toBe(EXIT_DEVICE);
    expect(gone.stderr).toContain("was unplugged (fault get.unplug@1 at packet 1 of get)");
  });

  test("a specification that cannot be read is a wrong command line", async () => {
    const { code, stderr } = await stream("drip@4");
    expect(code).toBe(EXIT_USAGE);
    expect(stderr).toContain('faults: found "drip@4", expected one of drop, ');
  });
});
