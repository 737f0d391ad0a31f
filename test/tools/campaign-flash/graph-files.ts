// The state graph as JSON and in the language of Graphviz; as a picture where Graphviz is installed.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { type BootState, type StateEdge, type StateGraph, stateGraph } from "./state-graph.ts";

const docs = fileURLToPath(new URL("../../../docs/", import.meta.url));
const CUT = "cut: ";
/** An edge with more events than this is what happens without the one that matters. */
const MOST_EVENTS = 3;

const FILLS: ReadonlyMap<number, string> = new Map([
  [Flash.BOOT_CONFIRMED, "#d5ecd4"],
  [Flash.BOOT_TRIAL, "#fdeebf"],
  [Flash.BOOT_RECOVERY, "#f6d5d0"],
]);

function node({ name, result }: BootState): string {
  const label = name.replace(", ", "\\n").replace(": ", "\\n");
  return `  "${name}" [label="${label}", fillcolor="${FILLS.get(result) ?? "white"}"];`;
}

/** What a completed action leads to is a line, what only a cut leads to is dashed. */
function edge({ from, to, events }: StateEdge): string {
  const completed = events.filter((event) => !event.startsWith(CUT));
  const short = completed.map((event) => event.replace("image that runs is damaged", "damage"));
  const label = short.length > MOST_EVENTS ? "anything else" : short.join("\\n");
  return completed.length > 0
    ? `  "${from}" -> "${to}" [label="${label}"];`
    : `  "${from}" -> "${to}" [style=dashed, color="#888888"];`;
}

/** The graph for Graphviz; a state that stays the same is not drawn. */
export function dotText({ states, edges }: StateGraph): string {
  const lines = [
    "digraph boot {",
    '  graph [rankdir=TB, nodesep=0.35, ranksep=0.7, fontname="sans-serif"];',
    '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=8];',
    ...states.map(node),
    ...edges.filter(({ from, to }) => from !== to).map(edge),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** Writes docs/boot-states.json, docs/boot-states.dot and docs/images/boot-states.svg. @returns what was written. */
export function writeGraph(): string[] {
  const graph = stateGraph();
  const json = `${docs}boot-states.json`;
  const dot = `${docs}boot-states.dot`;
  writeFileSync(json, `${JSON.stringify(graph, undefined, 2)}\n`);
  writeFileSync(dot, dotText(graph));
  const picture = `${docs}images/boot-states.svg`;
  try {
    execFileSync("dot", ["-Tsvg", "-o", picture, dot]);
  } catch {
    process.stderr.write("found no Graphviz (dot): docs/images/boot-states.svg stays as it was\n");
  }
  return [json, dot, picture];
}
