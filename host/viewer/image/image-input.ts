import type { ViewState } from "../state/view-state.ts";
import type { DepthImage } from "./depth-image.ts";

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const LONG_STEP = 10;

/** Mouse, touch and keys of the image pane. */
export function listenToImage(canvas: HTMLCanvasElement, image: DepthImage, state: ViewState): void {
  canvas.addEventListener("pointermove", (event) => {
    state.cursor.set(image.pixelAt(event.offsetX, event.offsetY));
  });
  canvas.addEventListener("pointerleave", () => state.cursor.set(undefined));
  canvas.addEventListener("click", (event) => {
    const pixel = image.pixelAt(event.offsetX, event.offsetY);
    if (pixel !== undefined) state.choose(pixel);
  });
  canvas.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const { value } = state.cursor;
    if (step) moveCursor(state, step, event.shiftKey ? LONG_STEP : 1);
    else if (event.key === "Enter" && value !== undefined) state.choose(value);
    else return;
    event.preventDefault();
  });
}

/** Without a cursor the keys begin at the pinned pixel, or else in the middle. */
function moveCursor(state: ViewState, [dx, dy]: readonly [number, number], length: number): void {
  const model = state.model.value;
  if (!model) return;
  const { width, height } = model;
  const middle = Math.floor(height / 2) * width + Math.floor(width / 2);
  const from = state.cursor.value ?? state.pinned.value ?? middle;
  const column = Math.min(width - 1, Math.max(0, (from % width) + dx * length));
  const row = Math.min(height - 1, Math.max(0, Math.floor(from / width) + dy * length));
  state.cursor.set(row * width + column);
}
