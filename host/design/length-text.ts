/** "8.1 mm", "212 mm", "1.23 m", "12.5 m": three digits. "-" where there is none. */
export function lengthText(lengthM: number | undefined): string {
  if (lengthM === undefined || !Number.isFinite(lengthM)) return "-";
  const digits = Number((lengthM * 1000).toPrecision(3));
  return digits < 1000 ? `${digits} mm` : `${digits / 1000} m`;
}

/** "54 %", "0.2 %". */
export function percentText(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
