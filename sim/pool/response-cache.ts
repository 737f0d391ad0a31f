import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import {
  buildResponseTable,
  type ResponseSpec,
  type ResponseTable,
  responseSpec,
} from "../detector/response.ts";
import type { ChipDeviation } from "../deviation/chip-deviation.ts";
import { chipResponse } from "../deviation/chip-response.ts";
import type { ExposureSettings } from "../pixel/exposure-maps.ts";
import { realisedGates } from "../roic/gate-edges.ts";
import { gatedProfile } from "../roic/gated-profile.ts";
import type { ExposureSetup } from "./exposure-job.ts";

interface Known {
  readonly deviation: ChipDeviation | undefined;
  readonly temperatureMk: number;
  readonly table: ResponseTable;
}

/** The last one of each set of gates. */
const tables = new WeakMap<LidarProfile, Known>();

type Chip = Pick<ExposureSetup, "profile" | "deviation">;

/** The response with gates where the ROIC can place them. Kept: it takes a while. */
export function responseOf(
  { profile, deviation }: Chip,
  { gates, temperatureMk }: ExposureSettings,
): ResponseTable {
  const gated = gatedProfile(profile, gates);
  const known = tables.get(gated);
  const isWarmed = deviation !== undefined && deviation.mobilityActivationEv !== 0;
  const isSameChip = known?.deviation === deviation && (!isWarmed || known?.temperatureMk === temperatureMk);
  if (known !== undefined && isSameChip) return known.table;
  const commanded: ResponseSpec = { ...responseSpec(gated), ...realisedGates(gated) };
  const spec =
    deviation === undefined ? commanded : chipResponse(profile, deviation, temperatureMk / 1000, commanded);
  const table = buildResponseTable(spec);
  tables.set(gated, { deviation, temperatureMk, table });
  return table;
}
