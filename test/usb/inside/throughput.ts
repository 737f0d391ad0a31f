import type { BoardUnderTest } from "../../device/bench.ts";
import { withTransport } from "../../device/camera-run.ts";
import { measureThroughput, throughputLine } from "../../device/throughput.ts";

/** How fast the ways to a board are in this machine. Without the package that reads it, the bulk interface is left out. */
export async function printThroughput(board: BoardUnderTest, print: (line: string) => void): Promise<void> {
  const ways = [["hidraw", board.open] as const, ["bulk", board.openBulk] as const];
  for (const [way, open] of ways) {
    const transport = await open?.().catch(() => undefined);
    if (transport === undefined) print(`# figures ${way}: not to be had`);
    else print(throughputLine(way, await withTransport(transport, {}, measureThroughput)));
  }
}
