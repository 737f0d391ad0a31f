import { beforeAll, describe, expect, test } from "vitest";
import { Camera } from "../../host/camera/camera.ts";
import type { CameraFrame } from "../../host/camera/frame.ts";
import { withFaults } from "../../host/transport/faults/with-faults.ts";
import { openTransport } from "../../host/transport/open-transport.ts";
import { PIXEL_MISSING } from "../../hw-profiles/interface/pixel-flags.ts";
import {
  COMPONENT_RAW,
  PIXEL_FORMAT_LOSSLESS,
  PIXEL_FORMAT_MONO16,
} from "../../hw-profiles/interface/reports.ts";

const DEVICES = ["sim:inas-lidar-64x48", "sim:inas-imager-64x48"];

/** Two frames with their raw codes in this format, through a cable with these faults. */
async function take(device: string, format: number, faults?: string) {
  const scene = device.includes("lidar") ? "room" : "uniform:photons=1e6";
  const transport = await openTransport(device, { scene, seed: 9, threads: 0 });
  const link = faults === undefined ? transport : withFaults(transport, faults);
  const camera = await Camera.open(link, { stallMs: 200 });
  try {
    const components = await camera.registers.readNumber("ComponentEnable");
    await camera.registers.write("ComponentEnable", components | COMPONENT_RAW);
    await camera.registers.write("PixelFormat", format);
    const frames: CameraFrame[] = [];
    for await (const frame of camera.frames({ count: 2 })) frames.push(frame);
    return { frames, statistics: camera.statistics() };
  } finally {
    await camera.close();
  }
}

function rawOf(frame: CameraFrame | undefined): Uint16Array {
  const codes = frame?.kind === "depth" ? frame.gatesDn : frame?.readsDn;
  if (!codes) throw new Error("found a frame without raw codes");
  return codes;
}

describe.each(DEVICES)("lossless raw stream of %s", (device) => {
  let plain: CameraFrame[];
  let reports: number;

  beforeAll(async () => {
    const { frames, statistics } = await take(device, PIXEL_FORMAT_MONO16);
    plain = frames;
    reports = statistics.reports;
  });

  test("brings the codes of Mono16 in fewer reports, and the same pictures", async () => {
    const { frames, statistics } = await take(device, PIXEL_FORMAT_LOSSLESS);
    expect(statistics).toMatchObject({ incompleteFrames: 0, lostReports: 0, corruptedReports: 0 });
    expect(statistics.reports).toBeLessThan(0.75 * reports);
    for (const i of [0, 1]) {
      expect(rawOf(frames[i])).toEqual(rawOf(plain[i]));
      expect(frames[i]!.flags).toEqual(plain[i]!.flags);
    }
  });

  test.each([0.1, 0.5, 0.9])(
    "a lost report at %f of the first frame: marked, the rest exact",
    async (part) => {
      const clean = await take(device, PIXEL_FORMAT_LOSSLESS);
      const at = Math.floor((part * clean.statistics.reports) / 2);
      const { frames } = await take(device, PIXEL_FORMAT_LOSSLESS, `drop@${at}`);
      const [hurt, next] = frames;
      expect(hurt!.integrity).toMatchObject({ complete: false, lostReports: 1, corruptedReports: 0 });
      const codes = rawOf(hurt);
      const expected = rawOf(plain[0]);
      const pixels = hurt!.width * hurt!.height;
      let missing = 0;
      for (let i = 0; i < pixels; i++) {
        const isMissing = (hurt!.flags[i]! & PIXEL_MISSING) !== 0;
        missing += Number(isMissing);
        for (let k = i; k < codes.length; k += pixels)
          if (codes[k] !== expected[k] && !(isMissing && codes[k] === 0))
            throw new Error(`sample ${k} is neither right nor marked`);
      }
      expect(missing).toBeGreaterThan(0);
      expect(missing).toBeLessThan(pixels / 2);
      expect(next!.integrity.complete).toBe(true);
      expect(rawOf(next)).toEqual(rawOf(plain[1]));
    },
  );
});
