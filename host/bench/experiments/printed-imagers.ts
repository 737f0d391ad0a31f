/** An imager of meng2024, section "CQD integration with Si", as printed. Sensor documents carry no papers' figures. */
export interface PrintedImager {
  readonly sensor: string;
  readonly source: string;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly pitchUm: number;
  readonly eqe: number;
  /** Whether the paper says "about". */
  readonly about: boolean;
  /** Where the review names none: of the sensor's light. */
  readonly wavelengthNm: number;
}

export const IMAGERS: readonly PrintedImager[] = [
  {
    sensor: "imec-3t-768x512",
    source: "meng2024 CQD imagers, imec-3t (ref. 139)",
    widthPx: 768,
    heightPx: 512,
    pitchUm: 5,
    eqe: 0.4,
    about: false,
    wavelengthNm: 1450,
  },
  {
    sensor: "st-swir-640x480",
    source: "meng2024 CQD imagers, st-swir (ref. 140)",
    pitchUm: 1.62,
    eqe: 0.6,
    about: false,
    wavelengthNm: 1400,
  },
  {
    sensor: "emberion-640x512",
    source: "meng2024 CQD imagers, emberion (ref. 141)",
    widthPx: 640,
    heightPx: 512,
    pitchUm: 20,
    eqe: 0.2,
    about: true,
    wavelengthNm: 1550,
  },
  {
    sensor: "hgte-1280x1024",
    source: "meng2024 CQD imagers, hgte-tang (ref. 142)",
    widthPx: 1280,
    heightPx: 1024,
    pitchUm: 15,
    eqe: 0.14,
    about: false,
    wavelengthNm: 1700,
  },
];
