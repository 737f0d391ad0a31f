import type { Camera } from "../../host/camera/camera.ts";

const FRAMES = 40;
const REGISTER_READS = 40;

/** How fast a way to a board is: a figure to print, never to assert. */
export interface Throughput {
  readonly reportsPerS: number;
  readonly framesPerS: number;
  /** Of one register read. */
  readonly registerMs: number;
}

/** Wall times of an idle camera's registers and of a stream of it. */
export async function measureThroughput(camera: Camera): Promise<Throughput> {
  const firstMs = performance.now();
  for (let read = 0; read < REGISTER_READS; read++) await camera.registers.readNumber("ReportsSent");
  const registerMs = (performance.now() - firstMs) / REGISTER_READS;
  const startMs = performance.now();
  let frames = 0;
  for await (const _ of camera.frames({ count: FRAMES })) frames++;
  const seconds = (performance.now() - startMs) / 1000;
  return { reportsPerS: camera.statistics().reports / seconds, framesPerS: frames / seconds, registerMs };
}

export function throughputLine(way: string, { framesPerS, registerMs, reportsPerS }: Throughput): string {
  const rates = `${reportsPerS.toFixed(0)} reports/s, ${framesPerS.toFixed(1)} frames/s`;
  return `# figures ${way}: ${rates}, a register ${registerMs.toFixed(2)} ms`;
}
