import { COLOUR_MAPS, type ColourMapName } from "../colour/maps.ts";
import { fitRange } from "../state/colouring.ts";
import { componentOf } from "../state/components.ts";
import type { ImageChoice, ViewState } from "../state/view-state.ts";
import { button, element, fillSelect, make } from "./element.ts";

interface Tab {
  readonly id: ImageChoice;
  readonly label: string;
  readonly key: string;
}

function tabsOf(state: ViewState): readonly Tab[] {
  const images = state.components.map(({ id, label }, i) => ({ id, label, key: String(i + 1) }));
  return [...images, { id: "all", label: "All", key: "5" }];
}

/** Which image is shown, in which colours, over which range. */
export class ImageControls {
  private readonly state: ViewState;
  private readonly min = element("range-min", HTMLInputElement);
  private readonly max = element("range-max", HTMLInputElement);
  private readonly map = element("map", HTMLSelectElement);
  private readonly marks: HTMLButtonElement;
  private readonly mixed: HTMLButtonElement;
  private readonly radios = new Map<ImageChoice, HTMLInputElement>();

  constructor(state: ViewState) {
    this.state = state;
    this.makeTabs();
    this.marks = button("marks", () => this.toggleMarks());
    this.mixed = button("mixed", () => this.toggleMixed());
    button("range-auto", () => this.fitOnce());
    const maps = COLOUR_MAPS.map((id) => ({ id, title: id }));
    fillSelect(this.map, maps, componentOf(state.component).map);
    this.map.addEventListener("change", () => state.setMap(state.component, this.map.value as ColourMapName));
    for (const input of [this.min, this.max]) input.addEventListener("change", () => this.takeLimits());
    for (const signal of [state.choice, state.ranges, state.maps]) signal.on(() => this.show());
    state.kind.on(() => {
      this.makeTabs();
      this.show();
    });
    state.marks.on((on) => this.marks.setAttribute("aria-pressed", String(on)));
    state.mixed.on((on) => this.mixed.setAttribute("aria-pressed", String(on)));
  }

  toggleMarks(): void {
    this.state.marks.set(!this.state.marks.value);
  }

  toggleMixed(): void {
    this.state.mixed.set(!this.state.mixed.value);
  }

  /** Fit the colour range to the present frame; it stays there until asked again. */
  fitOnce(): void {
    const model = this.state.model.value;
    if (model) fitRange(this.state, model, this.state.component);
  }

  nextMap(): void {
    const { component } = this.state;
    const present = COLOUR_MAPS.indexOf(this.state.maps.value.get(component) ?? "viridis");
    this.state.setMap(component, COLOUR_MAPS[(present + 1) % COLOUR_MAPS.length] ?? "viridis");
  }

  private makeTabs(): void {
    const tabs = element("tabs", HTMLFieldSetElement);
    tabs.replaceChildren();
    this.radios.clear();
    for (const { id, label, key } of tabsOf(this.state)) {
      const tab = make("label", label);
      const radio = make("input");
      radio.type = "radio";
      radio.name = "image";
      radio.value = id;
      radio.checked = id === this.state.choice.value;
      radio.setAttribute("aria-keyshortcuts", key);
      radio.addEventListener("change", () => this.state.choice.set(id));
      tab.title = `${label} (${key})`;
      tab.prepend(radio);
      tabs.append(tab);
      this.radios.set(id, radio);
    }
  }

  private takeLimits(): void {
    const range = { min: this.min.valueAsNumber, max: this.max.valueAsNumber };
    const isRange = Number.isFinite(range.min) && Number.isFinite(range.max) && range.min < range.max;
    if (isRange) this.state.setRange(this.state.component, range);
    this.show();
  }

  private show(): void {
    const { choice, component, ranges, maps } = this.state;
    const radio = this.radios.get(choice.value);
    if (radio) radio.checked = true;
    const range = ranges.value.get(component);
    this.min.value = range ? String(range.min) : "";
    this.max.value = range ? String(range.max) : "";
    this.map.value = maps.value.get(component) ?? componentOf(component).map;
  }
}
