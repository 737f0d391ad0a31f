import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { buildResponseTable, type ResponseTable, responseSpec } from "../detector/response.ts";
import { realisedGates } from "../roic/gate-edges.ts";

const tables = new WeakMap<LidarProfile, ResponseTable>();

/** The response with gates where the ROIC can place them. Built once per profile object: it takes a while. */
export function responseOf(profile: LidarProfile): ResponseTable {
  const known = tables.get(profile);
  if (known !== undefined) return known;
  const table = buildResponseTable({ ...responseSpec(profile), ...realisedGates(profile) });
  tables.set(profile, table);
  return table;
}
