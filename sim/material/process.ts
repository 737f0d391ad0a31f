/** Rows of a material's process table, and what lies between two rows of an annealing series. */
import type {
  AnnealedMaterial,
  AnnealStep,
  LigandMaterial,
  LigandStep,
  LinkerStep,
  MaterialProfile,
  SuperlatticeMaterial,
} from "../../hw-profiles/device-profile.ts";

/** Names of the rows. */
export function processNames(material: MaterialProfile): readonly string[] {
  switch (material.family) {
    case "ligand":
      return material.ligands.map(({ ligand }) => ligand);
    case "annealed":
      return material.anneals.map(({ annealC }) => `${annealC}`);
    case "superlattice":
      return material.linkers.map(({ linker }) => linker);
  }
}

function unknownProcess(material: MaterialProfile, process: string): RangeError {
  return new RangeError(
    `${material.name}: no process "${process}"; expected one of ${processNames(material).join(", ")}`,
  );
}

function pick<Row>(material: MaterialProfile, rows: readonly Row[], process: string | undefined): Row {
  const index = process === undefined ? 0 : processNames(material).indexOf(process);
  const row = rows[index];
  if (row === undefined) throw unknownProcess(material, process ?? "");
  return row;
}

/** The row of a ligand; the first if none is named. @throws RangeError for an unknown one. */
export function ligandStep(material: LigandMaterial, process?: string): LigandStep {
  return pick(material, material.ligands, process);
}

/** The row of a linker; the first if none is named. @throws RangeError for an unknown one. */
export function linkerStep(material: SuperlatticeMaterial, process?: string): LinkerStep {
  return pick(material, material.linkers, process);
}

/** What an anneal leaves; undefined where the series does not give it. */
export interface AnnealedState {
  readonly scatteringTimeFs: number | undefined;
  readonly persistence: number | undefined;
  readonly carrierDensityPerM3: number | undefined;
  readonly gapEv: number | undefined;
}

/** Linear between the rows around `annealC` that have the value; nothing outside of them. */
function between(
  steps: readonly AnnealStep[],
  annealC: number,
  figure: (step: AnnealStep) => number | undefined,
): number | undefined {
  const points = steps
    .flatMap((step) => {
      const value = figure(step);
      return value === undefined ? [] : [{ at: step.annealC, value }];
    })
    .sort((a, b) => a.at - b.at);
  const above = points.find(({ at }) => at >= annealC);
  const below = points.findLast(({ at }) => at <= annealC);
  if (above === undefined || below === undefined) return undefined;
  if (above.at === below.at) return above.value;
  return below.value + ((above.value - below.value) * (annealC - below.at)) / (above.at - below.at);
}

/**
 * The film after an anneal at a temperature in degrees Celsius (as text: "300"): a row of the series or between two.
 * @throws RangeError outside of the series.
 */
export function annealedState(material: AnnealedMaterial, process?: string): AnnealedState {
  const steps = material.anneals;
  const temperatures = steps.map(({ annealC }) => annealC);
  const annealC = process === undefined ? temperatures[0]! : Number(process);
  if (!(annealC >= Math.min(...temperatures) && annealC <= Math.max(...temperatures))) {
    throw new RangeError(
      `${material.name}: anneal at "${process}" is outside of the measured ${Math.min(...temperatures)} to ${Math.max(...temperatures)} degrees Celsius`,
    );
  }
  return {
    scatteringTimeFs: between(steps, annealC, (step) => step.scatteringTimeFs?.value),
    persistence: between(steps, annealC, (step) => step.persistence?.value),
    carrierDensityPerM3: between(steps, annealC, (step) => step.carrierDensityPerM3),
    gapEv: between(steps, annealC, (step) => step.gapEv),
  };
}
