/**
 * A film under spectrometers: terahertz conductivity, photoluminescence, absorption.
 *
 * Not modelled: the substrate, the film's thickness, instrument functions (lines are wider than any of them).
 */
import { annealedValue } from "../../hw-profiles/derive/anneal.ts";
import { annealOf, effectiveMassOf, processNames } from "../../hw-profiles/derive/film.ts";
import type { AnnealStep, MaterialProfile } from "../../hw-profiles/device-profile.ts";
import { type Carriers, drudeConductivity, drudeSmithConductivity } from "../material/drude-smith.ts";
import { gaussianLine, smoothStep } from "../material/line-shape.ts";
import { type FilmLines, type FilmState, filmLines } from "../material/optics.ts";
import { counted, scattered } from "./counting.ts";
import { readingSeed } from "./seeding.ts";

export interface SampleState extends FilmState {
  readonly seed: number;
}

/** Scatter of a conductivity, relative to the Drude conductivity at zero frequency. */
const CONDUCTIVITY_SCATTER = 0.002;
const PEAK_COUNTS = 1e5;
const DARK_COUNTS = 20;
/** Scatter of an optical density. */
const DENSITY_SCATTER = 2e-4;
/** Continuum above the exciton: height relative to its peak, and distance and width in half widths. */
const CONTINUUM = { height: 0.5, distance: 5, width: 0.5 };

export class MaterialBench {
  readonly #material: MaterialProfile;

  constructor(material: MaterialProfile) {
    this.#material = material;
  }

  get name(): string {
    return this.#material.name;
  }
  get title(): string {
    return this.#material.title;
  }
  get processes(): readonly string[] {
    return processNames(this.#material);
  }

  /** S/m by frequency. @throws ProfileError without effective mass or outside of the anneals, RangeError for other materials. */
  conductivity(state: SampleState, frequenciesHz: readonly number[]) {
    const carriers = this.#carriers(state.process);
    const clean = frequenciesHz.map((hz) => drudeSmithConductivity(carriers, hz));
    const spread = { absolute: CONDUCTIVITY_SCATTER * drudeConductivity(carriers) };
    const real = clean.map((sigma) => sigma.real);
    const imaginary = clean.map((sigma) => sigma.imaginary);
    return {
      real: scattered(real, spread, this.#seed(state, "real conductivity")),
      imaginary: scattered(imaginary, spread, this.#seed(state, "imaginary conductivity")),
    };
  }

  /** Counts by photon energy. @throws ProfileError for an unknown process. */
  luminescence(state: SampleState, energiesEv: readonly number[]): Float64Array {
    const { emissionEv, emissionHalfWidthEv } = this.#lines(state);
    const means = energiesEv.map(
      (ev) => DARK_COUNTS + PEAK_COUNTS * gaussianLine(ev - emissionEv, emissionHalfWidthEv),
    );
    return counted(means, this.#seed(state, "luminescence"));
  }

  /** Optical density by photon energy, 1 at the exciton peak. @throws ProfileError for an unknown process. */
  absorbance(state: SampleState, energiesEv: readonly number[]): Float64Array {
    const { absorptionEv, absorptionHalfWidthEv: half } = this.#lines(state);
    const { height, distance, width } = CONTINUUM;
    const clean = energiesEv.map((ev) => {
      const above = ev - absorptionEv;
      return gaussianLine(above, half) + height * smoothStep(above - distance * half, width * half);
    });
    return scattered(clean, { absolute: DENSITY_SCATTER }, this.#seed(state, "absorbance"));
  }

  #lines(state: SampleState): FilmLines {
    const { layers = 1, temperatureK = 300 } = state;
    if (!(Number.isInteger(layers) && layers >= 1)) {
      throw new RangeError(`${this.name}: ${layers} layers; expected a whole number from 1`);
    }
    if (!(temperatureK > 0)) throw new RangeError(`${this.name}: ${temperatureK} K; expected above 0`);
    return filmLines(this.#material, state);
  }

  #carriers(process?: string): Carriers {
    const material = this.#material;
    if (material.family !== "annealed") {
      throw new RangeError(
        `${this.name}: a ${material.family} material has no scattering time and carrier density; expected an annealed one`,
      );
    }
    const effectiveMass = effectiveMassOf(material);
    const annealC = annealOf(material, process);
    const figure = (what: string, figureOf: (step: AnnealStep) => number | undefined) =>
      annealedValue(material, annealC, what, figureOf).value;
    return {
      effectiveMass,
      scatteringTimeFs: figure("scattering time", (step) => step.scatteringTimeFs?.value),
      persistence: figure("persistence of velocity", (step) => step.persistence?.value),
      densityPerM3: figure("carrier density", (step) => step.carrierDensityPerM3),
    };
  }

  #seed({ seed, process, layers, temperatureK }: SampleState, instrument: string): bigint {
    return readingSeed(seed, this.name, instrument, process, layers, temperatureK);
  }
}
