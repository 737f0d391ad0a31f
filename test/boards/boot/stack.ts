// Stack of the boot loader: gcc writes down calls and frames, the deepest chain of calls is what it needs.
import { bootCallGraph } from "../support/boot-elf.ts";

const NODE = /^node: \{ title: "([^"]+)" label: "[^"]*?(\d+) bytes \((static|dynamic)[^"]*" \}$/gm;
const EDGE = /^edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"/gm;

/**
 * Bytes of stack of the deepest chain of calls, that of its imports not among them.
 * @throws Error for a frame whose size is not known when it is compiled, and for functions that call themselves.
 */
export function stackBytes(wasm: Uint8Array): number {
  const graph = bootCallGraph(wasm);
  const frames = new Map<string, number>();
  for (const [, name, bytes, kind] of graph.matchAll(NODE)) {
    if (kind !== "static") throw new Error(`found a frame of any size in ${name}, expected none`);
    frames.set(name!, Number(bytes));
  }
  const callees = new Map<string, string[]>();
  for (const [, caller, callee] of graph.matchAll(EDGE))
    callees.set(caller!, [...(callees.get(caller!) ?? []), callee!]);
  const depth = (name: string, above: readonly string[]): number => {
    if (above.includes(name)) throw new Error(`found recursion in ${name}, expected none`);
    const below = (callees.get(name) ?? []).map((callee) => depth(callee, [...above, name]));
    return (frames.get(name) ?? 0) + Math.max(0, ...below);
  };
  return Math.max(...[...frames.keys()].map((name) => depth(name, [])));
}
