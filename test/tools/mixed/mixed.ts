// `npm run mixed` images real scans with the simulator, labels mixed pixels and writes docs/mixed-pixels-table.md;
// `npm run mixed -- --train` fits the weights of the evidence anew and writes host/mixed/weights.ts.
import { parseArgs } from "node:util";
import { runCampaign } from "./campaign.ts";
import { missingScans } from "./cases.ts";
import { train } from "./train.ts";

const { values } = parseArgs({ options: { train: { type: "boolean", default: false } } });
const missing = missingScans();
if (values.train) {
  await train();
} else if (missing.length > 0) {
  process.stderr.write(`mixed: no scan at ${missing.join(", ")}; the campaign needs all of them\n`);
  process.exit(2);
} else {
  await runCampaign((line) => process.stderr.write(`${line}\n`));
}
