import { formatMetres } from "../legend/format.ts";
import type { DepthModel } from "../state/frame-model.ts";
import type { ViewState } from "../state/view-state.ts";
import { button, element } from "./element.ts";

/** Distance between two points, kept up to date with every frame. */
export class MeasurementPanel {
  private readonly state: ViewState;
  private readonly text = element("measurement", HTMLOutputElement);

  constructor(state: ViewState) {
    this.state = state;
    const toggle = button("measure", () => this.toggle());
    state.measuring.on((on) => toggle.setAttribute("aria-pressed", String(on)));
  }

  toggle(): void {
    const on = !this.state.measuring.value;
    this.state.measuring.set(on);
    this.state.measurement.set(undefined);
  }

  show(): void {
    const { measuring, measurement, depth } = this.state;
    this.text.hidden = !measuring.value;
    if (!measuring.value) return;
    const measured = measurement.value;
    if (!measured) this.text.textContent = "Click the first point.";
    else if (measured.to === undefined) this.text.textContent = "Click the second point.";
    else this.text.textContent = depth ? distanceText(depth, measured.from, measured.to) : "";
  }
}

/** Distance and its standard deviation: the range errors of both ends, seen along the span. */
export function distanceText(model: DepthModel, from: number, to: number): string {
  const [a, b] = [model.position(from), model.position(to)];
  if (!a || !b) return "One of the points has no range in this frame.";
  const span = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
  const distance = Math.hypot(...span);
  const sigma = Math.hypot(
    alongSpan(model, from, a, span, distance),
    alongSpan(model, to, b, span, distance),
  );
  return `${formatMetres(distance, false)} ± ${formatMetres(sigma, true)}`;
}

function alongSpan(
  model: DepthModel,
  pixel: number,
  position: readonly [number, number, number],
  span: readonly [number, number, number],
  distance: number,
): number {
  const range = Math.hypot(...position);
  if (distance === 0 || range === 0) return model.frame.sigmaM[pixel]!;
  const dot = position[0] * span[0] + position[1] * span[1] + position[2] * span[2];
  return (model.frame.sigmaM[pixel]! * Math.abs(dot)) / (range * distance);
}
