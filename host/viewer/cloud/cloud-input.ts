import type { ViewState } from "../state/view-state.ts";
import type { CloudView } from "./cloud-view.ts";

/** A click is a press that did not drag, px. */
const DRAG_PX = 4;
const TURN_RAD = 0.08;
const ZOOM = 1.12;

/** Mouse, touch and keys of the cloud pane, beyond what the orbit controls do themselves. */
export function listenToCloud(canvas: HTMLCanvasElement, view: CloudView, state: ViewState): void {
  let pressedAt: { x: number; y: number } | undefined;
  canvas.addEventListener("pointerdown", (event) => {
    pressedAt = { x: event.offsetX, y: event.offsetY };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons === 0) state.cursor.set(view.pixelAt(event.offsetX, event.offsetY));
  });
  canvas.addEventListener("pointerleave", () => state.cursor.set(undefined));
  canvas.addEventListener("pointerup", (event) => {
    const isClick =
      pressedAt !== undefined &&
      Math.hypot(event.offsetX - pressedAt.x, event.offsetY - pressedAt.y) < DRAG_PX;
    const pixel = isClick && event.button === 0 ? view.pixelAt(event.offsetX, event.offsetY) : undefined;
    if (pixel !== undefined) state.choose(pixel);
  });
  canvas.addEventListener("keydown", (event) => {
    const move = KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    move(view);
  });
}

const KEYS: Readonly<Record<string, (view: CloudView) => void>> = {
  ArrowLeft: (view) => view.orbit(-TURN_RAD, 0),
  ArrowRight: (view) => view.orbit(TURN_RAD, 0),
  ArrowUp: (view) => view.orbit(0, -TURN_RAD),
  ArrowDown: (view) => view.orbit(0, TURN_RAD),
  "+": (view) => view.zoom(1 / ZOOM),
  "=": (view) => view.zoom(1 / ZOOM),
  "-": (view) => view.zoom(ZOOM),
};
