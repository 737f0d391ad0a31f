import { RETURN_FIRST, RETURN_LAST, RETURN_STRONGEST } from "../../../hw-profiles/interface/memory-map.ts";
import { COMPONENT_SECOND, COMPONENT_THIRD } from "../../../hw-profiles/interface/reports.ts";
import type { Camera } from "../../camera/camera.ts";
import { usageError } from "../command-error.ts";

/** ReturnOrder by the words of the command line. */
export const RETURN_ORDERS = { strongest: RETURN_STRONGEST, first: RETURN_FIRST, last: RETURN_LAST };

export interface ReturnOptions {
  readonly returns?: number;
  readonly returnOrder?: keyof typeof RETURN_ORDERS;
}

/** Asks a LiDAR for several returns of a pixel, and for the components that carry them. @throws CommandError for an imager. */
export async function setReturns(camera: Camera, { returns, returnOrder }: ReturnOptions): Promise<void> {
  if (returns === undefined && returnOrder === undefined) return;
  const { registers } = camera;
  const { device, mode } = await camera.info();
  if (mode !== "lidar")
    throw usageError(
      `--returns, --return-order: ${device} is an imager, expected a LiDAR: take another --device`,
    );
  if (returnOrder !== undefined) await registers.write("ReturnOrder", RETURN_ORDERS[returnOrder]);
  if (returns === undefined) return;
  await registers.write("ReturnCount", returns);
  const components = await registers.readNumber("ComponentEnable");
  const others = components & ~(COMPONENT_SECOND | COMPONENT_THIRD);
  const further = (returns > 1 ? COMPONENT_SECOND : 0) | (returns > 2 ? COMPONENT_THIRD : 0);
  await registers.write("ComponentEnable", others | further);
}
