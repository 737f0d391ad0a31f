import type { PhotodiodeDocument } from "../schema/detector-schema.ts";
import type { ImagingDocument } from "../schema/imaging-schema.ts";
import { checkExposure } from "./check-exposure.ts";
import { checkAdc, checkDefects, checkOptics, checkVisible, type Finding } from "./check-sensor.ts";

/** Documents of an imaging sensor that passed the schema, each on its own. */
export interface ImagingDocuments {
  readonly mode: "imaging";
  readonly sensor: ImagingDocument;
  readonly detector: PhotodiodeDocument;
  /** Of the detector. */
  readonly film: NonNullable<PhotodiodeDocument["film"]>;
}

const U16_MAX = 65_535;
/** Trapped charge must leave most of the signal on the node. */
const MAX_TRAPPED_SHARE = 0.5;

/** The node may not forward-bias the film within the swing: there it stops to collect. */
function checkSwing({ sensor, detector }: ImagingDocuments): Finding[] {
  const depthV = -detector.operatingBias.value;
  if (sensor.pixel.swing.value <= depthV) return [];
  const expected = `at most ${depthV} V, from the operating bias of ${detector.name} to 0 V`;
  return [{ path: "pixel.swing.value", found: `${sensor.pixel.swing.value} V`, expected }];
}

function checkCodes({ sensor: { adc, readout } }: ImagingDocuments): Finding[] {
  const spanDn = adc.saturation.value - adc.pedestal.value;
  const places = U16_MAX - readout.intensityOffset.value;
  if (spanDn / readout.intensityScale.value <= places) return [];
  const expected = `at least ${(spanDn / places).toPrecision(4)} DN, so that 16 bit reach from the offset to saturation`;
  return [{ path: "readout.intensityScale.value", found: `${readout.intensityScale.value} DN`, expected }];
}

function checkTraps({ sensor: { effects } }: ImagingDocuments): Finding[] {
  const sum = effects.lag.traps.reduce((total, trap) => total + trap.share.value, 0);
  if (sum <= MAX_TRAPPED_SHARE) return [];
  const expected = `shares that add to at most ${MAX_TRAPPED_SHARE}`;
  return [
    { path: "effects.lag.traps", found: `${Number(sum.toPrecision(6))} of the charge trapped`, expected },
  ];
}

function checkBands({ sensor: { effects } }: ImagingDocuments): Finding[] {
  return (["followerFlicker", "rts"] as const).flatMap((name) => {
    const { min, max } = effects[name];
    if (max.value > min.value) return [];
    const expected = `more than effects.${name}.min (${min.value} Hz)`;
    return [{ path: `effects.${name}.max.value`, found: `${max.value} Hz`, expected }];
  });
}

/** A ramp that falls anywhere has codes that no level reaches. */
function checkRamp({ sensor: { adc, effects } }: ImagingDocuments): Finding[] {
  const path = "effects.inl.points.value";
  const points = effects.inl.points.value;
  if (points.length < 2) return [{ path, found: "1 point", expected: "at least 2: at code 0 and at 2^bits" }];
  const stepDn = 2 ** adc.bits.value / (points.length - 1);
  const k = points.findIndex((point, i) => i > 0 && (points[i - 1] ?? 0) - point >= stepDn);
  if (k < 0) return [];
  const expected = `a fall of less than ${Number(stepDn.toPrecision(6))} DN from the point before it, so that the ramp rises`;
  return [{ path: `${path}.${k}`, found: `${points[k]} DN`, expected }];
}

/** What contradicts itself in an imaging sensor. */
export function checkImaging(documents: ImagingDocuments): Finding[] {
  const { sensor, detector, film } = documents;
  return [
    ...checkAdc(sensor),
    ...checkOptics(sensor, `the light of ${detector.name}`, film.wavelength.value),
    ...checkVisible(detector, "its design wavelength", film.wavelength.value),
    ...checkDefects(sensor),
    ...checkSwing(documents),
    ...checkCodes(documents),
    ...checkTraps(documents),
    ...checkBands(documents),
    ...checkRamp(documents),
    ...checkExposure(documents),
  ];
}
