// Heart rate from the mean light of a fingertip (photoplethysmography).

import { bandPass } from "./band-pass.ts";
import { type Beats, findBeats } from "./beats.ts";
import { detrend } from "./detrend.ts";
import { highestPeak, type Spectrum, spectrum } from "./spectrum.ts";

/** Frequencies in which a heart beats. */
export interface HeartBand {
  readonly lowHz: number;
  readonly highHz: number;
}

/** 0.6 to 4 Hz: 36 to 240 beats per minute. */
export const DEFAULT_BAND: HeartBand = { lowHz: 0.6, highHz: 4 };

export type PulseQuality = "good" | "fair" | "poor" | "none";

export interface HeartRate {
  readonly quality: PulseQuality;
  /** Undefined when there is no pulse. */
  readonly rateBpm: number | undefined;
  readonly standardErrorBpm: number | undefined;
  /** Pulse over everything else in the band, dB. */
  readonly snrDb: number;
  /** Chance that noise alone has as high a peak. */
  readonly falseAlarm: number;
  readonly beats: Beats;
  /** Mean height of the pulse as a share of the mean light, 0..1. */
  readonly modulation: number;
}

export interface HeartRateAnalysis extends HeartRate {
  /** Band-passed loss of light as a share of the mean light: up in systole. */
  readonly pulse: Float64Array;
  readonly spectrum: Spectrum;
}

/** Points of the spectrum per 1 / record length: so dense that a parabola is exact. */
const OVERSAMPLING = 8;
/** The main lobe of the Hann window spreads a tone over so many independent frequencies. */
const HANN_BINS = 1.5;
/** A peak that noise makes more often than this is no pulse. */
const LARGEST_FALSE_ALARM = 1e-3;
/** Light around the rate and its harmonics that counts as pulse: hearts are not clocks. */
const RHYTHM_HZ = 0.2;
const HARMONICS = 3;
const [GOOD_SNR_DB, FAIR_SNR_DB] = [6, 0];
/** Spectrum and beats agree within this share in a good record. */
const AGREEMENT = 0.05;

/**
 * Heart rate of a record of mean light at equal steps of time. The rate is the highest peak of the spectrum within the
 * band; the beats' intervals check it and give its standard error. @param lightDn at least a few seconds, mean above 0.
 */
export function heartRate(
  lightDn: ArrayLike<number>,
  sampleRateHz: number,
  band: HeartBand = DEFAULT_BAND,
): HeartRateAnalysis {
  const meanDn = meanOf(lightDn);
  const loss = detrend(lightDn).map((value) => -value / meanDn);
  const pulse = bandPass(loss, sampleRateHz, band.lowHz, band.highHz);
  const lengthS = loss.length / sampleRateHz;
  const stepHz = 1 / (OVERSAMPLING * lengthS);
  const found = spectrum(loss, sampleRateHz, { fromHz: band.lowHz, toHz: band.highHz, stepHz });
  const peak = highestPeak(found);
  const rateHz = peak?.hz ?? band.lowHz;
  const beats = findBeats(pulse, sampleRateHz, rateHz);
  const snrDb = signalToNoise(found, rateHz, lengthS);
  const falseAlarm = peak === undefined ? 1 : chanceOf(found, peak.power);
  const facts = { snrDb, falseAlarm, beats, modulation: heightOf(pulse, beats, sampleRateHz) };
  const quality = qualityOf(facts, 60 * rateHz);
  const isThere = quality !== "none";
  return {
    ...facts,
    quality,
    rateBpm: isThere ? 60 * rateHz : undefined,
    standardErrorBpm: isThere ? beats.standardErrorBpm : undefined,
    pulse,
    spectrum: found,
  };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Power near the rate and its harmonics over the rest of the band, dB. */
function signalToNoise({ firstHz, power, stepHz }: Spectrum, rateHz: number, lengthS: number): number {
  const width = Math.max(RHYTHM_HZ, 2 / lengthS);
  let signal = 0;
  let noise = 0;
  for (let k = 0; k < power.length; k++) {
    const hz = firstHz + k * stepHz;
    const harmonic = Math.min(HARMONICS, Math.max(1, Math.round(hz / rateHz)));
    if (Math.abs(hz - harmonic * rateHz) <= width) signal += power[k]!;
    else noise += power[k]!;
  }
  return 10 * Math.log10(signal / noise);
}

/**
 * Fisher's test for one tone in white noise, M (1 - g)^(M - 1) with g the peak's share of all power, for a spectrum that
 * the Hann window has smeared; the factor 2 stands for the peaks between the independent frequencies.
 */
function chanceOf({ power }: Spectrum, peak: number): number {
  const total = power.reduce((sum, value) => sum + value, 0) / OVERSAMPLING;
  const independent = power.length / OVERSAMPLING / HANN_BINS;
  const share = Math.min(1, (HANN_BINS * peak) / total);
  return Math.min(1, 2 * HANN_BINS * independent * (1 - share) ** Math.max(1, independent - 1));
}

/** Mean of each beat's maximum less the minimum that follows before the next one. */
function heightOf(pulse: Float64Array, { timesS }: Beats, sampleRateHz: number): number {
  const places = timesS.map((time) => Math.round(time * sampleRateHz));
  const heights = places.slice(1).map((end, i) => {
    const beat = pulse.subarray(places[i]!, end);
    return pulse[places[i]!]! - Math.min(...beat);
  });
  return heights.length === 0 ? 0 : meanOf(heights);
}

function qualityOf(
  { beats, falseAlarm, snrDb }: Pick<HeartRate, "beats" | "falseAlarm" | "snrDb">,
  rateBpm: number,
): PulseQuality {
  if (falseAlarm > LARGEST_FALSE_ALARM) return "none";
  const off = Math.abs((beats.rateBpm ?? 0) / rateBpm - 1);
  if (snrDb >= GOOD_SNR_DB && off <= AGREEMENT) return "good";
  return snrDb >= FAIR_SNR_DB && off <= 2 * AGREEMENT ? "fair" : "poor";
}
