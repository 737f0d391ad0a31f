import { autoRange } from "../colour/auto-range.ts";
import { type ColourTable, colourTable } from "../colour/maps.ts";
import { makeScale, type Scale } from "../colour/scale.ts";
import { type ComponentId, componentOf } from "./components.ts";
import type { FrameModel } from "./frame-model.ts";
import type { ViewState } from "./view-state.ts";

export interface Colouring {
  readonly scale: Scale;
  readonly table: ColourTable;
}

const WHOLE = { min: 0, max: 1 };

/** Scale and colours of a component as they are set now. */
export function colouringOf(state: ViewState, id: ComponentId): Colouring {
  const { scale, reversed, map } = componentOf(id);
  const range = state.ranges.value.get(id) ?? WHOLE;
  return {
    scale: makeScale(scale, range),
    table: colourTable(state.maps.value.get(id) ?? map, reversed),
  };
}

/** Fit the colour range of a component to a frame, once. */
export function fitRange(state: ViewState, model: FrameModel, id: ComponentId): void {
  const component = componentOf(id);
  const range = autoRange(component.values(model.frame), model.valid, component.scale);
  if (range) state.setRange(id, range);
}

/** First frame of a device: ranges that nobody has set yet are fitted, and stay. */
export function fitMissingRanges(state: ViewState, model: FrameModel): void {
  for (const { id } of state.components) if (!state.ranges.value.has(id)) fitRange(state, model, id);
}
