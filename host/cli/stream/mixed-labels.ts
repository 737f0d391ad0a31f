import { COMPONENT_SPREAD } from "../../../hw-profiles/interface/reports.ts";
import type { Camera } from "../../camera/camera.ts";
import type { CameraFrame } from "../../camera/frame.ts";
import { type RayTable, rayTable } from "../../geometry/ray-table.ts";
import { labelMixed } from "../../mixed/label-mixed.ts";
import { usageError } from "../command-error.ts";

/** Labels the mixed pixels of a LiDAR's frames. */
export class MixedLabels {
  readonly #sight: RayTable;

  private constructor(sight: RayTable) {
    this.#sight = sight;
  }

  /** Asks the device for the component Spread, too, which tells more. @throws CommandError for an imager. */
  static async open(camera: Camera): Promise<MixedLabels> {
    const { device, mode } = await camera.info();
    const { array, optics } = await camera.profile();
    if (mode !== "lidar")
      throw usageError(`--mixed: ${device} is an imager, expected a LiDAR: take another --device`);
    const components = await camera.registers.readNumber("ComponentEnable");
    await camera.registers.write("ComponentEnable", components | COMPONENT_SPREAD);
    return new MixedLabels(rayTable(optics, array.widthPx, array.heightPx));
  }

  label(frame: CameraFrame): CameraFrame {
    return frame.kind === "depth" ? labelMixed(frame, this.#sight) : frame;
  }
}
