import { actions } from "./actions.ts";
import type { Automation } from "./automation.ts";
import { FirmwarePanel } from "./firmware/firmware-panel.ts";
import { ExposureControls } from "./imaging/exposure-controls.ts";
import { RegionControls } from "./imaging/region-controls.ts";
import { BoardButton } from "./panel/board-button.ts";
import { DevicePanel } from "./panel/device-panel.ts";
import { button, element } from "./panel/element.ts";
import { Help } from "./panel/help.ts";
import { ImageControls } from "./panel/image-controls.ts";
import { listenToKeys } from "./panel/shortcuts.ts";
import { StatusBar } from "./panel/status-bar.ts";
import { Toolbar } from "./panel/toolbar.ts";
import { Screen } from "./screen.ts";
import { Session } from "./session.ts";
import { ViewState } from "./state/view-state.ts";
import { TimelinePanel } from "./timeline/timeline-panel.ts";

const STATUS_MS = 500;

const state = new ViewState();
const toolbar = new Toolbar((message) => session.send(message));
window.addEventListener("error", ({ error }) => {
  if (!(error instanceof Error)) return;
  toolbar.say(`This page failed: ${error.message} Reload it; it needs a browser with WebGL 2.`);
});
window.addEventListener("unhandledrejection", ({ reason }) => {
  toolbar.say(`This page failed: ${reason instanceof Error ? reason.message : String(reason)} Reload it.`);
});
const screen = new Screen(state, () => session);
const status = new StatusBar();
const images = new ImageControls(state);
const help = new Help();
const devicePanel = new DevicePanel(
  () => session.device.open,
  (info) => {
    session.info = info;
  },
  (problem) => toolbar.say(problem),
);

const firmware = new FirmwarePanel(
  () => session.device.open,
  (camera) => {
    const shown = camera.info().then((info) => devicePanel.show(camera, info));
    void session.whileOpen(camera, shown);
  },
);

const exposure = new ExposureControls(
  () => session.device.open,
  (info) => {
    session.info = info;
    if (info.mode === "imaging") region.show(info);
  },
  (problem) => toolbar.say(problem),
);
const region = new RegionControls((message) => session.send(message));
state.rectangle.on((rectangle) => {
  if (rectangle) region.choose(rectangle.left, rectangle.top, rectangle.width, rectangle.height);
});

const board = new BoardButton(
  () => session.control,
  (problem) => toolbar.say(problem),
);
const timeline = new TimelinePanel(state, (request) => session.send(request));

const session: Session = new Session(state, {
  serverState: (serverState) => {
    toolbar.showState(serverState);
    timeline.offer(serverState.isSimulated);
    board.show();
  },
  alone: (wasThere) => {
    if (wasThere) toolbar.showServerGone();
    else toolbar.showServerMissing();
    board.show();
  },
  problem: (text) => toolbar.say(text),
  timeline: (answer) => timeline.take(answer),
  deviceChanged: (profile) => {
    timeline.forget();
    if (profile) screen.showSensor(profile);
  },
  deviceOpened: (camera, info) => {
    timeline.forget();
    void session.whileOpen(camera, devicePanel.show(camera, info));
    firmware.deviceOpened();
    if (info.mode !== "imaging") return;
    void session.whileOpen(camera, exposure.show(camera, info));
    region.show(info);
  },
  show: async () => {
    const { model } = state;
    if (model.value) toolbar.showFrame(model.value.frame);
    await screen.request();
    timeline.draw();
  },
});

const act = actions({ state, toolbar, screen, images, help, timeline });
listenToKeys((action) => act[action]());
button("view-reset", act["view-reset"]);
button("view-top", act["view-top"]);
button("save-image", act["save-image"]);
button("save-cloud", act["save-cloud"]);

const pointSize = element("point-size", HTMLInputElement);
function showPointSize(): void {
  screen.cloud.pointSize = pointSize.valueAsNumber;
  element("point-size-value", HTMLOutputElement).textContent = `${pointSize.valueAsNumber} px`;
  void screen.request();
}
pointSize.addEventListener("input", showPointSize);
showPointSize();

setInterval(() => {
  status.show({
    receivedFps: session.receivedFps,
    deviceFps: session.info?.frameRateHz,
    latencyMs: session.latencyMs,
    statistics: session.device.statistics(),
    frame: state.model.value?.frame,
    shownPoints: screen.cloud.shownPoints,
    points: screen.cloud.points,
    pages: session.serverState?.pages ?? 0,
  });
}, STATUS_MS);

window.cqd = {
  get frame() {
    return state.depth?.frame;
  },
  get image() {
    return state.image?.frame;
  },
  get frames() {
    return session.framesShown;
  },
  get points() {
    return screen.cloud.points;
  },
  get shownPoints() {
    return screen.cloud.shownPoints;
  },
  get mode() {
    return session.mode;
  },
  get connected() {
    return session.connected;
  },
  get cursor() {
    return state.cursor.value;
  },
  get pinned() {
    return state.pinned.value;
  },
  position: (pixel) => state.depth?.position(pixel),
  get gateSamplesE() {
    return screen.gates.fit?.samples.map(({ electrons }) => electrons) ?? [];
  },
  get plots() {
    return screen.imaging.plots;
  },
  get noise() {
    return screen.imaging.noiseSummary;
  },
  get timeline() {
    return timeline.lanes;
  },
  get timelineRow() {
    return timeline.shownRow;
  },
  get chi2PerDof() {
    return screen.gates.fit?.chi2PerDof;
  },
} satisfies Automation;
