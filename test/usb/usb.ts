// npm run test:usb: the simulated board on a real kernel's USB and HID stack, in an emulated machine.
// npm run test:usb -- "full speed": the checks with these words in their names.

import { missingTool, summary } from "../tools/steps/tally.ts";
import { missingRequirement } from "./requirements.ts";
import { runGuestTests } from "./run-guest.ts";

const missing = await missingRequirement();
const tally = missing === undefined ? await runGuestTests(process.argv[2]) : missingTool(missing);
process.stdout.write(`${summary(tally)}\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
