import type { AnnealStep, LigandStep, LinkerStep, MaterialProfile, Measured } from "../device-profile.ts";
import type { MaterialDocument } from "../schema/material-schema.ts";

interface MeasuredValue {
  readonly value: number;
  readonly uncertainty?: number;
}

/** A key only where the document has the value. */
function optional<Key extends string>(key: Key, quantity: { readonly value: number } | undefined) {
  return (quantity === undefined ? {} : { [key]: quantity.value }) as { readonly [K in Key]?: number };
}

function optionalMeasured<Key extends string>(key: Key, quantity: MeasuredValue | undefined) {
  const measured = quantity && { value: quantity.value, uncertainty: quantity.uncertainty ?? 0 };
  return (measured === undefined ? {} : { [key]: measured }) as { readonly [K in Key]?: Measured };
}

type Family<Name extends MaterialDocument["family"]> = Extract<MaterialDocument, { family: Name }>;

function ligandStep(step: Family<"ligand">["ligands"][number]): LigandStep {
  return {
    ligand: step.ligand,
    ...optional("stokesShiftMev", step.stokesShift),
    ...optional("arsenicToIndium", step.arsenicToIndium),
    ...optional("rectification", step.rectification),
    mobilityCm2PerVs: step.mobility.value,
  };
}

function annealStep(step: Family<"annealed">["anneals"][number]): AnnealStep {
  return {
    annealC: step.anneal.value,
    ...optionalMeasured("distanceNm", step.distance),
    ...optionalMeasured("scatteringTimeFs", step.scatteringTime),
    ...optionalMeasured("persistence", step.persistence),
    ...optional("carrierDensityPerM3", step.carrierDensity),
    ...optional("gapEv", step.gap),
  };
}

function linkerStep(step: Family<"superlattice">["linkers"][number]): LinkerStep {
  return {
    linker: step.linker,
    spacerNm: step.spacer.value,
    ...optional("saturatedShiftMev", step.saturatedShift),
    ...optional("outOfPlaneNm", step.outOfPlane),
  };
}

function temperatureOf({ temperature }: Family<"superlattice">) {
  return {
    e0Ev: temperature.e0.value,
    thermalExpansionEvPerK: temperature.thermalExpansion.value,
    electronPhononEv: temperature.electronPhonon.value,
    phononEv: temperature.phonon.value,
    broadening0Ev: temperature.broadening0.value,
    couplingLoEv: temperature.couplingLo.value,
    loEv: temperature.lo.value,
  };
}

export function resolveMaterial(document: MaterialDocument): MaterialProfile {
  const base = {
    name: document.name,
    title: document.title,
    edgeEv: document.edge.value,
    edgeHalfWidthEv: document.edgeHalfWidth.value,
    relativePermittivity: document.relativePermittivity.value,
    ...optional("effectiveMass", document.effectiveMass),
    published: document.published,
  };
  switch (document.family) {
    case "ligand":
      return { ...base, family: document.family, ligands: document.ligands.map(ligandStep) };
    case "annealed":
      return { ...base, family: document.family, anneals: document.anneals.map(annealStep) };
    case "superlattice":
      return {
        ...base,
        family: document.family,
        linkers: document.linkers.map(linkerStep),
        barrierEv: document.barrier.value,
        dotNm: document.dot.value,
        mobilityCm2PerVs: document.mobility.value,
        temperature: temperatureOf(document),
      };
  }
}
