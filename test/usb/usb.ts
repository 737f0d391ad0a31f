// npm run test:usb: the simulated board on a real kernel's USB and HID stack, in an emulated machine.

import { missingTool, summary } from "../tools/steps/tally.ts";
import { missingRequirement } from "./requirements.ts";
import { runGuestTests } from "./run-guest.ts";

const missing = await missingRequirement();
const tally = missing === undefined ? await runGuestTests() : missingTool(missing);
process.stdout.write(`${summary(tally)}\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
