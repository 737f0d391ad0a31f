import type { Bench } from "../../device/bench.ts";
import { withCamera } from "../../device/camera-run.ts";

const FRAMES = 40;

/** Reports a second and what a register takes: figures to print, never to assert. */
export async function printThroughput({ boards, name }: Bench, print: (line: string) => void): Promise<void> {
  await withCamera(boards[0]!, {}, async (camera) => {
    const registerMs = performance.now();
    for (let i = 0; i < FRAMES; i++) await camera.registers.readNumber("ReportsSent");
    const eachMs = (performance.now() - registerMs) / FRAMES;
    const startMs = performance.now();
    let frames = 0;
    for await (const _ of camera.frames({ count: FRAMES })) frames++;
    const seconds = (performance.now() - startMs) / 1000;
    const perSecond = (camera.statistics().reports / seconds).toFixed(0);
    print(
      `# figures ${name}: ${perSecond} reports/s, ${(frames / seconds).toFixed(1)} frames/s, ${eachMs.toFixed(1)} ms a register`,
    );
  });
}
