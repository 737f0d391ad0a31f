/**
 * Answer of a device to light that changes, as a sum of poles that each relax to the light with one time constant upwards
 * and one downwards. Pulse trains are given in closed form in their steady state (the tails of all earlier pulses included);
 * nothing is stepped through time.
 *
 * Not modelled: dispersive transport, poles that change with light level, bias or temperature. Modulated light sees the mean
 * of the two time constants of a pole (small modulation).
 */
import type { ResponsePole } from "../../hw-profiles/device-profile.ts";
import { cos, exp, sin } from "../math/elementary.ts";

export interface PulseTrain {
  readonly widthS: number;
  readonly periodS: number;
}

/** One pole's level at the pulse's rising and falling edge, of a unit of light. */
interface EdgeLevels {
  readonly rising: number;
  readonly falling: number;
}

/** x_f = 1 + (x_r - 1) a, x_r = x_f b, with what the pulse (a) and the pause (b) leave. */
function edgeLevels({ riseTauS, fallTauS }: ResponsePole, { widthS, periodS }: PulseTrain): EdgeLevels {
  const a = exp(-widthS / riseTauS);
  const b = exp(-(periodS - widthS) / fallTauS);
  const falling = (1 - a) / (1 - a * b);
  return { rising: falling * b, falling };
}

function checkTrain({ widthS, periodS }: PulseTrain): void {
  if (widthS > 0 && widthS < periodS) return;
  throw new RangeError(
    `pulses of ${widthS} s every ${periodS} s: expected a width above 0 and below the period`,
  );
}

/**
 * Adds `height` times the periodic answer to unit pulses; sample i lies i / sampleRateHz after a rising edge.
 * @throws RangeError if the pulse is not shorter than its period.
 */
export function addPulseResponse(
  series: Float64Array,
  poles: readonly ResponsePole[],
  train: PulseTrain,
  height: number,
  sampleRateHz: number,
): void {
  checkTrain(train);
  for (const pole of poles) {
    const { rising, falling } = edgeLevels(pole, train);
    const scale = height * pole.share;
    for (let i = 0; i < series.length; i++) {
      const time = i / sampleRateHz;
      const phase = time - Math.floor(time / train.periodS) * train.periodS;
      const level =
        phase < train.widthS
          ? 1 + (rising - 1) * exp(-phase / pole.riseTauS)
          : falling * exp((train.widthS - phase) / pole.fallTauS);
      series[i] = series[i]! + scale * level;
    }
  }
}

const TWO_PI = 6.283185307179586;

/** Complex answer to light modulated at a frequency, 1 at 0 Hz. */
export function modulationTransfer(poles: readonly ResponsePole[], frequencyHz: number) {
  let re = 0;
  let im = 0;
  for (const { share, riseTauS, fallTauS } of poles) {
    const u = TWO_PI * frequencyHz * 0.5 * (riseTauS + fallTauS);
    re += share / (1 + u * u);
    im -= (share * u) / (1 + u * u);
  }
  return { re, im };
}

/** Adds `height` times the answer to light 1 + depth cos(2 pi f t). */
export function addModulatedResponse(
  series: Float64Array,
  poles: readonly ResponsePole[],
  { frequencyHz, depth }: { readonly frequencyHz: number; readonly depth: number },
  height: number,
  sampleRateHz: number,
): void {
  const { re, im } = modulationTransfer(poles, frequencyHz);
  for (let i = 0; i < series.length; i++) {
    const cycles = (frequencyHz * i) / sampleRateHz;
    const angle = TWO_PI * (cycles - Math.floor(cycles));
    series[i] = series[i]! + height * (1 + depth * (re * cos(angle) - im * sin(angle)));
  }
}
