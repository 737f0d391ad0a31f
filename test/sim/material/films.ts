import type {
  AnnealedMaterial,
  LigandMaterial,
  SuperlatticeMaterial,
} from "../../../hw-profiles/device-profile.ts";

const common = { relativePermittivity: 10, published: [] };
const within = (value: number, uncertainty: number) => ({ value, uncertainty });

export const inasFilm: LigandMaterial = {
  ...common,
  family: "ligand",
  name: "inas",
  title: "InAs",
  edgeEv: 1.348,
  edgeHalfWidthEv: 0.06,
  ligands: [
    { ligand: "OA", stokesShiftMev: 76, mobilityCm2PerVs: 1e-6 },
    { ligand: "ME", stokesShiftMev: 47, mobilityCm2PerVs: 1e-3 },
  ],
};

export const nanoplatelets: AnnealedMaterial = {
  ...common,
  family: "annealed",
  name: "cdse",
  title: "CdSe nanoplatelets",
  edgeEv: 2.42,
  edgeHalfWidthEv: 0.016,
  effectiveMass: 0.13,
  anneals: [
    { annealC: 20, gapEv: 2.42 },
    {
      annealC: 250,
      scatteringTimeFs: within(43, 3),
      persistence: within(-0.95, 0.01),
      carrierDensityPerM3: 4.17e21,
    },
    {
      annealC: 300,
      scatteringTimeFs: within(44, 2),
      persistence: within(-0.87, 0.01),
      carrierDensityPerM3: 8.35e21,
    },
    {
      annealC: 350,
      scatteringTimeFs: within(69, 5),
      persistence: within(-0.67, 0.02),
      carrierDensityPerM3: 12.1e21,
      gapEv: 1.7,
    },
  ],
};

export const superlattice: SuperlatticeMaterial = {
  ...common,
  family: "superlattice",
  name: "cspbbr3",
  title: "CsPbBr3 superlattice",
  edgeEv: 2.477,
  edgeHalfWidthEv: 0.0385,
  effectiveMass: 0.13,
  barrierEv: 0.5862,
  dotNm: 6.8,
  mobilityCm2PerVs: 0.1,
  linkers: [
    { linker: "C3DT", spacerNm: 0.55, saturatedShiftMev: -44, outOfPlaneNm: 7.7 },
    { linker: "C6DT", spacerNm: 0.94 },
    { linker: "C10DT", spacerNm: 1.46, saturatedShiftMev: -14.2, outOfPlaneNm: 8.1 },
  ],
  temperature: {
    e0Ev: 2.39,
    thermalExpansionEvPerK: 2.5e-4,
    electronPhononEv: -0.01,
    phononEv: 0.02,
    broadening0Ev: 0.03,
    couplingLoEv: 0.022,
    loEv: 0.02,
  },
};
