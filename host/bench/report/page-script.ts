import * as axis from "./plot/axis.ts";
import * as figure from "./plot/figure.ts";
import * as plot from "./plot/plot.ts";
import { FIXED_CSS, PLOT_CSS } from "./plot-style.ts";

/**
 * The report page's script: the plot functions from their own text, so that page and files draw alike, and what makes the
 * page's plots answer: readout of the nearest point, zoom by a dragged box (double click: all), series on and off, and the
 * plot as it is seen as an SVG or PNG file.
 */
export function pageScript(): string {
  const functions = [axis, plot, figure]
    .flatMap((module) => Object.values(module))
    .map((entry) => entry.toString());
  // Some compilers wrap inner functions in a helper that keeps their names.
  const styles = JSON.stringify({ light: FIXED_CSS.light + PLOT_CSS, dark: FIXED_CSS.dark + PLOT_CSS });
  return `"use strict";const __name=(f)=>f;\nconst styles=${styles};\n${functions.join("\n")}\n${PAGE}`;
}

const PAGE = String.raw`
const figures = JSON.parse(document.getElementById("figures").textContent);
const shortNumber = (v) => {
  const size = Math.abs(v);
  return size !== 0 && (size >= 1e5 || size < 1e-3) ? v.toExponential(3) : String(Number(v.toPrecision(5)));
};
const save = (href, name) => {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
};
/** Twice the size: as sharp as a screen of today. */
const savePng = async (svg, name) => {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  save(canvas.toDataURL("image/png"), name);
};
for (const box of document.querySelectorAll("[data-figure]")) {
  const index = Number(box.dataset.figure);
  const figure = figures[index];
  const svg = box.querySelector("svg");
  const readout = box.querySelector(".readout");
  const hidden = new Set();
  let zoom = {};
  let start = null;
  const view = () => {
    const width = Math.max(280, Math.round(svg.parentElement.clientWidth));
    return { width, height: Math.round(Math.min(400, Math.max(260, width * 0.62))), hidden: [...hidden], ...zoom };
  };
  const draw = () => {
    const seen = view();
    svg.setAttribute("viewBox", "0 0 " + seen.width + " " + seen.height);
    svg.innerHTML = plotMarkup(figure, seen, "clip" + index) + '<g class="over"></g>';
  };
  const place = (event) => {
    const bounds = svg.getBoundingClientRect();
    const scale = view().width / bounds.width;
    return [(event.clientX - bounds.left) * scale, (event.clientY - bounds.top) * scale];
  };
  const nearest = ([x, y], frame) => {
    let best = null;
    figure.series.forEach((series, s) => {
      if (hidden.has(s)) return;
      for (let i = 0; i < series.x.length; i++) {
        const point = plotPoints(figure, frame, { ...series, x: [series.x[i]], y: [series.y[i]] })[0];
        if (!point) continue;
        const distance = Math.hypot(point[0] - x, point[1] - y);
        if (!best || distance < best.distance) best = { distance, point, series, s, i };
      }
    });
    return best;
  };
  const show = (event) => {
    const at = place(event);
    const over = svg.querySelector(".over");
    if (start) {
      const [x, y] = [Math.min(start[0], at[0]), Math.min(start[1], at[1])];
      over.innerHTML = '<rect class="zoom" x="' + x + '" y="' + y + '" width="' + Math.abs(at[0] - start[0]) + '" height="' + Math.abs(at[1] - start[1]) + '"/>';
      return;
    }
    const found = nearest(at, plotFrame(figure, view()));
    if (!found || found.distance > 60) { over.innerHTML = ""; readout.textContent = "\u00a0"; return; }
    over.innerHTML = '<circle class="near s' + ((found.s % 8) + 1) + '" cx="' + found.point[0] + '" cy="' + found.point[1] + '" r="7"/>';
    readout.textContent = found.series.label + ": " + figure.x.label + " " + shortNumber(found.series.x[found.i]) + " " + figure.x.unit +
      ", " + figure.y.label + " " + shortNumber(found.series.y[found.i]) + " " + figure.y.unit;
  };
  const end = (event) => {
    const from = start;
    start = null;
    if (!from) return;
    const to = place(event);
    if (Math.abs(to[0] - from[0]) < 8 || Math.abs(to[1] - from[1]) < 8) return draw();
    const frame = plotFrame(figure, view());
    const across = (a, b) => [Math.min(a, b), Math.max(a, b)];
    const xAt = (px) => axisValue(figure.x.scale, frame.x, (px - frame.left) / frame.width);
    const yAt = (px) => axisValue(figure.y.scale, frame.y, 1 - (px - frame.top) / frame.height);
    zoom = { x: across(xAt(from[0]), xAt(to[0])), y: across(yAt(from[1]), yAt(to[1])) };
    draw();
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse") return;
    start = place(event);
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", show);
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointerleave", () => { if (!start) { svg.querySelector(".over").innerHTML = ""; readout.textContent = "\u00a0"; } });
  svg.addEventListener("dblclick", () => { zoom = {}; draw(); });
  for (const button of box.querySelectorAll("button[data-save]")) {
    button.addEventListener("click", () => {
      const css = styles[matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"];
      const svgText = figureMarkup(figure, css, { hidden: [...hidden], ...zoom });
      const name = figure.experiment + "-" + (index + 1) + "." + button.dataset.save;
      if (button.dataset.save === "png") void savePng(svgText, name);
      else save("data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText), name);
    });
  }
  for (const button of box.querySelectorAll("button[data-series]")) {
    button.addEventListener("click", () => {
      const s = Number(button.dataset.series);
      if (!hidden.delete(s)) hidden.add(s);
      button.setAttribute("aria-pressed", String(!hidden.has(s)));
      draw();
    });
  }
  draw();
  let width = svg.parentElement.clientWidth;
  new ResizeObserver(() => {
    if (svg.parentElement.clientWidth === width) return;
    width = svg.parentElement.clientWidth;
    draw();
  }).observe(svg.parentElement);
}
`;
