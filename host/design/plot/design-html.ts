import { pageHtml } from "../../bench/report/page.ts";
import { escapeMarkup } from "../../bench/report/plot/plot.ts";
import { figureElement } from "../../bench/report/stacked-svg.ts";
import { formatSuns } from "../ambient.ts";
import type { DesignResult } from "../design.ts";
import { lengthText, percentText } from "../length-text.ts";
import type { VerifiedCell } from "../verify/cells.ts";
import { designFigures } from "./figures.ts";

/** Plots, limits and notes as one page without any file beside it. */
export function designHtml(designs: readonly DesignResult[], cells: readonly VerifiedCell[]): string {
  const figures = designFigures(designs, cells).map((figure) => `<figure>${figureElement(figure)}</figure>`);
  const measured = cells.length > 0 ? "; rings: what the simulated sensor measured" : "";
  const content = `<main>
<div class="figures">${figures.join("\n")}</div>
${designs.map(sectionHtml).join("\n")}
</main>`;
  return pageHtml("LiDAR design", `Predicted standard deviation of the range${measured}.`, content);
}

function sectionHtml({ facts, frameRateHz, label, limits, notes, power }: DesignResult): string {
  const words = [
    `${facts.detector}: EQE ${percentText(facts.eqe)} at ${facts.wavelengthNm} nm, fall ${Number(facts.fallTimeNs.toPrecision(4))} ns, bias ${facts.biasV} V`,
    `${facts.emitter}; ${facts.gates} gates of ${facts.pulsesPerGate} pulses, ${facts.gating}`,
    `${frameRateHz.toFixed(1)} frames/s, ${power.totalW.toPrecision(3)} W, of which the laser ${power.laserW.toPrecision(3)} W`,
    ...notes,
  ];
  return `<section><h2>${escapeMarkup(label)}</h2>
${words.map((text) => `<p class="note">${escapeMarkup(text)}</p>`).join("")}
<div class="scroll"><table><thead><tr>${HEADS.map((head) => `<th class="n">${head}</th>`).join("")}</tr></thead><tbody>
${limits.map((limit) => rowHtml(cellsOf(limit))).join("\n")}
</tbody></table></div></section>`;
}

const HEADS = [
  "reflectance",
  "ambient",
  "unsaturated from",
  "sigma to",
  "detected to",
  "maximum",
  "limited by",
];

function cellsOf(limit: DesignResult["limits"][number]): string[] {
  return [
    String(limit.reflectance),
    formatSuns(limit.ambientSun),
    lengthText(limit.unsaturatedM),
    lengthText(limit.sigmaM),
    lengthText(limit.detectionM),
    lengthText(limit.maximumM),
    limit.limitedBy,
  ];
}

function rowHtml(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td class="n">${escapeMarkup(cell)}</td>`).join("")}</tr>`;
}
