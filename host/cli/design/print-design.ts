import { formatSuns } from "../../design/ambient.ts";
import type { DesignRequest, DesignResult, RangeLimits } from "../../design/design.ts";
import { lengthText, percentText } from "../../design/length-text.ts";
import type { PowerBudget } from "../../design/power.ts";
import type { Prediction } from "../../design/predict.ts";
import type { Regime } from "../../design/regime.ts";
import { quantity, table } from "../text/table.ts";
import { bold, dim, printLine } from "../text/terminal.ts";

/** Marks beside a sigma. */
const MARKS: Readonly<Record<Regime, string>> = {
  attainable: "",
  clipped: "c",
  threshold: "t",
  edge: "e",
  blind: "blind",
  outside: "-",
};
const LEGEND =
  "c clipped: saturated gates left out   t threshold: share of pixels with a range, of which sigma tells   " +
  "e edge: the window cuts the spread   - outside of the window";
/** Shares above this are all; below that, as good as none. */
const ALL = 0.995;
const NONE = 0.01;

export function printDesigns(designs: readonly DesignResult[], request: DesignRequest): void {
  for (const design of designs) printDesign(design, request);
  if (designs.length > 1) printComparison(designs, request);
  printLine(dim(`\n${LEGEND}`));
  if (designs.some(({ points }) => points.some(({ regime }) => regime === "outside"))) {
    const farthestM = Math.max(...request.rangesM);
    printLine(dim(`ranges lie outside of the window: --set reach=${farthestM} spreads the gates so far`));
  }
  printLine(dim("power: laser, chip and film gate under the assumptions that --json lists"));
}

function printDesign(design: DesignResult, request: DesignRequest): void {
  const { facts, frameRateHz, notes, power } = design;
  printLine(bold(`\n${design.label}`));
  printLine(
    `${facts.detector}: EQE ${percentText(facts.eqe)} at ${facts.wavelengthNm} nm, fall ${quantity(facts.fallTimeNs, "ns")}, ` +
      `bias ${facts.biasV} V; ${facts.emitter}; ${facts.gates} gates of ${facts.pulsesPerGate} pulses, ${facts.gating}`,
  );
  printLine(`${frameRateHz.toFixed(1)} frames/s; ${powerText(power)}`);
  for (const note of notes) printLine(dim(`note: ${note}`));
  printLine("");
  for (const line of limitTable(design, request)) printLine(line);
  for (const reflectance of request.reflectances) {
    printLine(dim(`\nsigma, reflectance ${reflectance}; ${backgroundText(design, request, reflectance)}`));
    for (const line of sigmaTable(design, request, reflectance)) printLine(line);
  }
}

function powerText({ laserLightW, laserW, totalW }: PowerBudget): string {
  const rest = totalW - laserW;
  return `${quantity(totalW, "W", 3)}: laser ${quantity(laserW, "W", 3)} (${quantity(laserLightW, "W", 3)} light), rest ${quantity(rest, "W", 2)}`;
}

function limitTable({ limits }: DesignResult, { sigmaLimitM }: DesignRequest): string[] {
  const head = [
    "reflectance",
    "ambient",
    "unsaturated from",
    `sigma ${lengthText(sigmaLimitM)} to`,
    "detected to",
    "maximum",
    "limited by",
  ];
  const rows = limits.map((limit) => [
    String(limit.reflectance),
    formatSuns(limit.ambientSun),
    lengthText(limit.unsaturatedM),
    lengthText(limit.sigmaM),
    lengthText(limit.detectionM),
    lengthText(limit.maximumM),
    limit.limitedBy,
  ]);
  return table([head, ...rows], [2, 3, 4, 5]);
}

/** Electrons of a gate plane that do not depend on the range. */
function backgroundText({ points }: DesignResult, request: DesignRequest, reflectance: number): string {
  const ofSun = (ambientSun: number) =>
    points.find((each) => each.reflectance === reflectance && each.ambientSun === ambientSun);
  const ambient = request.ambientSuns.map((suns) => Number((ofSun(suns)?.ambientE ?? 0).toPrecision(3)));
  const darkE = Number((points[0]?.darkE ?? 0).toPrecision(3));
  return `a gate plane collects ${darkE} e- dark and ${ambient.join(", ")} e- ambient`;
}

function sigmaTable({ points }: DesignResult, request: DesignRequest, reflectance: number): string[] {
  const head = ["range", "signal", ...request.ambientSuns.map(formatSuns)];
  const at = (rangeM: number) =>
    points.find((each) => each.rangeM === rangeM && each.reflectance === reflectance);
  const rows = request.rangesM.map((rangeM) => [
    lengthText(rangeM),
    quantity(at(rangeM)?.collectedE ?? 0, "e-", 3),
    ...request.ambientSuns.map((ambientSun) => {
      const point = points.find(
        (each) =>
          each.rangeM === rangeM && each.reflectance === reflectance && each.ambientSun === ambientSun,
      );
      return point === undefined ? "" : sigmaCell(point);
    }),
  ]);
  return table(
    [head, ...rows],
    head.map((_, i) => i),
  );
}

/** "212 mm", "1.2 m t 54 %", "none", "blind". */
export function sigmaCell({ detectedShare, regime, sigmaM }: Prediction): string {
  const mark = MARKS[regime];
  if (regime === "blind" || regime === "outside") return mark;
  if (detectedShare < NONE) return "none";
  const share = detectedShare < ALL ? ` ${percentText(detectedShare)}` : "";
  return `${lengthText(sigmaM)}${mark === "" ? "" : ` ${mark}`}${share}`;
}

/** One line a design: what tells them apart, at the middle one of the reflectances. */
function printComparison(designs: readonly DesignResult[], request: DesignRequest): void {
  const reflectance = request.reflectances[Math.floor(request.reflectances.length / 2)]!;
  const of = (limits: readonly RangeLimits[], ambientSun: number) =>
    limits.find((limit) => limit.reflectance === reflectance && limit.ambientSun === ambientSun)?.maximumM;
  const head = [
    "",
    "frames/s",
    "power",
    ...request.ambientSuns.map((suns) => `maximum, ${formatSuns(suns)}`),
  ];
  const rows = designs.map(({ frameRateHz, label, limits, power }) => [
    label,
    frameRateHz.toFixed(1),
    quantity(power.totalW, "W", 3),
    ...request.ambientSuns.map((suns) => lengthText(of(limits, suns))),
  ]);
  printLine(bold(`\nreflectance ${reflectance}, sigma up to ${lengthText(request.sigmaLimitM)}`));
  for (const line of table([head, ...rows], [1, 2, ...request.ambientSuns.map((_, i) => i + 3)]))
    printLine(line);
}
