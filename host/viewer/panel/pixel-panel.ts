import { formatElectrons, formatMetres } from "../legend/format.ts";
import { flagsInWords } from "../state/flags-text.ts";
import type { FrameModel } from "../state/frame-model.ts";
import type { ViewState } from "../state/view-state.ts";
import { button, element, make } from "./element.ts";

const FIELDS = [
  ["row", "Row"],
  ["column", "Column"],
  ["range", "Range"],
  ["sigma", "Sigma"],
  ["amplitude", "Amplitude"],
  ["ambient", "Ambient"],
  ["xyz", "x, y, z"],
  ["flags", "Flags"],
] as const;

type FieldName = (typeof FIELDS)[number][0];

const WIDE: ReadonlySet<FieldName> = new Set(["xyz", "flags"]);
const NOTHING = "–";

/** Everything the frame says about the pixel under the cursor, or else about the pinned one. */
export class PixelPanel {
  private readonly state: ViewState;
  private readonly name = element("pixel-name", HTMLOutputElement);
  private readonly unpin: HTMLButtonElement;
  private readonly values = new Map<FieldName, HTMLElement>();

  constructor(state: ViewState) {
    this.state = state;
    this.unpin = button("unpin", () => state.pinned.set(undefined));
    const list = element("pixel-values", HTMLDListElement);
    for (const [name, label] of FIELDS) {
      const value = make("dd", NOTHING, WIDE.has(name) ? "wide" : "");
      value.id = `pixel-${name}`;
      list.append(make("dt", label), value);
      this.values.set(name, value);
    }
  }

  show(): void {
    const { cursor, pinned, model } = this.state;
    const pixel = cursor.value ?? pinned.value;
    this.unpin.hidden = pinned.value === undefined;
    if (pixel === undefined || !model.value) {
      this.name.textContent = "move over the image or the cloud";
      for (const value of this.values.values()) value.textContent = NOTHING;
      return;
    }
    this.name.textContent = pixel === pinned.value ? "pinned" : "under the cursor";
    const texts = describe(model.value, pixel);
    for (const [name, value] of this.values) value.textContent = texts[name];
  }
}

/** A pixel's values in words and units; what has no meaning is a dash. */
export function describe(model: FrameModel, pixel: number): Readonly<Record<FieldName, string>> {
  const { frame } = model;
  const position = model.position(pixel);
  return {
    row: String(Math.floor(pixel / model.width)),
    column: String(pixel % model.width),
    range: position ? formatMetres(frame.rangeM[pixel]!, false) : NOTHING,
    sigma: position ? formatMetres(frame.sigmaM[pixel]!, true) : NOTHING,
    amplitude: position ? formatElectrons(frame.amplitudeE[pixel]!) : NOTHING,
    ambient: formatElectrons(frame.ambientE[pixel]!),
    xyz: position ? `${position.map((metres) => metres.toFixed(3)).join(", ")} m` : NOTHING,
    flags: flagsInWords(frame.flags[pixel]!),
  };
}
