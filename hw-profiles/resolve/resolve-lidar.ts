import type { LidarProfile } from "../sensor-profile.ts";
import type { LidarDocuments } from "./check-lidar.ts";
import {
  resolveBase,
  resolveEmitter,
  resolveEnvironment,
  resolveGates,
  resolveReadout,
  resolveRoic,
} from "./resolve-sections.ts";

/** Plain numbers of a LiDAR sensor. */
export function resolveLidar({ sensor, detector, emitter: light }: LidarDocuments): LidarProfile {
  const emitter = resolveEmitter(light);
  return {
    ...resolveBase(sensor, detector),
    mode: sensor.mode,
    roic: resolveRoic(sensor.roic),
    gates: resolveGates(sensor.gates, 1e9 / emitter.repetitionHz),
    emitter,
    environment: resolveEnvironment(sensor.environment),
    readout: resolveReadout(sensor.readout),
  };
}
