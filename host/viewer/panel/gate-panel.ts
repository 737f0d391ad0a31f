import type { CalibratedProfile } from "../../analysis/gate-correction.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import { formatElectrons } from "../legend/format.ts";
import { fitOf, type GateFit } from "../plot/gate-fit.ts";
import { GatePlot } from "../plot/gate-plot.ts";
import { flagsInWords } from "../state/flags-text.ts";
import type { ViewState } from "../state/view-state.ts";
import { element } from "./element.ts";

/** The pinned pixel's gate samples, as long as the frames carry them. */
export class GatePanel {
  private readonly state: ViewState;
  private readonly canvas = element("gates", HTMLCanvasElement);
  private readonly summary = element("gates-summary", HTMLOutputElement);
  private readonly empty = element("gates-empty", HTMLParagraphElement);
  private readonly plot = new GatePlot(this.canvas);
  private present: GateFit | undefined;

  constructor(state: ViewState) {
    this.state = state;
  }

  /** What is plotted now. */
  get fit(): GateFit | undefined {
    return this.present;
  }

  draw(profile: CalibratedProfile | undefined, info: CameraInfo | undefined): void {
    this.present = profile && info && this.makeFit(profile, info);
    this.plot.draw(this.present);
    this.empty.hidden = this.present !== undefined;
    this.empty.textContent = this.emptyText();
    const summary = this.present ? summarise(this.present, this.pinnedFlags) : "";
    this.summary.textContent = summary;
    this.canvas.setAttribute(
      "aria-label",
      summary ? `Gate samples of the pinned pixel: ${summary}` : "Gate samples",
    );
  }

  private get pinnedFlags(): number {
    const { pinned, model } = this.state;
    return model.value?.frame.flags[pinned.value ?? -1] ?? 0;
  }

  private makeFit(profile: CalibratedProfile, info: CameraInfo): GateFit | undefined {
    const model = this.state.depth;
    const pinned = this.state.pinned.value;
    const probe = model?.frame.probe;
    if (info.mode !== "lidar" || !model || !probe || probe.y * model.width + probe.x !== pinned)
      return undefined;
    return fitOf(model.frame, probe, model.valid[pinned] === 1, profile, info);
  }

  private emptyText(): string {
    const { pinned, model } = this.state;
    if (pinned.value === undefined) return "Click a pixel to see its gate samples and the fitted waveform.";
    const probe = model.value?.frame.probe;
    if (probe)
      return `The device sends another pixel (row ${probe.y}, column ${probe.x}); click to take it back.`;
    return "Waiting for a frame that carries this pixel's samples.";
  }
}

function summarise(fit: GateFit, flags: number): string {
  if (fit.curve.length === 0) return `${fit.samples.length} gates, no fit: ${flagsInWords(flags, "depth")}`;
  const chi2 = fit.chi2PerDof?.toFixed(2) ?? "–, too few gates left";
  return (
    `A ${formatElectrons(fit.amplitudeE)} · b ${formatElectrons(fit.ambientE)} · ` +
    `t₀ ${fit.t0Ns.toFixed(2)} ns · χ²/dof ${chi2}`
  );
}
