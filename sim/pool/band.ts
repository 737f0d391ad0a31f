import { RESPONSE_STEP_NS } from "../detector/response.ts";
import type { ChipDeviation } from "../deviation/chip-deviation.ts";
import { litProfile, scaleAmbient } from "../deviation/chip-light.ts";
import { pixelLatenessNs } from "../deviation/pixel-lateness.ts";
import { subRays } from "../optics/sub-rays.ts";
import { type DevicePatterns, devicePatterns, type PixelArea } from "../pixel/device-patterns.ts";
import { type ExposureSettings, fillExposureMaps } from "../pixel/exposure-maps.ts";
import { fullWellE, gainEPerDn, maxCode, resetNoiseE } from "../pixel/noise-budget.ts";
import { type ExposeOptions, PixelKernels } from "../pixel/pixel-kernels.ts";
import { gatedProfile } from "../roic/gated-profile.ts";
import { openScene } from "../scene/open-scene.ts";
import type { ChangedPixels, RayBundle, Scene } from "../scene/scene.ts";
import { readArtefact } from "./artefacts.ts";
import type { BandSource, ExposingBand } from "./exposing-band.ts";
import { type ExposureJob, type ExposureSetup, sameSettings } from "./exposure-job.ts";
import { responseOf } from "./response-cache.ts";
import type { BandRows } from "./split-rows.ts";

/**
 * A band of sensor rows with everything that makes light into codes. Results depend on the global pixel index alone,
 * so that any split into bands gives the same bytes.
 */
export class Band implements ExposingBand<ExposureJob> {
  readonly area: PixelArea;
  readonly kernels: PixelKernels;
  private readonly setup: ExposureSetup;
  private readonly scene: Scene;
  private readonly rays: RayBundle;
  private readonly patterns: DevicePatterns;
  private settings: ExposureSettings | undefined;

  private constructor(setup: ExposureSetup, rows: BandRows, scene: Scene) {
    const { profile } = setup;
    const { widthPx } = profile.array;
    this.setup = setup;
    this.scene = scene;
    this.area = { firstPixel: rows.firstRow * widthPx, count: rows.rows * widthPx };
    this.rays = subRays(profile.optics, { columns: widthPx, ...rows }, setup.raysPerSide);
    this.patterns = devicePatterns(profile, this.area);
    this.kernels = PixelKernels.create({
      wasm: readArtefact("kernels.wasm"),
      pixels: this.area.count,
      gates: profile.gates.delaysNs.length,
      raysPerPixel: this.rays.raysPerPixel,
    });
    this.kernels.maps.offsetDn.set(this.patterns.offsetDn);
    this.kernels.maps.defect.set(this.patterns.defect);
    this.kernels.maps.stuckCode.set(this.patterns.stuckCode);
    if (setup.deviation !== undefined) this.setLateness(setup.deviation);
  }

  static async open(setup: ExposureSetup, rows: BandRows): Promise<Band> {
    const scene = await openScene(setup.scene, { traceWasm: readArtefact("trace.wasm") });
    return new Band(setup, rows, scene);
  }

  /**
   * Trace the scene at the job's time and bring signal, background and dark maps up to date.
   * @returns the pixels whose hits changed.
   */
  illuminate(job: ExposureJob): ChangedPixels {
    const changed = this.scene.trace(this.rays, job.startNs, this.kernels.hits);
    if (this.settings === undefined || !sameSettings(this.settings, job.settings)) {
      this.applySettings(job.settings);
      this.gather(0, this.area.count);
      return changed;
    }
    for (let run = 0; run < changed.runs.length; run += 2) {
      this.gather(changed.runs[run]!, changed.runs[run + 1]!);
    }
    return changed;
  }

  /** Codes of all gates, with this exposure's noise, to kernels.codes. */
  expose(job: ExposureJob): void {
    this.illuminate(job);
    this.kernels.expose(this.exposeOptions(job));
  }

  /** What the samples of a frame depend on besides the maps and the signal. */
  exposeOptions(job: ExposureJob): ExposeOptions {
    const { profile, seed } = this.setup;
    return {
      seed,
      frame: job.frame,
      bandFirstPixel: this.area.firstPixel,
      resetNoiseE: resetNoiseE(profile, job.settings.temperatureMk / 1000),
      readNoiseE: profile.pixel.readNoiseE,
      gainEPerDn: gainEPerDn(profile),
      fullWellE: fullWellE(profile),
      maxCode: maxCode(profile),
    };
  }

  /** Write the band's codes to their place in planes of the whole array, [gate][row][column]. */
  copyCodes(planes: Uint16Array): void {
    const { codes, gates, pixels } = this.kernels;
    const planePixels = planes.length / gates;
    for (let gate = 0; gate < gates; gate++) {
      const line = codes.subarray(gate * pixels, (gate + 1) * pixels);
      planes.set(line, gate * planePixels + this.area.firstPixel);
    }
  }

  private applySettings(settings: ExposureSettings): void {
    const { deviation } = this.setup;
    const profile = gatedProfile(this.setup.profile, settings.gates);
    const { maps } = this.kernels;
    const lit = deviation === undefined ? profile : litProfile(profile, deviation);
    fillExposureMaps(lit, settings, this.area, this.patterns, maps);
    if (deviation !== undefined) scaleAmbient(maps.ambientScaleE, profile, deviation);
    this.kernels.setResponse(responseOf(this.setup, settings));
    this.settings = settings;
  }

  private setLateness(deviation: ChipDeviation): void {
    const lateNs = pixelLatenessNs(this.setup.profile, deviation, this.area);
    const { lateRows } = this.kernels.maps;
    for (let i = 0; i < lateRows.length; i++) lateRows[i] = lateNs[i]! / RESPONSE_STEP_NS;
  }

  private gather(firstPixel: number, count: number): void {
    const { extinctionPerM } = this.setup.profile.environment;
    this.kernels.gatherSignal({ firstPixel, count, extinctionPerM, chart: this.scene.chart });
  }
}

/** Bands of a LiDAR sensor. */
export function lidarBands(setup: ExposureSetup): BandSource<ExposureJob> {
  const { heightPx } = setup.profile.array;
  return { setup, heightPx, alignment: 1, open: (rows) => Band.open(setup, rows) };
}
