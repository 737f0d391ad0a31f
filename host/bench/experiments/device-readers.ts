import type { DeviceProfile, PublishedFigure } from "../../../hw-profiles/device-profile.ts";
import { fitIdeality, rectification } from "../analysis/diode.ts";
import { detectivity, quantumEfficiency } from "../analysis/responsivity.ts";
import { linearSpace } from "../analysis/sampling.ts";
import type { DeviceBench, ElectricalSetting } from "../laboratory.ts";
import { sweepFrequency } from "../measure/bandwidth.ts";
import { noiseAt } from "../measure/noise.ts";
import { type LightSweep, sweepLight } from "../measure/responsivity.ts";
import { shotLimitAtZero } from "../measure/shot-limit.ts";
import { fallTimeOf, longTransient, riseTimeOf } from "../measure/transient.ts";
import type { BenchContext } from "../run/experiment.ts";
import { input, type Readers, type Reading } from "./published.ts";

/** Much more than the dark current anywhere. */
const EDGE_W = 1e-3;
/** Where a paper does not name the frequency of its noise: as choi2021 and most others measure. */
const DETECTIVITY_HZ = 1000;

/** Said of a figure from which a value of the document was solved: it comes back, and proves the way there and back. */
export function workedOut(value: string, printed: string): string {
  return `the document's ${value} is worked out from this ${printed}`;
}

/** Measurements of one device that several figures share. */
export class DeviceStation {
  readonly device: DeviceBench;
  /** Its document, for inputs that are read back. */
  readonly profile: DeviceProfile;
  readonly #context: BenchContext;
  readonly #sweeps = new Map<string, LightSweep>();

  constructor(context: BenchContext, name: string) {
    this.#context = context;
    this.device = context.laboratory.device(name);
    this.profile = context.documents.device(name);
  }

  /** Working point of a figure; the device's own where the paper does not say. */
  setting({ biasV, gateV }: Pick<PublishedFigure, "biasV" | "gateV">): ElectricalSetting & { biasV: number } {
    return { biasV: biasV ?? this.device.operatingBiasV, ...(gateV === undefined ? {} : { gateV }) };
  }

  wavelength({ wavelengthNm }: Pick<PublishedFigure, "wavelengthNm">): number {
    return wavelengthNm ?? this.device.peakNm;
  }

  sweep(wavelengthNm: number, setting: ElectricalSetting): LightSweep {
    const key = JSON.stringify([wavelengthNm, setting]);
    const found = this.#sweeps.get(key) ?? sweepLight(this.device, wavelengthNm, setting, this.#referenceW());
    this.#sweeps.set(key, found);
    return found;
  }

  #referenceW(): number | undefined {
    const { powerExponent, referencePowerW } = this.profile;
    return powerExponent < 1 ? referencePowerW : undefined;
  }

  transientSetting(figure: PublishedFigure) {
    const { seed, thorough } = this.#context;
    return { ...this.setting(figure), wavelengthNm: this.wavelength(figure), seed, thorough };
  }

  noise(setting: ElectricalSetting, frequencyHz: number) {
    const { seed, thorough } = this.#context;
    return noiseAt(this.device, { ...setting, seed, thorough }, frequencyHz);
  }

  /** D* from the responsivity and the noise in the dark, both measured. */
  detectivity(wavelengthNm: number, setting: ElectricalSetting, frequencyHz = DETECTIVITY_HZ): Reading {
    const { responsivityAPerW, standardError } = this.sweep(wavelengthNm, setting);
    const noise = this.noise(setting, frequencyHz);
    return {
      simulated: detectivity(responsivityAPerW, this.device.areaCm2, noise.amplitudeAPerRtHz),
      standardError: Math.hypot(standardError, noise.standardError),
      kind: "derived",
      conditions: `noise at ${frequencyHz} Hz, measured; ${workedOut("noise", "D*")}`,
    };
  }
}

/** Readers of the figures that papers print about devices. */
export function deviceReaders(station: DeviceStation): Readers {
  const { device } = station;
  return {
    responsivity: (figure) => {
      const sweep = station.sweep(station.wavelength(figure), station.setting(figure));
      return {
        simulated: sweep.responsivityAPerW,
        standardError: sweep.standardError,
        kind: "derived",
        // A diode's document states its efficiency.
        ...(device.structure === "photodiode" ? {} : { conditions: workedOut("gain", "responsivity") }),
      };
    },
    eqe: (figure) => {
      const wavelengthNm = station.wavelength(figure);
      const sweep = station.sweep(wavelengthNm, station.setting(figure));
      const scale = figure.unit === "%" ? 100 : 1;
      return {
        simulated: scale * quantumEfficiency(sweep.responsivityAPerW, wavelengthNm),
        standardError: sweep.standardError,
        kind: "derived",
        tolerance: 0.01,
      };
    },
    detectivity: (figure) =>
      station.detectivity(station.wavelength(figure), station.setting(figure), figure.frequencyHz),
    darkCurrentDensity: (figure) => darkCurrent(station, figure),
    rectification: (figure) => rectifying(device, Math.abs(figure.biasV ?? 1)),
    thickness: () => input(station.profile.thicknessNm),
    spectralRange: () => ({
      simulated: [edge(station, -1), edge(station, 1)],
      kind: "derived",
      conditions: "EQE of at least a tenth of that at the peak",
    }),
    cutOff: () => ({
      simulated: edge(station, 1),
      kind: "derived",
      conditions: "EQE falls to a tenth of that at the peak",
    }),
    fallTime: (figure) => transition(station, figure, fallTimeOf),
    riseTime: (figure) => transition(station, figure, riseTimeOf),
    bandwidth: (figure) => ({
      simulated:
        sweepFrequency(device, station.transientSetting(figure), inSi(figure)).hz / unitSize(figure.unit),
      kind: "derived",
      conditions: `modulated light, lock-in at 25 frequencies; ${workedOut("speed", "bandwidth")}`,
    }),
  };
}

/** Above the reverse term, below the bend of the series resistance. */
const IDEALITY_WINDOW = { fromV: 0.1, toV: 0.25 };
const ROOM_K = 300;

function rectifying(device: DeviceBench, biasV: number): Reading {
  const voltages = linearSpace(IDEALITY_WINDOW.fromV, IDEALITY_WINDOW.toV, 16);
  const currents = voltages.map((v) => device.current({ biasV: v }));
  const { ideality } = fitIdeality(voltages, currents, IDEALITY_WINDOW, ROOM_K);
  const window = `${IDEALITY_WINDOW.fromV} to ${IDEALITY_WINDOW.toV} V`;
  return {
    simulated: rectification(device.current({ biasV }), device.current({ biasV: -biasV })),
    kind: "derived",
    conditions: `I(+${biasV} V) / I(-${biasV} V), dark; ideality ${ideality.toFixed(2)} from the slope at ${window}; ${workedOut("series resistance", "rectification")}`,
  };
}

/** At 0 V, where no net current flows, that whose shot noise the device shows. */
function darkCurrent(station: DeviceStation, figure: PublishedFigure): Reading {
  const { device } = station;
  if (figure.biasV === 0)
    return {
      simulated: shotLimitAtZero(device).equivalentA / device.areaCm2,
      kind: "derived",
      conditions: "the current whose shot noise the device shows, from J-V around 0 V",
    };
  return { simulated: Math.abs(device.current(station.setting(figure))) / device.areaCm2, kind: "derived" };
}

/** From the answer to a pulse that lasts until the device has settled. */
function transition(station: DeviceStation, figure: PublishedFigure, read: typeof fallTimeOf): Reading {
  const setting = station.transientSetting(figure);
  const { responsivityAPerW } = station.sweep(setting.wavelengthNm, station.setting(figure));
  const waveform = longTransient(station.device, setting, inSi(figure), responsivityAPerW);
  return { simulated: read(waveform) / unitSize(figure.unit), kind: "derived" };
}

/** Share of the peak's efficiency at which a spectrum ends: the review states none, its HgTe imager's cut-off is read so. */
const CUT_OFF = 0.1;
const LONGEST_NM = 6000;

/** Wavelength on one side of the peak where the spectrum ends, nm. */
function edge(station: DeviceStation, side: 1 | -1): number {
  const { device } = station;
  const setting = station.setting({});
  const eqeAt = (nm: number) =>
    quantumEfficiency(
      device.current({ ...setting, light: { wavelengthNm: nm, powerW: EDGE_W } }) - darkA,
      nm,
    );
  const darkA = device.current(setting);
  const least = CUT_OFF * Math.abs(eqeAt(device.peakNm));
  let nm = device.peakNm;
  while (nm > 1 && nm < LONGEST_NM && Math.abs(eqeAt(nm)) >= least) nm += side;
  return nm - side;
}

/** First printed value in s or Hz: sets the time base. */
function inSi({ values, unit }: PublishedFigure): number {
  return Math.max(...values) * unitSize(unit);
}

const SIZES: Readonly<Record<string, number>> = {
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  ns: 1e-9,
  Hz: 1,
  kHz: 1e3,
  MHz: 1e6,
};

export function unitSize(unit: string): number {
  const size = SIZES[unit];
  if (size === undefined)
    throw new RangeError(`found unit "${unit}", expected one of ${Object.keys(SIZES).join(", ")}`);
  return size;
}
