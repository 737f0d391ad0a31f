// npm run campaign:flash-link [-- --json]: one installation for every packet of the link and every fault it may meet.
import { everyFault, LINK_FAULTS } from "../../host/flash/support/every-fault.ts";
import { FlashBench } from "../../host/flash/support/flash-bench.ts";
import { heavyModule, imageOf } from "../../host/flash/support/images.ts";

const IMAGE_BYTES = 4800;
const EVERY = 1;

const isJson = process.argv.includes("--json");
const image = imageOf(heavyModule(IMAGE_BYTES, 1), { patch: 1 });
const bench = await FlashBench.open();
const total = { attempts: 0, problems: 0, mostSectorsSentAgain: 0 };
for (const fault of LINK_FAULTS) {
  const { attempts, ends, mostSentAgain, problems } = await everyFault(bench, image, fault, EVERY);
  total.attempts += attempts;
  total.problems += problems.length;
  total.mostSectorsSentAgain = Math.max(total.mostSectorsSentAgain, mostSentAgain);
  const told = Object.entries(ends).map(([end, count]) => `${end} ${count}`);
  if (!isJson)
    console.log(
      `${fault}: ${attempts} installations; ${told.join(", ")}; sectors sent again: ${mostSentAgain}`,
    );
  for (const problem of problems) console.error(problem);
}
await bench.close();
console.log(JSON.stringify(total));
process.exitCode = total.problems > 0 || total.mostSectorsSentAgain > 1 ? 1 : 0;
