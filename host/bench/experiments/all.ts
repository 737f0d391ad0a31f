import type { Experiment } from "../run/experiment.ts";
import { ageing } from "./ageing.ts";
import { ambient } from "./ambient.ts";
import { anneal } from "./anneal.ts";
import { bandwidth } from "./bandwidth.ts";
import { cells } from "./cells.ts";
import { detectivity } from "./detectivity.ts";
import { drudeSmith } from "./drude-smith.ts";
import { eqeBias } from "./eqe-bias.ts";
import { eqeSpectrum } from "./eqe-spectrum.ts";
import { fallTime } from "./fall-time.ts";
import { imagers } from "./imagers.ts";
import { jv } from "./jv.ts";
import { lasers } from "./lasers.ts";
import { led } from "./led.ts";
import { ligands } from "./ligands.ts";
import { noise } from "./noise.ts";
import { superlattice } from "./superlattice.ts";
import { table4 } from "./table4.ts";
import { temperature } from "./temperature.ts";

/** Every experiment, in the order of the report. */
export const EXPERIMENTS: readonly Experiment[] = [
  jv,
  eqeBias,
  eqeSpectrum,
  noise,
  detectivity,
  fallTime,
  bandwidth,
  table4,
  imagers,
  led,
  ageing,
  lasers,
  drudeSmith,
  anneal,
  superlattice,
  temperature,
  ligands,
  cells,
  ambient,
];
