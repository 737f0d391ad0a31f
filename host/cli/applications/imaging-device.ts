import { loadProfile } from "../../../hw-profiles/load/load-profile.ts";
import { usageError } from "../command-error.ts";
import { DEFAULT_DEVICE } from "../device/device-options.ts";

const SIM_PREFIX = "sim:";

/**
 * Refuse a simulated LiDAR before it is opened: it would only say that it does not know the scene.
 * @throws CommandError, and ProfileError for a profile that is not there.
 */
export function requireImagingDevice(device: string): void {
  const name = device === "sim" ? DEFAULT_DEVICE : device;
  if (!name.startsWith(SIM_PREFIX)) return;
  const profile = loadProfile(name.slice(SIM_PREFIX.length));
  if (profile.mode === "imaging") return;
  throw usageError(`found the LiDAR ${profile.name}, expected an imaging sensor; cqd list shows them`);
}
