import { BLIND_BELOW, relativeResponse, visibleRangeNm } from "../../../hw-profiles/derive/spectral-range.ts";
import type { SpectralResponse, SpectrumProfile } from "../../../hw-profiles/device-profile.ts";
import { loadSpectrum } from "../../../hw-profiles/load/load-part.ts";
import { DesignError } from "../design-error.ts";
import { type DesignParts, isPart } from "./parts.ts";

/** A laser this near to the wavelength of the detector's efficiency needs no correction. */
const SAME_LINE_NM = 1;
const SUN_SPECTRUM = "am15";

/** Filter, sunlight and efficiency for the laser's wavelength, where a setting moved it away from what the documents say. */
export function matchLight(design: DesignParts): void {
  const wavelengthNm = design.number("emitter", "wavelength");
  moveFilter(design, wavelengthNm);
  scaleEfficiency(design, wavelengthNm);
}

function moveFilter(design: DesignParts, wavelengthNm: number): void {
  const centreNm = design.number("sensor", "optics.filterCentre");
  const widthNm = design.number("sensor", "optics.filterWidth");
  const isPassed = Math.abs(centreNm - wavelengthNm) <= widthNm / 2;
  if (isPassed || design.isWritten("sensor", "optics.filterCentre")) return;
  design.write("sensor", "optics.filterCentre", wavelengthNm, "filter");
  if (design.isWritten("sensor", "environment.sunIrradiance")) return;
  const spectrum = loadSpectrum(SUN_SPECTRUM);
  const sun = meanOver(spectrum, wavelengthNm - widthNm / 2, wavelengthNm + widthNm / 2);
  design.write("sensor", "environment.sunIrradiance", sun, "filter");
  design.notes.push(
    `filter moved to ${wavelengthNm} nm with the laser; sunlight there ${Number(sun.toPrecision(3))} W/m2/nm, known to ${100 * spectrum.relativeError} % (${SUN_SPECTRUM})`,
  );
}

/** Mean of a spectrum, linear between its points, over a band. */
function meanOver({ wavelengthsNm, values }: SpectrumProfile, fromNm: number, toNm: number): number {
  const steps = 200;
  let sum = 0;
  for (let i = 0; i < steps; i++)
    sum += valueAt(wavelengthsNm, values, fromNm + ((i + 0.5) / steps) * (toNm - fromNm));
  return sum / steps;
}

function valueAt(xs: readonly number[], ys: readonly number[], x: number): number {
  const above = xs.findIndex((each) => each >= x);
  if (above <= 0) return above === 0 && xs[0] === x ? (ys[0] ?? 0) : 0;
  const [x0, x1] = [xs[above - 1]!, xs[above]!];
  return ys[above - 1]! + ((ys[above]! - ys[above - 1]!) * (x - x0)) / (x1 - x0);
}

/** The documents' efficiency holds at one wavelength; elsewhere it follows the film's spectrum. */
function scaleEfficiency(design: DesignParts, wavelengthNm: number): void {
  const { detector } = design.parts;
  const name = String(detector["name"]);
  const measuredNm = isPart(detector["film"]) ? design.number("detector", "film.wavelength") : undefined;
  if (measuredNm !== undefined && Math.abs(measuredNm - wavelengthNm) <= SAME_LINE_NM) return;
  if (!isPart(detector["device"])) {
    if (!design.isWritten("emitter", "wavelength")) return;
    throw new DesignError(
      `set: found light of ${wavelengthNm} nm and detector ${name}, whose document tells no spectrum; expected a detector with one`,
    );
  }
  const spectrum = spectrumOf(design);
  const here = relativeResponse(spectrum, wavelengthNm);
  if (here < BLIND_BELOW) throw blind(name, spectrum, wavelengthNm);
  const factor = here / (measuredNm === undefined ? 1 : relativeResponse(spectrum, measuredNm));
  const points = detector["eqePoints"];
  if (!Array.isArray(points) || Math.abs(factor - 1) < 1e-3) return;
  points.forEach((_, i) => {
    const path = `eqePoints.${i}.eqe`;
    if (design.isWritten("detector", path)) return;
    design.write("detector", path, design.number("detector", path) * factor, "spectrum");
  });
  design.notes.push(
    `efficiency of ${name} at ${wavelengthNm} nm: ${factor.toPrecision(3)} of that at ${Math.round(measuredNm ?? spectrum.peakNm)} nm, by its spectrum`,
  );
}

function spectrumOf(design: DesignParts): SpectralResponse {
  const value = (path: string) => design.number("detector", `device.spectrum.${path}`);
  return {
    peakNm: value("peak"),
    halfWidthEv: value("halfWidth"),
    plateau: value("plateau"),
    minNm: value("minimum"),
  };
}

function blind(name: string, spectrum: SpectralResponse, wavelengthNm: number): DesignError {
  const [fromNm, toNm] = visibleRangeNm(spectrum).map((valueNm) => Math.round(valueNm));
  return new DesignError(
    `set: found light of ${wavelengthNm} nm, which ${name} cannot see; expected ${fromNm} to ${toNm} nm (peak at ` +
      `${Math.round(spectrum.peakNm)} nm, below ${BLIND_BELOW * 100} % of it elsewhere); choose another detector, ` +
      "emitter or wavelength=NM",
  );
}
