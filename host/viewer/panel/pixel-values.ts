import { PIXEL_SEVERAL } from "../../../hw-profiles/interface/pixel-flags.ts";
import type { DepthFrame, ImagingFrame } from "../../camera/frame.ts";
import { formatElectrons, formatMetres } from "../legend/format.ts";
import { flagsInWords } from "../state/flags-text.ts";
import { DepthModel, type FrameModel } from "../state/frame-model.ts";

/** Instead of a value that has no meaning. */
export const NOTHING = "–";

/** A pixel's values in words and units, in the order of their names; what has no meaning is a dash. */
export type Values = readonly (readonly [name: string, label: string, text: string])[];

/** Everything that a frame says about a pixel. */
export function describe(model: FrameModel, pixel: number): Values {
  const row = String(Math.floor(pixel / model.width));
  const column = String(pixel % model.width);
  const place: Values = [
    ["row", "Row", row],
    ["column", "Column", column],
  ];
  const flags: Values = [["flags", "Flags", flagsInWords(model.frame.flags[pixel]!, model.frame.kind)]];
  if (model instanceof DepthModel) {
    return [...place, ...depthValues(model.frame, model.position(pixel), pixel), ...flags];
  }
  return [...place, ...imageValues(model.frame, model.valid[pixel] === 1, pixel), ...flags];
}

type Position = readonly [number, number, number] | undefined;

function depthValues(frame: DepthFrame, position: Position, pixel: number): Values {
  return [
    ["range", "Range", position ? formatMetres(frame.rangeM[pixel]!, false) : NOTHING],
    ["sigma", "Sigma", position ? formatMetres(frame.sigmaM[pixel]!, true) : NOTHING],
    ["amplitude", "Amplitude", position ? formatElectrons(frame.amplitudeE[pixel]!) : NOTHING],
    ...furtherValues(frame, pixel),
    ...mixedValues(frame, pixel),
    ["ambient", "Ambient", formatElectrons(frame.ambientE[pixel]!)],
    ["xyz", "x, y, z", position ? `${position.map((metres) => metres.toFixed(3)).join(", ")} m` : NOTHING],
  ];
}

/** The returns beyond the first one, a line each as far as the device sends them. */
function furtherValues({ furtherReturns }: DepthFrame, pixel: number): Values {
  return furtherReturns.map(({ rangeM, sigmaM, amplitudeE }, index) => {
    const [name, label] = index === 0 ? ["second", "Second return"] : ["third", "Third return"];
    const electrons = amplitudeE[pixel] ?? 0;
    if (electrons === 0) return [name, label, NOTHING];
    const range = `${formatMetres(rangeM[pixel]!, false)} ± ${formatMetres(sigmaM[pixel]!, true)}`;
    return [name, label, `${range}, ${formatElectrons(electrons)}`];
  });
}

/** Both surfaces of a mixed pixel, where the frame was searched for such. */
function mixedValues({ flags, mixed }: DepthFrame, pixel: number): Values {
  if (mixed === undefined) return [];
  const isMixed = (flags[pixel]! & PIXEL_SEVERAL) !== 0;
  const share = mixed.nearFraction[pixel]!;
  const surface = (rangeM: Float32Array, sigmaM: Float32Array, part: number): string => {
    if (!isMixed || rangeM[pixel] === 0) return NOTHING;
    const range = `${formatMetres(rangeM[pixel]!, false)} ± ${formatMetres(sigmaM[pixel]!, true)}`;
    return `${range}, ${Math.round(100 * part)} % of the signal`;
  };
  return [
    ["near", "Near surface", surface(mixed.nearM, mixed.nearSigmaM, share)],
    ["far", "Far surface", surface(mixed.farM, mixed.farSigmaM, 1 - share)],
  ];
}

function imageValues(frame: ImagingFrame, isValid: boolean, pixel: number): Values {
  const { binningX, binningY, decimationX, decimationY, gainEPerDn, offsetX, offsetY } = frame;
  const dn = frame.intensityDn[pixel];
  const sigmaDn = frame.sigmaDn[pixel];
  const sensorX = (offsetX + (pixel % frame.width)) * binningX * decimationX;
  const sensorY = (offsetY + Math.floor(pixel / frame.width)) * binningY * decimationY;
  return [
    ["intensity", "Intensity", isValid && dn !== undefined ? `${dn.toFixed(2)} DN` : NOTHING],
    ["noise", "Sigma", isValid && sigmaDn !== undefined ? `${sigmaDn.toFixed(2)} DN` : NOTHING],
    ["electrons", "Electrons", isValid && dn !== undefined ? formatElectrons(dn * gainEPerDn) : NOTHING],
    ["sensor", "On the sensor", `${sensorY}, ${sensorX}`],
  ];
}
