import type { SensorProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import { formatElectrons } from "../legend/format.ts";
import { fitOf, type GateFit } from "../plot/gate-fit.ts";
import { GatePlot } from "../plot/gate-plot.ts";
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

  draw(profile: SensorProfile | undefined, info: CameraInfo | undefined): void {
    this.present = profile && info && this.makeFit(profile, info);
    this.plot.draw(this.present);
    this.empty.hidden = this.present !== undefined;
    this.empty.textContent = this.emptyText();
    this.summary.textContent = this.present ? summarise(this.present) : "";
    this.canvas.setAttribute(
      "aria-label",
      this.present ? `Gate samples of the pinned pixel: ${summarise(this.present)}` : "Gate samples",
    );
  }

  private makeFit(profile: SensorProfile, info: CameraInfo): GateFit | undefined {
    const model = this.state.model.value;
    const pinned = this.state.pinned.value;
    const probe = model?.frame.probe;
    if (!model || !probe || probe.y * model.width + probe.x !== pinned) return undefined;
    return fitOf(model.frame, probe, model.valid[pinned] === 1, profile, info.gainEPerDn);
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

function summarise(fit: GateFit): string {
  const gates = `${fit.samples.length} gates`;
  if (fit.chi2PerDof === undefined) return `${gates} · no return · b ${formatElectrons(fit.ambientE)}`;
  return (
    `A ${formatElectrons(fit.amplitudeE)} · b ${formatElectrons(fit.ambientE)} · ` +
    `t₀ ${fit.t0Ns.toFixed(2)} ns · χ²/dof ${fit.chi2PerDof.toFixed(2)}`
  );
}
