import { EXPERIMENTS } from "../../../../host/bench/experiments/all.ts";
import { selectExperiments } from "../../../../host/bench/run/select.ts";
import { packageShelf } from "../../../../host/transport/sim/open-laboratory.ts";
import type {
  DeviceProfile,
  LightSourceProfile,
  MaterialProfile,
} from "../../../../hw-profiles/device-profile.ts";
import { benchWith } from "./benches.ts";

const shelf = packageShelf();

export type Change = Parameters<typeof benchWith>[0];

/** One experiment on one subject with a changed shelf; results by quantity and the beginning of their conditions. */
export async function measured(name: string, subject: string, change: Change) {
  const [experiment] = selectExperiments(EXPERIMENTS, [name]);
  const { results } = await experiment!.measure(benchWith(change), subject);
  return (quantity: string, condition = "") => {
    const found = results.find(
      (result) => result.quantity === quantity && (result.conditions ?? "").startsWith(condition),
    );
    return { ok: found?.ok, value: Number(found?.simulated) };
  };
}

export function device(change: (device: DeviceProfile) => DeviceProfile): Change {
  return { loadDevice: (name) => change(shelf.loadDevice(name)) };
}
export function source(change: (source: LightSourceProfile) => LightSourceProfile): Change {
  return { loadSource: (name) => change(shelf.loadSource(name)) };
}
export function material(change: (material: MaterialProfile) => MaterialProfile): Change {
  return { loadMaterial: (name) => change(shelf.loadMaterial(name)) };
}
