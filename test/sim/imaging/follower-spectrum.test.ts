// Spectrum of white, 1/f and telegraph noise together, through the whole converter, against the laws they are named for:
// 4.2 decades from 10 Hz to 164 kHz; 4 sample rates, each 16384 pixels x 256 reads (n = 4.2e6). An octave's estimate has a
// standard deviation of at most 0.5 % from its four lowest bins (Hann: 2.7 independent ones a pixel) and 0.6 % from the
// unequal telegraph pixels, so that 3 % is 4 sigma. The reads fold what lies beyond half the sample rate; so do the laws.
import { expect, it } from "vitest";
import { rtsPixels } from "../../../sim/pixel/imaging-patterns.ts";
import { noiseProfile, runNoise } from "./convert-statistics.ts";
import { HANN_POWER, meanSpectrum } from "./power-spectrum.ts";

const SIDE = 128;
const READS = 256;
const FIRST_BIN = 4;
const OCTAVES = [4, 4, 4, 2];
const LOWEST_HZ = 10;
const WHITE_E = 3;
const FLICKER = { rmsE: 6, minHz: 1, maxHz: 1e6 };
const RTS = { pixelShare: 0.5, amplitudeE: 10, minHz: 10, maxHz: 1e5 };
const profile = noiseProfile(SIDE, SIDE, ["readNoise", "followerFlicker", "rts"], {
  followerFlicker: FLICKER,
  rts: RTS,
});
const fine = { ...profile, pixel: { ...profile.pixel, readNoiseE: WHITE_E } };
const telegraphs = rtsPixels(fine, fine.effects, { firstRow: 0, rows: SIDE });

/** rms^2 / ln(max / min) / f between min and max, folded at the sample rate. */
function flickerDensity(hz: number, dtS: number): number {
  const level = FLICKER.rmsE ** 2 / Math.log(FLICKER.maxHz / FLICKER.minHz);
  let sum = 0;
  for (let order = 0; order <= FLICKER.maxHz * dtS + 1; order++) {
    for (const image of order === 0 ? [hz] : [order / dtS - hz, order / dtS + hz]) {
      if (image >= FLICKER.minHz && image <= FLICKER.maxHz) sum += level / image;
    }
  }
  return sum;
}

/** Mean over all pixels of the sampled two-state chain's spectrum. */
function telegraphDensity(hz: number, dtS: number): number {
  let sum = 0;
  for (const { amplitudeE, risePerS, fallPerS } of telegraphs) {
    const total = risePerS + fallPerS;
    const kept = Math.exp(-total * dtS);
    const variance = (amplitudeE ** 2 * risePerS * fallPerS) / total ** 2;
    sum += (variance * (1 - kept ** 2)) / (1 - 2 * kept * Math.cos(2 * Math.PI * hz * dtS) + kept ** 2);
  }
  return (2 * dtS * sum) / SIDE ** 2;
}

function expectedDensity(bin: number, dtS: number): number {
  const at = (k: number) => {
    const hz = k / (READS * dtS);
    return flickerDensity(hz, dtS) + telegraphDensity(hz, dtS) + 2 * dtS * WHITE_E ** 2;
  };
  return HANN_POWER[0] * at(bin - 1) + HANN_POWER[1] * at(bin) + HANN_POWER[2] * at(bin + 1);
}

it.each([0, 1, 2, 3])("octaves from 10 Hz x 16^%d: each within 3 % of the laws", (decade) => {
  const dtS = FIRST_BIN / (READS * LOWEST_HZ * 16 ** decade);
  const sampleS = Array.from({ length: READS }, (_, i) => (i + 1) * dtS);
  const { electrons } = runNoise(fine, { sampleS, analogGain: 400, seed: BigInt(50 + decade) });
  const found = meanSpectrum(electrons, READS, dtS);
  for (let octave = 0; octave < OCTAVES[decade]!; octave++) {
    const bins = Array.from({ length: FIRST_BIN * 2 ** octave }, (_, k) => FIRST_BIN * 2 ** octave + k);
    const measured = bins.reduce((sum, bin) => sum + found[bin]!, 0);
    const expected = bins.reduce((sum, bin) => sum + expectedDensity(bin, dtS), 0);
    expect(Math.abs(measured / expected - 1)).toBeLessThan(0.03);
  }
});
