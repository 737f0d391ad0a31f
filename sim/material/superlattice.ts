/**
 * Shift of the edge of a superlattice against layers and linker: a tight-binding chain of N layers,
 *   shift(N) = -2 beta cos(pi / (N + 1)),   beta ~ exp[-2 x sqrt(2 m* V / hbar^2)]   [enomoto2024 eq. 1].
 * beta is scaled by one measured shift (the shortest linker that has one, eight layers); all other linkers follow from the
 * width x of their barrier.
 *
 * With x = distance of the layers - dot (0.9 nm C3DT, 1.3 nm C10DT) the two measured shifts ask for m* V = 0.076 m_e eV, a usual
 * barrier. The linkers' lengths (0.55 and 1.46 nm) would ask for 0.015 m_e eV, too low for organic molecules.
 *
 * Not modelled: coupling within a layer, disorder of sites and gaps, excitonic effects, strain of thick films.
 */
import { couplingRatio, layerShare } from "../../hw-profiles/derive/coupling.ts";
import { layerGapNm } from "../../hw-profiles/derive/separation.ts";
import type { LinkerStep, SuperlatticeMaterial } from "../../hw-profiles/device-profile.ts";

/** Layers at which enomoto2024 takes the shift as saturated. */
const SATURATED_LAYERS = 8;

function scaleLinker(material: SuperlatticeMaterial): { linker: LinkerStep; shiftMev: number } {
  const measured = material.linkers
    .filter((linker) => linker.saturatedShiftMev !== undefined)
    .sort((a, b) => a.spacerNm - b.spacerNm)[0];
  if (measured?.saturatedShiftMev === undefined) {
    throw new RangeError(
      `${material.name}: no linker has a measured shift; the coupling needs one for its scale`,
    );
  }
  return { linker: measured, shiftMev: measured.saturatedShiftMev };
}

function effectiveMass({ name, effectiveMass: mass }: SuperlatticeMaterial): number {
  if (mass !== undefined) return mass;
  throw new RangeError(
    `${name}: no effective mass; the coupling needs one. Declare effectiveMass in its document`,
  );
}

/** Coupling between layers relative to that of the linker whose shift was measured. */
export function relativeCoupling(material: SuperlatticeMaterial, linker: LinkerStep): number {
  const reference = layerGapNm(material, scaleLinker(material).linker);
  return couplingRatio(layerGapNm(material, linker), reference, effectiveMass(material), material.barrierEv);
}

/** Shift of the edge of `layers` layers against one, meV; negative is red. */
export function layerShiftMev(material: SuperlatticeMaterial, linker: LinkerStep, layers: number): number {
  const scale = scaleLinker(material).shiftMev / layerShare(SATURATED_LAYERS);
  return scale * relativeCoupling(material, linker) * layerShare(layers);
}
