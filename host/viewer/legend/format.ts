/** A tick value, as short as it can be. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e4) return `${tidy(value / 1000)}k`;
  return tidy(value);
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Metres in the unit that fits the size: mm below 1 m when `fine`. */
export function formatMetres(value: number, fine: boolean): string {
  if (!Number.isFinite(value)) return "too large to say";
  return fine ? `${(value * 1000).toFixed(1)} mm` : `${value.toFixed(3)} m`;
}

/** Electrons, thousands apart. */
export function formatElectrons(value: number): string {
  return `${Math.round(value).toLocaleString("en-US")} e⁻`;
}
