import type { BenchFigure, BenchReport, BenchResult } from "../bench-result.ts";
import { deviation } from "./deviation.ts";
import { valueHtml } from "./number-text.ts";
import { pageHtml } from "./page.ts";
import { pageScript } from "./page-script.ts";
import { seriesName } from "./plot/figure.ts";
import { escapeMarkup, plotMarkup } from "./plot/plot.ts";
import { type BenchSummary, summarise } from "./summary.ts";

export interface ReportSection {
  readonly name: string;
  readonly title: string;
}

/** The whole report as one page without any file beside it; works without its script too, then without readout. */
export function reportHtml(report: BenchReport, sections: readonly ReportSection[]): string {
  const used = sections.filter(({ name }) => report.results.some(({ experiment }) => experiment === name));
  const body = used.map((section) => sectionHtml(report, section));
  // "<" would end the script element within a text.
  const data = JSON.stringify(report.figures).replaceAll("<", "\\u003c");
  const lead =
    "Measurements of the papers, repeated on the simulated devices. A line is the simulation, a ring what the paper prints.";
  const content = `${summaryHtml(summarise(report.results))}
<nav aria-label="Experiments">${used.map(({ name }) => `<a href="#${name}">${name}</a>`).join("")}</nav>
<main>
${body.join("\n")}
</main>
<script type="application/json" id="figures">${data}</script>
<script>${pageScript()}</script>`;
  return pageHtml("Virtual bench", lead, content);
}

function summaryHtml(summary: BenchSummary): string {
  const tile = (label: string, value: string, state = "") =>
    `<div class="tile ${state}"><dt>${label}</dt><dd>${value}</dd></div>`;
  const kind = (name: "input" | "derived" | "emergent") => `${summary[name].ok} / ${summary[name].results}`;
  return `<dl class="tiles">
${tile("agree with the paper", `${summary.ok} / ${summary.results}`, summary.notOk === 0 ? "good" : "bad")}
${tile("inputs", kind("input"))}${tile("derived", kind("derived"))}${tile("emergent", kind("emergent"))}
${tile("flagged in the source", String(summary.flagged))}
</dl>
<p class="note">Input: stands in a document and comes back exactly. Derived: follows from inputs, by an equation or a measurement of one of them, or a value of the document was solved from it. Emergent: comes out of the simulated measurement only.</p>`;
}

function sectionHtml({ results, figures }: BenchReport, { name, title }: ReportSection): string {
  const plots = figures.map((figure, i) => (figure.experiment === name ? figureHtml(figure, i) : ""));
  const rows = results.filter(({ experiment }) => experiment === name);
  return `<section id="${name}">
<h2>${escapeMarkup(title)}</h2>
<div class="figures">${plots.join("")}</div>
${tableHtml(rows)}
</section>`;
}

/** Until the script fits the plot to the page. */
const WIDTH = 640;
const HEIGHT = 400;

function figureHtml(figure: BenchFigure, index: number): string {
  const buttons = figure.series.map(
    (series, i) =>
      `<button type="button" class="s${(i % 8) + 1} ${series.marks ?? series.from}" data-series="${i}" aria-pressed="true"><i></i>${escapeMarkup(seriesName(series))}</button>`,
  );
  const plot = plotMarkup(figure, { width: WIDTH, height: HEIGHT }, `clip${index}`);
  return `<figure data-figure="${index}">
<h3>${escapeMarkup(figure.title)}</h3>
<div><svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeMarkup(figure.title)}">${plot}</svg></div>
<p class="readout" aria-live="polite">&nbsp;</p>
<div class="legend">${buttons.join("")}</div>
<figcaption>${escapeMarkup(figure.source)}<span class="save"><button type="button" data-save="svg">SVG</button><button type="button" data-save="png">PNG</button></span></figcaption>
</figure>`;
}

const HEADS = [
  "",
  "subject",
  "quantity",
  "kind",
  "paper",
  "simulated",
  "unit",
  "deviation",
  "tolerance",
  "source",
];
const RIGHT = [4, 5, 7, 8];

/** Tables of this length fold away, unless a result in them is to be seen. */
const LONG_TABLE = 12;

function tableHtml(results: readonly BenchResult[]): string {
  const heads = HEADS.map((head, i) => `<th${RIGHT.includes(i) ? ' class="n"' : ""}>${head}</th>`).join("");
  const missed = results.filter(({ ok }) => !ok).length;
  const isOpen = missed > 0 || results.length <= LONG_TABLE;
  const verdict = missed === 0 ? "all agree with the paper" : `<b>${missed} not as the paper says</b>`;
  return `<details${isOpen ? " open" : ""}><summary>${results.length} results, ${verdict}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="results"><table><thead><tr>${heads}</tr></thead><tbody>
${results.map(rowHtml).join("\n")}
</tbody></table></div></details>`;
}

function rowHtml(result: BenchResult): string {
  const off = deviation(result);
  const words = [result.conditions, result.flag && `<b class="flag">⚑ ${escapeMarkup(result.flag)}</b>`];
  const notes = words.filter((text) => text).map((text) => `<small>${text}</small>`);
  const cells = [
    result.ok ? '<b class="ok">✓</b>' : '<b class="miss">✗</b>',
    escapeMarkup(result.subject),
    `${escapeMarkup(result.quantity)}${notes.join("")}`,
    result.kind,
    valueHtml(result.paper),
    valueHtml(result.simulated),
    escapeMarkup(result.unit),
    result.kind === "input" ? "" : percent(off),
    result.tolerance === 0 ? "exact" : percent(result.tolerance).replace("+", "±"),
    escapeMarkup(result.source),
  ];
  const columns = cells.map((text, i) => `<td${RIGHT.includes(i) ? ' class="n"' : ""}>${text}</td>`);
  return `<tr${result.ok ? "" : ' class="missed"'}>${columns.join("")}</tr>`;
}

function percent(share: number): string {
  if (Number.isNaN(share)) return "–";
  const text = (100 * share).toFixed(Math.abs(share) < 0.1 ? 2 : 1).replace(/^-(?=0\.00$)/, "");
  return `${text.startsWith("-") ? "" : "+"}${text.replace("-", "\u2212")} %`;
}
