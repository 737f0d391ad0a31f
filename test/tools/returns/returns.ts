// npm run returns: measures further returns through the real module and writes docs/returns-figures.md. Takes minutes.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { equalPair, falseAlarm, pairBounds, SEPARATED, separated } from "./campaign.ts";
import { figuresPage } from "./figures-page.ts";

const ALARM_TRIALS = 20_480;
const PAIR_TRIALS = 8192;
/** Separations in units of the resolution bound. */
const SEPARATIONS = [0.9, 1, 1.15, 1.35, 1.6, 1.75, 1.9, 2.2];

const alarms = [3e3, 1e4, 1e5, 1e6, 1e7].flatMap((collectedE) =>
  [0, 1, 10].map((ambient, i) => falseAlarm({ collectedE, ambient }, ALARM_TRIALS, 100 + i)),
);
const pairs = [1e5, 1e6, 1e7].map((collectedE) => {
  const bounds = pairBounds(collectedE);
  const cells = SEPARATIONS.map((factor, i) =>
    equalPair(collectedE, factor * bounds.resolutionM, PAIR_TRIALS, 200 + 2 * i),
  );
  return { ...bounds, collectedE, cells };
});
const apart = SEPARATED.map(([name, change], i) => separated(name, change, PAIR_TRIALS, 300 + i));

const path = fileURLToPath(new URL("../../../docs/returns-figures.md", import.meta.url));
writeFileSync(
  path,
  figuresPage({ alarms, alarmTrials: ALARM_TRIALS, pairs, pairTrials: PAIR_TRIALS, apart }),
);
process.stdout.write("docs/returns-figures.md\n");
