// npm run campaign:flash-link [-- --rates] [-- --write] [-- --json]: one installation for every packet of the link and every fault
// it may meet, then installations over links that lose a share of all packets.
//   --rates   the second part alone
//   --write   writes what the second part found to docs/flash-link-figures.json, for `npm run docs`
import type { FlashGeometry } from "../../../hw-profiles/interface/flash-geometry.ts";
import { everyFault, LINK_FAULTS } from "../../host/flash/support/every-fault.ts";
import { FlashBench, SMALL_FLASH, WIDE_FLASH } from "../../host/flash/support/flash-bench.ts";
import { heavyModule, imageOf } from "../../host/flash/support/images.ts";
import { type LossFigure, measureLosses, writeLossFigures } from "./loss-figures.ts";

const EVERY = 1;

const isJson = process.argv.includes("--json");
const total = { attempts: 0, problems: 0, mostSectorsSentAgain: 0 };

function say(line: string): void {
  if (!isJson) console.log(line);
}

async function tryAll(name: string, geometry: FlashGeometry, image: Uint8Array): Promise<void> {
  const bench = await FlashBench.open(geometry);
  for (const fault of LINK_FAULTS) {
    const { attempts, ends, mostSentAgain, problems } = await everyFault(bench, image, fault, EVERY);
    total.attempts += attempts;
    total.problems += problems.length;
    total.mostSectorsSentAgain = Math.max(total.mostSectorsSentAgain, mostSentAgain);
    const told = Object.entries(ends).map(([end, count]) => `${end} ${count}`);
    say(
      `${name}, ${fault}: ${attempts} installations; ${told.join(", ")}; sectors sent again: ${mostSentAgain}`,
    );
    for (const problem of problems) console.error(problem);
  }
  await bench.close();
}

function count(figure: LossFigure): void {
  const { done, installations, loss, mostSectorsSentAgain, rate, requestRatio, sentRatio } = figure;
  total.attempts += installations;
  total.problems += installations - done;
  total.mostSectorsSentAgain = Math.max(total.mostSectorsSentAgain, mostSectorsSentAgain);
  say(
    `${loss} ${100 * rate} %: ${done} of ${installations} done; sent ${sentRatio} of the image, requests ${requestRatio}`,
  );
}

if (!process.argv.includes("--rates")) {
  await tryAll("sectors of 2 KiB", SMALL_FLASH, imageOf(heavyModule(4800, 1), { patch: 1 }));
  await tryAll("sectors of 8 KiB", WIDE_FLASH, imageOf(heavyModule(17_000, 1), { patch: 1 }));
}
const figures = await measureLosses(count);
if (process.argv.includes("--write")) writeLossFigures(figures);
console.log(JSON.stringify(total));
process.exitCode = total.problems > 0 || total.mostSectorsSentAgain > 1 ? 1 : 0;
