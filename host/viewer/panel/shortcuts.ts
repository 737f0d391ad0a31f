/** What a key can do. */
export type Action =
  | "play"
  | "step"
  | "scene-before"
  | "scene-after"
  | "image-1"
  | "image-2"
  | "image-3"
  | "image-4"
  | "image-all"
  | "map"
  | "fit"
  | "marks"
  | "mixed"
  | "waves"
  | "view-reset"
  | "view-top"
  | "measure"
  | "release"
  | "save-image"
  | "save-cloud"
  | "help";

export interface Shortcut {
  readonly group: string;
  /** KeyboardEvent.key, lower case; undefined: handled by the focused view. */
  readonly key: string | undefined;
  readonly label: string;
  readonly text: string;
  readonly action: Action | undefined;
}

function shortcut(group: string, key: string, label: string, text: string, action: Action): Shortcut {
  return { group, key, label, text, action };
}

function viewKey(group: string, label: string, text: string): Shortcut {
  return { group, key: undefined, label, text, action: undefined };
}

/** Every key, for the keyboard and for the help sheet. */
export const SHORTCUTS: readonly Shortcut[] = [
  shortcut("Acquisition", " ", "Space", "Play or pause", "play"),
  shortcut("Acquisition", ".", ".", "Next frame", "step"),
  shortcut("Acquisition", "[", "[", "Scene before", "scene-before"),
  shortcut("Acquisition", "]", "]", "Scene after", "scene-after"),
  shortcut("Image", "1", "1", "Range; of an imager: intensity", "image-1"),
  shortcut("Image", "2", "2", "Sigma", "image-2"),
  shortcut("Image", "3", "3", "Amplitude", "image-3"),
  shortcut("Image", "4", "4", "Ambient", "image-4"),
  shortcut("Image", "5", "5", "All of them", "image-all"),
  shortcut("Image", "c", "C", "Next colour map", "map"),
  shortcut("Image", "a", "A", "Fit the colour range to this frame, once", "fit"),
  shortcut("Image", "f", "F", "Mark flagged pixels", "marks"),
  shortcut("Image", "x", "X", "Label mixed pixels by their neighbours", "mixed"),
  shortcut("Image", "w", "W", "Waveforms of the chip under the image", "waves"),
  viewKey("Waveforms, when focused", "Arrows  +  −", "Move, zoom; Home shows the row's read"),
  viewKey("Image, when focused", "Arrows", "Move the cursor; with Shift by ten pixels"),
  viewKey("Image, when focused", "Enter", "Pin the pixel under the cursor"),
  viewKey("Cloud, when focused", "Arrows", "Turn"),
  viewKey("Cloud, when focused", "+  −", "Zoom"),
  shortcut("View", "r", "R", "Behind the sensor", "view-reset"),
  shortcut("View", "t", "T", "From above", "view-top"),
  shortcut("View", "m", "M", "Measure the distance of two points", "measure"),
  shortcut("View", "escape", "Esc", "End measuring, then let go of the pixel", "release"),
  shortcut("Save", "i", "I", "Screenshot as PNG", "save-image"),
  shortcut("Save", "p", "P", "Points as PLY", "save-cloud"),
  shortcut("Save", "?", "?", "This sheet", "help"),
];

/** Call `act` for every key that is not meant for a field. */
export function listenToKeys(act: (action: Action) => void): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const found = SHORTCUTS.find(({ key }) => key === event.key.toLowerCase());
    if (!found?.action || belongsToField(event, found.action)) return;
    event.preventDefault();
    act(found.action);
  });
}

/** Typing goes to the field; the space bar presses the focused button; an open dialog keeps its keys. */
function belongsToField(event: KeyboardEvent, action: Action): boolean {
  const target = event.target as HTMLElement;
  if (target.closest("dialog")) return action !== "help";
  if (target instanceof HTMLSelectElement) return action !== "release";
  if (target instanceof HTMLInputElement) return target.type === "number" || event.key === " ";
  return target instanceof HTMLButtonElement && event.key === " ";
}
