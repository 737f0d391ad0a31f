/** Four significant digits; powers of ten where there would be many zeros: "1.6e11" as 1.6 × 10¹¹ in HTML. */
export function numberHtml(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return minus(String(Number(value.toPrecision(4))));
  const [digits = "", power = ""] = Number(value.toPrecision(4)).toExponential().split("e");
  return `${minus(digits)} × 10<sup>${minus(power.replace("+", ""))}</sup>`;
}

/** A value, or both ends of a range. */
export function valueHtml(value: number | readonly [number, number]): string {
  return typeof value === "number" ? numberHtml(value) : value.map(numberHtml).join(" … ");
}

function minus(text: string): string {
  return text.replace("-", "\u2212");
}
