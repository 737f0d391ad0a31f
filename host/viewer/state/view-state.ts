import type { ColourMapName } from "../colour/maps.ts";
import type { ValueRange } from "../colour/scale.ts";
import { COMPONENTS, type ComponentId, componentsOf, type FrameKind } from "./components.ts";
import { DepthModel, type FrameModel, ImageModel } from "./frame-model.ts";
import { Signal } from "./signal.ts";

export type ImageChoice = ComponentId | "all";

/** Two pixels whose distance is shown. */
export interface Measurement {
  readonly from: number;
  readonly to: number | undefined;
}

/** Pixels of the present image. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Everything that the views share. Pixels are indices in row order. */
export class ViewState {
  readonly model = new Signal<FrameModel | undefined>(undefined);
  /** What the device sends. */
  readonly kind = new Signal<FrameKind>("depth");
  readonly choice = new Signal<ImageChoice>("range");
  readonly marks = new Signal(false);
  /** Whether depth frames are searched for mixed pixels. */
  readonly mixed = new Signal(false);
  readonly cursor = new Signal<number | undefined>(undefined);
  readonly pinned = new Signal<number | undefined>(undefined);
  readonly measuring = new Signal(false);
  /** Rectangle of the image that is being chosen as a region. */
  readonly rectangle = new Signal<Rectangle | undefined>(undefined);
  readonly measurement = new Signal<Measurement | undefined>(undefined);
  readonly ranges = new Signal<ReadonlyMap<ComponentId, ValueRange>>(new Map());
  readonly maps = new Signal<ReadonlyMap<ComponentId, ColourMapName>>(
    new Map(COMPONENTS.map(({ id, map }) => [id, map])),
  );

  /** The component that colours the cloud and has the legend. */
  get component(): ComponentId {
    const { value } = this.choice;
    return value === "all" ? this.components[0]!.id : value;
  }

  /** The images that frames of the device have. */
  get components() {
    return componentsOf(this.kind.value);
  }

  /** The frame on the screen, if it is one of ranges. */
  get depth(): DepthModel | undefined {
    const { value } = this.model;
    return value instanceof DepthModel ? value : undefined;
  }

  /** The frame on the screen, if it is a picture. */
  get image(): ImageModel | undefined {
    const { value } = this.model;
    return value instanceof ImageModel ? value : undefined;
  }

  /** A pixel was chosen: pin it, or take it as an end of the measurement. */
  choose(pixel: number): void {
    if (!this.measuring.value) {
      this.pinned.set(pixel);
      return;
    }
    const begun = this.measurement.value;
    const isSecond = begun !== undefined && begun.to === undefined;
    this.measurement.set(isSecond ? { from: begun.from, to: pixel } : { from: pixel, to: undefined });
  }

  setRange(id: ComponentId, range: ValueRange): void {
    this.ranges.set(new Map(this.ranges.value).set(id, range));
  }

  setMap(id: ComponentId, map: ColourMapName): void {
    this.maps.set(new Map(this.maps.value).set(id, map));
  }

  /** Another device or scene: nothing of the old one holds. */
  forgetDevice(kind: FrameKind): void {
    if (kind !== this.kind.value) {
      this.kind.set(kind);
      this.choice.set(this.components[0]!.id);
    }
    this.model.set(undefined);
    this.cursor.set(undefined);
    this.pinned.set(undefined);
    this.measurement.set(undefined);
    this.rectangle.set(undefined);
    this.ranges.set(new Map());
  }
}
