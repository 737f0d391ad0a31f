import type { CameraFrame, DepthFrame, ImagingFrame } from "../../camera/frame.ts";
import type { ColourMapName } from "../colour/maps.ts";
import type { ScaleKind } from "../colour/scale.ts";

export type ComponentId = "range" | "sigma" | "amplitude" | "ambient" | "intensity" | "noise";
export type FrameKind = CameraFrame["kind"];

/** One image of a frame: where its values are and how they are shown. */
export interface Component {
  readonly id: ComponentId;
  /** Frames that have it. */
  readonly kind: FrameKind;
  readonly label: string;
  readonly unit: string;
  readonly scale: ScaleKind;
  readonly map: ColourMapName;
  /** Large values at the map's dark end: near is bright. */
  readonly reversed: boolean;
  /** Of a frame of the other kind: empty. */
  values(frame: CameraFrame): Float32Array;
}

const NONE = new Float32Array(0);

function depth(values: (frame: DepthFrame) => Float32Array): Component["values"] {
  return (frame) => (frame.kind === "depth" ? values(frame) : NONE);
}

function image(values: (frame: ImagingFrame) => Float32Array): Component["values"] {
  return (frame) => (frame.kind === "image" ? values(frame) : NONE);
}

export const COMPONENTS: readonly Component[] = [
  {
    id: "range",
    kind: "depth",
    label: "Range",
    unit: "m",
    scale: "linear",
    map: "viridis",
    reversed: true,
    values: depth((frame) => frame.rangeM),
  },
  {
    id: "sigma",
    kind: "depth",
    label: "Sigma",
    unit: "m",
    scale: "log",
    map: "cividis",
    reversed: false,
    values: depth((frame) => frame.sigmaM),
  },
  {
    id: "amplitude",
    kind: "depth",
    label: "Amplitude",
    unit: "e⁻",
    scale: "log",
    map: "viridis",
    reversed: false,
    values: depth((frame) => frame.amplitudeE),
  },
  {
    id: "ambient",
    kind: "depth",
    label: "Ambient",
    unit: "e⁻",
    scale: "linear",
    map: "cividis",
    reversed: false,
    values: depth((frame) => frame.ambientE),
  },
  {
    id: "intensity",
    kind: "image",
    label: "Intensity",
    unit: "DN",
    scale: "linear",
    map: "grey",
    reversed: false,
    values: image((frame) => frame.intensityDn),
  },
  {
    id: "noise",
    kind: "image",
    label: "Sigma",
    unit: "DN",
    scale: "linear",
    map: "cividis",
    reversed: false,
    values: image((frame) => frame.sigmaDn),
  },
];

export function componentsOf(kind: FrameKind): readonly Component[] {
  return COMPONENTS.filter((component) => component.kind === kind);
}

export function componentOf(id: ComponentId): Component {
  return COMPONENTS.find((component) => component.id === id)!;
}
