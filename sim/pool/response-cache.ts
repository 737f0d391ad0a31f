import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { buildResponseTable, type ResponseTable, responseSpec } from "../detector/response.ts";
import type { ChipDeviation } from "../deviation/chip-deviation.ts";
import { chipResponse } from "../deviation/chip-response.ts";
import { realisedGates } from "../roic/gate-edges.ts";
import type { ExposureSetup } from "./exposure-job.ts";

/** By what they follow from: a profile, or the deviation of a chip. */
const tables = new WeakMap<LidarProfile, ResponseTable>();
const deviating = new WeakMap<
  ChipDeviation,
  { readonly temperatureMk: number; readonly table: ResponseTable }
>();

type Chip = Pick<ExposureSetup, "profile" | "deviation">;

/** The response with gates where the ROIC can place them. Kept: it takes a while. */
export function responseOf({ profile, deviation }: Chip, temperatureMk: number): ResponseTable {
  const commanded = () => ({ ...responseSpec(profile), ...realisedGates(profile) });
  if (deviation !== undefined) {
    const known = deviating.get(deviation);
    const isFixed = deviation.mobilityActivationEv === 0;
    if (known !== undefined && (isFixed || known.temperatureMk === temperatureMk)) return known.table;
    const table = buildResponseTable(chipResponse(profile, deviation, temperatureMk / 1000, commanded()));
    deviating.set(deviation, { temperatureMk, table });
    return table;
  }
  const known = tables.get(profile);
  if (known !== undefined) return known;
  const table = buildResponseTable(commanded());
  tables.set(profile, table);
  return table;
}
