// Line charts as SVG text: one panel or several under each other, readable without anything else.

export interface ChartSeries {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly kind: "line" | "dots";
  /** CSS colour. */
  readonly colour: string;
}

export interface ChartPanel {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly ChartSeries[];
}

interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

const WIDTH = 800;
const PANEL_HEIGHT = 300;
const [LEFT, RIGHT, TOP, BOTTOM] = [76, 20, 40, 52];
const PLOT_WIDTH = WIDTH - LEFT - RIGHT;
const PLOT_HEIGHT = PANEL_HEIGHT - TOP - BOTTOM;
const TICKS = 6;

/** Blue, orange, green: apart for colour-blind eyes too. */
export const CHART_COLOURS = ["#0072b2", "#d55e00", "#009e73"] as const;

/** An SVG document of 800 px width with a panel for each entry. */
export function svgChart(panels: readonly ChartPanel[]): string {
  const height = PANEL_HEIGHT * panels.length;
  const title = escapeXml(panels.map((panel) => panel.title).join("; "));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...panels.flatMap((panel, i) => panelLines(panel, i * PANEL_HEIGHT)),
    "</svg>",
    "",
  ].join("\n");
}

function panelLines({ series, title, xLabel, yLabel }: ChartPanel, top: number): string[] {
  const x = axisOf(series.map((one) => one.x));
  const y = axisOf(series.map((one) => one.y));
  const [middle, foot] = [LEFT + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT];
  return [
    `<g transform="translate(0 ${top})">`,
    `<text x="${LEFT}" y="18" font-size="14" font-weight="bold">${escapeXml(title)}</text>`,
    ...legendLines(series),
    ...x.ticks.flatMap((tick) => {
      const at = fixed(xOf(tick, x));
      return [grid(at, TOP, at, foot), text(at, foot + 18, "middle", number(tick))];
    }),
    ...y.ticks.flatMap((tick) => {
      const at = fixed(yOf(tick, y));
      return [grid(LEFT, at, LEFT + PLOT_WIDTH, at), text(LEFT - 8, at + 4, "end", number(tick))];
    }),
    `<rect x="${LEFT}" y="${TOP}" width="${PLOT_WIDTH}" height="${PLOT_HEIGHT}" fill="none" stroke="#333"/>`,
    ...series.flatMap((one) => seriesLines(one, x, y)),
    text(middle, foot + 40, "middle", xLabel),
    `<text transform="translate(16 ${TOP + PLOT_HEIGHT / 2}) rotate(-90)" text-anchor="middle">${escapeXml(yLabel)}</text>`,
    "</g>",
  ];
}

function legendLines(series: readonly ChartSeries[]): string[] {
  let at = LEFT + PLOT_WIDTH;
  return series.toReversed().map(({ colour, label }) => {
    const entry = `<text x="${at}" y="34" text-anchor="end" fill="${colour}">${escapeXml(label)}</text>`;
    at -= 7 * label.length + 16;
    return entry;
  });
}

function seriesLines({ colour, kind, x, y }: ChartSeries, xAxis: Axis, yAxis: Axis): string[] {
  const points = Array.from(x, (value, i) => [fixed(xOf(value, xAxis)), fixed(yOf(y[i]!, yAxis))] as const);
  if (kind === "dots")
    return points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`);
  const path = points.map(([px, py]) => `${px},${py}`).join(" ");
  return [`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>`];
}

function xOf(value: number, { high, low }: Axis): number {
  return LEFT + (PLOT_WIDTH * (value - low)) / (high - low);
}

function yOf(value: number, { high, low }: Axis): number {
  return TOP + PLOT_HEIGHT * (1 - (value - low) / (high - low));
}

/** From the lowest to the highest value, out to whole steps of 1, 2 or 5. */
function axisOf(lists: readonly ArrayLike<number>[]): Axis {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      low = Math.min(low, list[i]!);
      high = Math.max(high, list[i]!);
    }
  }
  if (!(low <= high)) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const step = niceStep((high - low) / TICKS);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return { low: first * step, high: last * step, ticks };
}

function niceStep(rough: number): number {
  const decade = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * decade >= rough * (1 - 1e-9)) ?? 10;
  return factor * decade;
}

function grid(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#ddd"/>`;
}

function text(x: number, y: number, anchor: string, content: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escapeXml(content)}</text>`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function fixed(value: number): number {
  return Number(value.toFixed(2));
}

function escapeXml(content: string): string {
  return content
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
