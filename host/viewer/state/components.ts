import type { DepthFrame } from "../../camera/frame.ts";
import type { ColourMapName } from "../colour/maps.ts";
import type { ScaleKind } from "../colour/scale.ts";

export type ComponentId = "range" | "sigma" | "amplitude" | "ambient";

/** One image of a frame: where its values are and how they are shown. */
export interface Component {
  readonly id: ComponentId;
  readonly label: string;
  readonly unit: string;
  readonly scale: ScaleKind;
  readonly map: ColourMapName;
  /** Large values at the map's dark end: near is bright. */
  readonly reversed: boolean;
  values(frame: DepthFrame): Float32Array;
}

export const COMPONENTS: readonly Component[] = [
  {
    id: "range",
    label: "Range",
    unit: "m",
    scale: "linear",
    map: "viridis",
    reversed: true,
    values: (frame) => frame.rangeM,
  },
  {
    id: "sigma",
    label: "Sigma",
    unit: "m",
    scale: "log",
    map: "cividis",
    reversed: false,
    values: (frame) => frame.sigmaM,
  },
  {
    id: "amplitude",
    label: "Amplitude",
    unit: "e⁻",
    scale: "log",
    map: "viridis",
    reversed: false,
    values: (frame) => frame.amplitudeE,
  },
  {
    id: "ambient",
    label: "Ambient",
    unit: "e⁻",
    scale: "linear",
    map: "cividis",
    reversed: false,
    values: (frame) => frame.ambientE,
  },
];

export function componentOf(id: ComponentId): Component {
  return COMPONENTS.find((component) => component.id === id)!;
}
