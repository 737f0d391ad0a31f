import type { ViewState } from "../state/view-state.ts";
import { button, element, make } from "./element.ts";
import { describe, NOTHING, type Values } from "./pixel-values.ts";

const WIDE: ReadonlySet<string> = new Set(["xyz", "flags", "second", "third", "near", "far"]);

/** Everything the frame says about the pixel under the cursor, or else about the pinned one. */
export class PixelPanel {
  private readonly state: ViewState;
  private readonly name = element("pixel-name", HTMLOutputElement);
  private readonly list = element("pixel-values", HTMLDListElement);
  private readonly unpin: HTMLButtonElement;
  private readonly values = new Map<string, HTMLElement>();

  constructor(state: ViewState) {
    this.state = state;
    this.unpin = button("unpin", () => state.pinned.set(undefined));
  }

  show(): void {
    const { cursor, pinned, model } = this.state;
    const pixel = cursor.value ?? pinned.value;
    this.unpin.hidden = pinned.value === undefined;
    if (pixel === undefined || !model.value) {
      this.name.textContent =
        model.value?.frame.kind === "image" ? "move over the image" : "move over the image or the cloud";
      for (const value of this.values.values()) value.textContent = NOTHING;
      return;
    }
    this.name.textContent = pixel === pinned.value ? "pinned" : "under the cursor";
    this.put(describe(model.value, pixel));
  }

  private put(values: Values): void {
    const isSame = values.length === this.values.size && values.every(([name]) => this.values.has(name));
    if (!isSame) this.rebuild(values);
    for (const [name, , text] of values) {
      const target = this.values.get(name);
      if (target) target.textContent = text;
    }
  }

  private rebuild(values: Values): void {
    this.list.replaceChildren();
    this.values.clear();
    for (const [name, label] of values) {
      const value = make("dd", NOTHING, WIDE.has(name) ? "wide" : "");
      value.id = `pixel-${name}`;
      this.list.append(make("dt", label), value);
      this.values.set(name, value);
    }
  }
}
