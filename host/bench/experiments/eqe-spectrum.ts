import { PHOTON_EV_NM } from "../../../hw-profiles/derive/constants.ts";
import { quantumEfficiency } from "../analysis/responsivity.ts";
import { linearSpace } from "../analysis/sampling.ts";
import { spectrumPeak } from "../analysis/spectrum-peak.ts";
import { compare, type PaperFigure } from "../run/compare.ts";
import type { Experiment } from "../run/experiment.ts";
import { DeviceStation } from "./device-readers.ts";
import { devicesWith } from "./device-subjects.ts";

const PEAK: PaperFigure = {
  quantity: "eqePeakWavelength",
  values: [930, 940],
  unit: "nm",
  source: "choi2021 Fig. 4c",
  reading: "range",
};
const HALF_WIDTH: PaperFigure = {
  quantity: "absorptionHalfWidth",
  values: [60],
  unit: "meV",
  source: "choi2021 p. 2",
  reading: "exact",
};

/** Spectrum of the quantum efficiency at 0 V: the exciton peak, and its width on the red side, where nothing else absorbs. */
export const eqeSpectrum: Experiment = {
  name: "eqe-spectrum",
  title: "Quantum efficiency against wavelength",
  subjects: (context) => devicesWith(context, "eqe"),
  measure(context, subject) {
    const station = new DeviceStation(context, subject);
    const energies = linearSpace(1.12, 2, 177);
    const eqe = energies.map((ev) => {
      const wavelengthNm = PHOTON_EV_NM / ev;
      return quantumEfficiency(station.sweep(wavelengthNm, { biasV: 0 }).responsivityAPerW, wavelengthNm);
    });
    const peak = spectrumPeak(energies, eqe);
    const common = { experiment: this.name, subject, conditions: "0 V" };
    return {
      results: [
        compare({ ...common, figure: PEAK, simulated: PHOTON_EV_NM / peak.position, kind: "derived" }),
        compare({ ...common, figure: HALF_WIDTH, simulated: 1e3 * peak.halfWidthBelow, kind: "derived" }),
      ],
      figures: [
        {
          experiment: this.name,
          title: `${station.device.title}: EQE at 0 V`,
          source: PEAK.source,
          x: { label: "wavelength", unit: "nm", scale: "linear" },
          y: { label: "EQE", unit: "%", scale: "linear" },
          series: [
            {
              label: subject,
              from: "simulated",
              x: energies.map((ev) => PHOTON_EV_NM / ev),
              y: eqe.map((value) => 100 * value),
            },
          ],
        },
      ],
    };
  },
};
