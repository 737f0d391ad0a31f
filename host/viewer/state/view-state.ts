import type { ColourMapName } from "../colour/maps.ts";
import type { ValueRange } from "../colour/scale.ts";
import { COMPONENTS, type ComponentId } from "./components.ts";
import type { FrameModel } from "./frame-model.ts";
import { Signal } from "./signal.ts";

export type ImageChoice = ComponentId | "all";

/** Two pixels whose distance is shown. */
export interface Measurement {
  readonly from: number;
  readonly to: number | undefined;
}

/** Everything that the views share. Pixels are indices in row order. */
export class ViewState {
  readonly model = new Signal<FrameModel | undefined>(undefined);
  readonly choice = new Signal<ImageChoice>("range");
  readonly marks = new Signal(false);
  readonly cursor = new Signal<number | undefined>(undefined);
  readonly pinned = new Signal<number | undefined>(undefined);
  readonly measuring = new Signal(false);
  readonly measurement = new Signal<Measurement | undefined>(undefined);
  readonly ranges = new Signal<ReadonlyMap<ComponentId, ValueRange>>(new Map());
  readonly maps = new Signal<ReadonlyMap<ComponentId, ColourMapName>>(
    new Map(COMPONENTS.map(({ id, map }) => [id, map])),
  );

  /** The component that colours the cloud and has the legend. */
  get component(): ComponentId {
    const { value } = this.choice;
    return value === "all" ? "range" : value;
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
  forgetDevice(): void {
    this.model.set(undefined);
    this.cursor.set(undefined);
    this.pinned.set(undefined);
    this.measurement.set(undefined);
    this.ranges.set(new Map());
  }
}
