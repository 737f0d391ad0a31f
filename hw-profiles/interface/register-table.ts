// Name, type, unit, access and limits of every register. docs/registers.md is generated from this table.

import type { RegisterEntry } from "./register-entry.ts";
import { acquisition } from "./register-group-acquisition.ts";
import { calibration } from "./register-group-calibration.ts";
import { device } from "./register-group-device.ts";
import { exposure } from "./register-group-exposure.ts";
import { flash } from "./register-group-flash.ts";
import { image } from "./register-group-image.ts";
import { scales } from "./register-group-scales.ts";
import { simulation } from "./register-group-simulation.ts";
import { statistics } from "./register-group-statistics.ts";
import { timing } from "./register-group-timing.ts";

export type { RegisterAccess, RegisterEntry, RegisterType } from "./register-entry.ts";

/** Every register, by address. */
export const REGISTERS: readonly RegisterEntry[] = [
  ...device,
  ...acquisition,
  ...image,
  ...exposure,
  ...timing,
  ...scales,
  ...statistics,
  ...calibration,
  ...flash,
  ...simulation,
];
