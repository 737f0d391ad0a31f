import { RANGE_M_PER_NS } from "../../hw-profiles/derive/constants.ts";
import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import { listenToCloud } from "./cloud/cloud-input.ts";
import { CloudView } from "./cloud/cloud-view.ts";
import { DrawLoop } from "./draw-loop.ts";
import { DepthImage } from "./image/depth-image.ts";
import { listenToImage } from "./image/image-input.ts";
import { ImagingPanel } from "./imaging/imaging-panel.ts";
import { Legend } from "./legend/legend.ts";
import { element } from "./panel/element.ts";
import { FlagCounts } from "./panel/flag-counts.ts";
import { GatePanel } from "./panel/gate-panel.ts";
import { MeasurementPanel } from "./panel/measurement-panel.ts";
import { PixelPanel } from "./panel/pixel-panel.ts";
import type { Session } from "./session.ts";
import type { ViewState } from "./state/view-state.ts";

const LONGEST_GRID_M = 12;

/** All views of the present frame, drawn together. */
export class Screen {
  readonly cloud: CloudView;
  readonly gates: GatePanel;
  readonly imaging: ImagingPanel;
  readonly measurement: MeasurementPanel;
  private readonly shown: readonly HTMLCanvasElement[];
  private readonly state: ViewState;
  private readonly image: DepthImage;
  private readonly legend: Legend;
  private readonly pixel: PixelPanel;
  private readonly flags = new FlagCounts();
  private readonly cloudCount = element("cloud-count", HTMLOutputElement);
  private readonly loop: DrawLoop;

  constructor(state: ViewState, session: () => Session) {
    this.state = state;
    const cloud = element("cloud", HTMLCanvasElement);
    const image = element("image", HTMLCanvasElement);
    const legend = element("legend", HTMLCanvasElement);
    this.shown = [cloud, image, legend];
    this.loop = new DrawLoop((nowMs) => this.draw(nowMs, session()));
    this.cloud = new CloudView(cloud, state, () => void this.request());
    this.image = new DepthImage(image, state);
    this.legend = new Legend(legend, state);
    this.pixel = new PixelPanel(state);
    this.gates = new GatePanel(state);
    this.imaging = new ImagingPanel(state);
    this.measurement = new MeasurementPanel(state);
    listenToCloud(cloud, this.cloud, state);
    listenToImage(image, this.image, state);
    this.redrawOnChange();
  }

  /** The views that a screenshot shows. */
  get canvases(): readonly HTMLCanvasElement[] {
    return this.shown.filter(({ clientWidth }) => clientWidth > 0);
  }

  /** Draw soon; resolves when it is done. */
  request(): Promise<void> {
    return this.loop.request();
  }

  showSensor(profile: SensorProfile): void {
    document.body.dataset["kind"] = profile.mode === "imaging" ? "image" : "depth";
    if (profile.mode !== "lidar") return;
    const farM = Math.min(LONGEST_GRID_M, RANGE_M_PER_NS * profile.readout.t0MaxNs);
    this.cloud.showSensor(profile, farM);
  }

  private redrawOnChange(): void {
    const { model, choice, marks, ranges, maps, cursor, pinned, measuring, measurement, rectangle } =
      this.state;
    for (const signal of [model, choice, marks, ranges, maps]) signal.on(() => this.recolour());
    for (const signal of [cursor, pinned, measuring, measurement, rectangle])
      signal.on(() => void this.request());
    const observer = new ResizeObserver(() => void this.request());
    for (const canvas of this.shown) observer.observe(canvas);
  }

  private recolour(): void {
    this.cloud.invalidate();
    void this.request();
  }

  private draw(nowMs: number, session: Session): void {
    const model = this.state.model.value;
    this.image.draw();
    this.legend.draw();
    this.pixel.show();
    if (model) this.flags.show(model);
    if (this.state.kind.value === "image") {
      this.imaging.draw();
      return;
    }
    this.cloud.draw(nowMs);
    this.measurement.show();
    this.gates.draw(session.calibrated, session.info);
    this.cloudCount.textContent = model ? `${model.validCount.toLocaleString("en-US")} points` : "";
  }
}
