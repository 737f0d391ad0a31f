import type { Rectangle, ViewState } from "../state/view-state.ts";
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
  listenToRectangle(canvas, image, state);
  canvas.addEventListener("pointerleave", () => state.cursor.set(undefined));
  // A click tells whole CSS pixels, the pointer finer ones: what is pinned is what was under the cursor.
  let pressed: number | undefined;
  canvas.addEventListener("pointerdown", (event) => {
    pressed = image.pixelAt(event.offsetX, event.offsetY);
  });
  canvas.addEventListener("click", (event) => {
    if (pressed !== undefined && !event.shiftKey) state.choose(pressed);
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

/** Shift and drag on a picture choose a rectangle. */
function listenToRectangle(canvas: HTMLCanvasElement, image: DepthImage, state: ViewState): void {
  let from: number | undefined;
  canvas.addEventListener("pointerdown", (event) => {
    const model = event.shiftKey ? state.image : undefined;
    from = model && image.pixelAt(event.offsetX, event.offsetY);
    if (from !== undefined) canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const model = state.image;
    const to = from === undefined ? undefined : image.pixelAt(event.offsetX, event.offsetY);
    if (!model || from === undefined || to === undefined) return;
    state.rectangle.set(rectangleOf(from, to, model.width));
  });
  canvas.addEventListener("pointerup", () => {
    from = undefined;
  });
}

function rectangleOf(from: number, to: number, width: number): Rectangle {
  const [x0, x1] = [from % width, to % width];
  const [y0, y1] = [Math.floor(from / width), Math.floor(to / width)];
  return {
    left: Math.min(x0, x1),
    top: Math.min(y0, y1),
    width: Math.abs(x1 - x0) + 1,
    height: Math.abs(y1 - y0) + 1,
  };
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
