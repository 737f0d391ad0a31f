import { AnalysisError } from "../analysis/analysis-error.ts";
import { fitResponsivity, type ResponsivityFit } from "../analysis/responsivity.ts";
import { logSpace } from "../analysis/sampling.ts";
import type { DeviceBench, ElectricalSetting } from "../laboratory.ts";

const LOWEST_W = 1e-15;
const HIGHEST_W = 1e-2;
/** Photocurrent over dark current at the lowest power: a source meter of 16 bits then resolves it to 1e-4. */
const CONTRAST = 3;
/** Enough for a meter's smallest range when there is no dark current. */
const SMALLEST_A = 1e-11;
const POINTS = 9;

export interface LightSweep extends ResponsivityFit {
  readonly powersW: readonly number[];
  readonly photocurrentsA: readonly number[];
  readonly darkA: number;
}

/**
 * Responsivity and exponent from photocurrents over two decades of light power; the lowest power is the first that stands
 * out of the dark current. The responsivity is that at `atW`, else at the lowest power.
 */
export function sweepLight(
  device: DeviceBench,
  wavelengthNm: number,
  setting: ElectricalSetting = {},
  atW?: number,
): LightSweep {
  const darkA = device.current(setting);
  const photocurrent = (powerW: number) =>
    device.current({ ...setting, light: { wavelengthNm, powerW } }) - darkA;
  const least = Math.max(SMALLEST_A, CONTRAST * Math.abs(darkA));
  let start = LOWEST_W;
  while (Math.abs(photocurrent(start)) < least) {
    start *= 10;
    if (start > HIGHEST_W)
      throw new AnalysisError(
        `${device.name} gives no photocurrent at ${wavelengthNm} nm up to ${HIGHEST_W} W, expected a wavelength that it sees`,
      );
  }
  const powersW = logSpace(start, 100 * start, POINTS);
  const photocurrentsA = powersW.map(photocurrent);
  return { ...fitResponsivity(powersW, photocurrentsA, atW ?? start), powersW, photocurrentsA, darkA };
}
