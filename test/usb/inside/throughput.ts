import type { BoardUnderTest } from "../../device/bench.ts";
import { withTransport } from "../../device/camera-run.ts";
import { needed } from "../../device/check.ts";
import { measureThroughput, throughputLine } from "../../device/throughput.ts";

/** How fast the ways to a board are in this machine; of a way that cannot be had, why. */
export async function printThroughput(board: BoardUnderTest, print: (line: string) => void): Promise<void> {
  const ways = [["hidraw", board.open] as const, ["bulk", board.openBulk] as const];
  for (const [way, open] of ways) {
    try {
      const transport = needed(await open?.(), "such an interface");
      print(throughputLine(way, await withTransport(transport, {}, measureThroughput)));
    } catch (error) {
      print(`# figures ${way}: none: ${String(error)}`);
    }
  }
}
