import { toPly } from "./export/ply.ts";
import { save, screenshot } from "./export/save.ts";
import type { Help } from "./panel/help.ts";
import type { ImageControls } from "./panel/image-controls.ts";
import type { Action } from "./panel/shortcuts.ts";
import type { Toolbar } from "./panel/toolbar.ts";
import type { Screen } from "./screen.ts";
import type { ViewState } from "./state/view-state.ts";
import type { TimelinePanel } from "./timeline/timeline-panel.ts";

interface Parts {
  readonly state: ViewState;
  readonly toolbar: Toolbar;
  readonly screen: Screen;
  readonly images: ImageControls;
  readonly help: Help;
  readonly timeline: TimelinePanel;
}

/** What every key and the buttons of the same name do. */
export function actions({
  state,
  toolbar,
  screen,
  images,
  help,
  timeline,
}: Parts): Readonly<Record<Action, () => void>> {
  return {
    play: () => toolbar.togglePlay(),
    step: () => toolbar.stepOnce(),
    "scene-before": () => toolbar.changeScene(-1),
    "scene-after": () => toolbar.changeScene(1),
    "image-1": () => chooseImage(state, 0),
    "image-2": () => chooseImage(state, 1),
    "image-3": () => chooseImage(state, 2),
    "image-4": () => chooseImage(state, 3),
    "image-all": () => state.choice.set("all"),
    map: () => images.nextMap(),
    fit: () => images.fitOnce(),
    marks: () => images.toggleMarks(),
    mixed: () => images.toggleMixed(),
    waves: () => timeline.show(!timeline.isShown),
    "view-reset": () => screen.cloud.resetView(),
    "view-top": () => screen.cloud.viewFromAbove(),
    measure: () => screen.measurement.toggle(),
    release: () => release(state),
    "save-image": () => {
      saveImage(state, screen).catch((error: unknown) =>
        toolbar.say(error instanceof Error ? error.message : String(error)),
      );
    },
    "save-cloud": () => saveCloud(state),
    help: () => help.toggle(),
  };
}

function chooseImage(state: ViewState, index: number): void {
  const component = state.components[index];
  if (component) state.choice.set(component.id);
}

function release(state: ViewState): void {
  if (!state.measuring.value) {
    state.pinned.set(undefined);
    return;
  }
  state.measuring.set(false);
  state.measurement.set(undefined);
}

async function saveImage(state: ViewState, screen: Screen): Promise<void> {
  await screen.request();
  save(`${fileStem(state)}.png`, await screenshot(screen.canvases));
}

function saveCloud(state: ViewState): void {
  const { depth } = state;
  if (depth) save(`${fileStem(state)}.ply`, new Blob([toPly(depth)], { type: "application/octet-stream" }));
}

function fileStem(state: ViewState): string {
  const number = state.model.value?.frame.frameNumber ?? 0;
  return `cqd-frame-${String(number).padStart(6, "0")}`;
}
