/**
 * Materials, detector devices, emitters, spectra and power cells after validation and resolution: plain numbers, the unit
 * in every name. The documents behind them (materials/, detectors/, emitters/, spectra/, power/) carry unit and source.
 */

/** A figure as a paper prints it. What experiments are compared with; the physics never reads it. */
export interface PublishedFigure {
  /** Camel case, as in results of the bench: "fallTime", "detectivity", "responsivity", "eqe", "darkCurrentDensity". */
  readonly quantity: string;
  /** Printed value, or both ends of a printed range in the order of the paper. */
  readonly values: readonly number[];
  readonly unit: string;
  /** Key and place: "meng2024 Table 4, ref. 92". */
  readonly source: string;
  /** "about", "less than", "at most", ... as printed. */
  readonly reading: "exact" | "about" | "below" | "at-most" | "above" | "range";
  /** Half width that the paper itself states, in `unit`. */
  readonly uncertainty?: number;
  readonly wavelengthNm?: number;
  readonly biasV?: number;
  readonly gateV?: number;
  readonly frequencyHz?: number;
  readonly temperatureK?: number;
  /** Row of a material's table ("ME", "300", "C3DT"), or what falls on a cell ("behindSilicon"). */
  readonly condition?: string;
  /** A misprint or contradiction in the source, in plain words; stays in every output. */
  readonly flag?: string;
}

/** Falls off as a Gaussian in photon energy below the peak, and stays above `plateau` of it on the blue side down to minNm. */
export interface SpectralResponse {
  readonly peakNm: number;
  /** Half width at half maximum of the exciton peak, eV. */
  readonly halfWidthEv: number;
  /** Relative response far on the blue side of the peak, 0..1. */
  readonly plateau: number;
  /** Shortest wavelength that reaches the film, nm. */
  readonly minNm: number;
}

/**
 * J(V,T) = J0 exp(-(Ea/k)(1/T - 1/T0)) ([exp(qV/nkT) - 1] series limited) + V/R_sh helped by the field (Poole and Frenkel);
 * docs/physics.md. At referenceBiasV the shunt carries shuntShare of densityAPerCm2, the diode the rest. A reference at 0 V is
 * the current whose shot noise the device shows there. Photoconductors and phototransistors: an ohmic channel.
 */
export interface DarkCurrentProfile {
  /** Magnitude at referenceBiasV and referenceK. */
  readonly densityAPerCm2: number;
  readonly referenceBiasV: number;
  readonly referenceK: number;
  readonly activationEv: number;
  readonly ideality: number;
  /** Share of the reference current that flows through the shunt, 0..1. */
  readonly shuntShare: number;
  /** Series resistance that limits the forward current, ohm cm2. */
  readonly seriesOhmCm2: number;
}

/** S_I(f) = S_w (1 + (f_c/f)^slope); slope 1: power ~ 1/f, slope 2: amplitude ~ 1/f (the two readings of choi2021 Fig. 4d). */
export interface NoiseProfile {
  /** White noise as a multiple (amplitude) of the shot noise of the current. */
  readonly shotMultiple: number;
  readonly cornerHz: number;
  readonly slope: 1 | 2;
  /** White noise besides the shot noise (amplifier, gain noise), A/sqrt(Hz). */
  readonly excessAPerRtHz: number;
}

/** One exponential share of the answer to light; shares sum to one. */
export interface ResponsePole {
  readonly share: number;
  readonly riseTauS: number;
  readonly fallTauS: number;
}

interface DeviceBase {
  readonly name: string;
  readonly title: string;
  /** Name of a material document, and the row of its process table. */
  readonly material: string;
  readonly process?: string;
  readonly areaCm2: number;
  readonly thicknessNm: number;
  readonly operatingBiasV: number;
  readonly spectrum: SpectralResponse;
  readonly dark: DarkCurrentProfile;
  readonly noise: NoiseProfile;
  readonly response: readonly ResponsePole[];
  /** "measured": `response` as given; "area-scaled": the RC part scales with the area; "material": from transit, RC and diffusion. */
  readonly responseModel: "measured" | "area-scaled" | "material";
  /** I_ph ~ P^k, k <= 1. */
  readonly powerExponent: number;
  /** Light power at which the responsivity holds when k < 1, W. */
  readonly referencePowerW: number;
  readonly published: readonly PublishedFigure[];
}

export interface PhotodiodeProfile extends DeviceBase {
  readonly structure: "photodiode";
  /** By rising bias. Above 1 with photomultiplication gain. At the peak wavelength. */
  readonly eqePoints: readonly { readonly biasV: number; readonly eqe: number }[];
  readonly relativePermittivity: number;
  readonly loadOhm: number;
  /** Built-in voltage of the junction; drives the drift together with the reverse bias. Absent: 0.3 V. */
  readonly builtInV?: number;
  /**
   * Time constants by rising bias relative to those of `response`, where the paper gives the speed at several biases;
   * interpolated linearly, held at the ends. Absent: the same at every bias.
   */
  readonly speedPoints?: readonly { readonly biasV: number; readonly relativeTau: number }[];
}

/** Gain = lifetime / transit, transit = L^2 / (mobility (V + V_bias)) [meng2024 section 4]. */
export interface PhotoconductorProfile extends DeviceBase {
  readonly structure: "photoconductor";
  readonly internalQuantumEfficiency: number;
  readonly carrierLifetimeS: number;
  readonly mobilityCm2PerVs: number;
  readonly channelLengthUm: number;
  readonly builtInV: number;
}

/** Photogating: trapped charge of lifetime tau shifts the threshold; gain as for a photoconductor, set by the gate. */
export interface PhototransistorProfile extends DeviceBase {
  readonly structure: "phototransistor";
  readonly internalQuantumEfficiency: number;
  readonly trapLifetimeS: number;
  readonly mobilityCm2PerVs: number;
  readonly channelLengthUm: number;
  readonly drainV: number;
  /** The first is the operating gate voltage: gain and noise (A/sqrt(Hz)) of the others relative to it; interpolated in their log. */
  readonly gatePoints: readonly {
    readonly gateV: number;
    readonly relativeGain: number;
    readonly relativeNoise: number;
  }[];
}

export type DeviceProfile = PhotodiodeProfile | PhotoconductorProfile | PhototransistorProfile;

/** A value with the paper's own half width (0: none stated). */
export interface Measured {
  readonly value: number;
  readonly uncertainty: number;
}

/** One row of an annealing series; what the paper leaves out is absent. */
export interface AnnealStep {
  /** Degrees Celsius; 20 stands for "as made". */
  readonly annealC: number;
  readonly distanceNm?: Measured;
  readonly scatteringTimeFs?: Measured;
  /** Drude-Smith persistence of velocity c, -1..0. */
  readonly persistence?: Measured;
  readonly carrierDensityPerM3?: number;
  readonly gapEv?: number;
}

export interface LigandStep {
  readonly ligand: string;
  readonly stokesShiftMev?: number;
  readonly arsenicToIndium?: number;
  readonly rectification?: number;
  readonly mobilityCm2PerVs: number;
}

export interface LinkerStep {
  readonly linker: string;
  readonly spacerNm: number;
  /** Shift of the edge for many layers, meV (negative: red), where the paper gives it. */
  readonly saturatedShiftMev?: number;
  readonly outOfPlaneNm?: number;
}

interface MaterialBase {
  readonly name: string;
  readonly title: string;
  /** Absorption edge or exciton peak, eV, at 300 K. */
  readonly edgeEv: number;
  readonly edgeHalfWidthEv: number;
  readonly relativePermittivity: number;
  /** In electron masses; absent where nobody declared one: then no mobility follows. */
  readonly effectiveMass?: number;
  readonly published: readonly PublishedFigure[];
}

export interface LigandMaterial extends MaterialBase {
  readonly family: "ligand";
  readonly ligands: readonly LigandStep[];
}
export interface AnnealedMaterial extends MaterialBase {
  readonly family: "annealed";
  readonly anneals: readonly AnnealStep[];
}
export interface SuperlatticeMaterial extends MaterialBase {
  readonly family: "superlattice";
  readonly linkers: readonly LinkerStep[];
  readonly barrierEv: number;
  readonly dotNm: number;
  readonly mobilityCm2PerVs: number;
  /** E(T), Gamma(T): enomoto2024 eqs. 2, 3. */
  readonly temperature: {
    readonly e0Ev: number;
    readonly thermalExpansionEvPerK: number;
    readonly electronPhononEv: number;
    readonly phononEv: number;
    readonly broadening0Ev: number;
    readonly couplingLoEv: number;
    readonly loEv: number;
  };
}
export type MaterialProfile = LigandMaterial | AnnealedMaterial | SuperlatticeMaterial;

/** An optically pumped laser of quantum dots. */
export interface PumpedLaserProfile {
  readonly type: "pumped-laser";
  readonly name: string;
  readonly title: string;
  readonly wavelengthNm: number;
  readonly tunableNm?: readonly [number, number];
  readonly pumpNm: number;
  readonly pump: "pulsed" | "continuous";
  readonly threshold: { readonly value: number; readonly unit: "J/cm2" | "W/cm2" | "W" };
  readonly linewidthEv: number;
  readonly gainPerCm: number;
  readonly temperature: "cryogenic" | "room" | "both";
  /** Pump level in use, in the unit of `threshold`; above it. */
  readonly operatingPump: number;
  /** Output per pump above threshold, 0..1. */
  readonly slopeEfficiency: number;
  readonly published: readonly PublishedFigure[];
}

export interface LedProfile {
  readonly type: "led";
  readonly name: string;
  readonly title: string;
  readonly wavelengthNm: number;
  readonly fwhmNm: number;
  readonly eqe: number;
  readonly lifetimeNs: number;
  readonly angular: "lambertian";
  /** L0^n T50 = const. */
  readonly ageing: {
    readonly t50Min: number;
    readonly luminanceCdPerM2: number;
    readonly acceleration: number;
  };
  readonly published: readonly PublishedFigure[];
}

export interface PulsedLaserProfile {
  readonly type: "pulsed-laser";
  readonly name: string;
  readonly title: string;
  readonly wavelengthNm: number;
  readonly pulseWidthNs: number;
  readonly repetitionHz: number;
  readonly peakPowerW: number;
}
export type LightSourceProfile = PulsedLaserProfile | PumpedLaserProfile | LedProfile;

/** Irradiance by wavelength, W/m2/nm, linear between points, zero outside. */
export interface SpectrumProfile {
  readonly name: string;
  readonly title: string;
  readonly wavelengthsNm: readonly number[];
  readonly values: readonly number[];
  readonly unit: "W/m2/nm" | "1";
  /** Declared relative error of the table or approximation. */
  readonly relativeError: number;
  readonly published: readonly PublishedFigure[];
}

/** A solar or laser-power cell: share of the incoming power that it gives, by what light falls on it. */
export interface PowerCellProfile {
  readonly name: string;
  readonly title: string;
  readonly type: "single-junction" | "tandem" | "laser-power";
  readonly peakNm?: number;
  /** Cells with two exciton peaks. */
  readonly secondPeakNm?: number;
  /** 0..1, of the full irradiance of AM1.5 (filtered or not) or of the laser; a condition that the paper leaves out is absent. */
  readonly efficiency: {
    readonly am15?: number;
    readonly behindPerovskite?: number;
    readonly behindSilicon?: number;
    readonly laser1550?: number;
  };
  readonly published: readonly PublishedFigure[];
}
