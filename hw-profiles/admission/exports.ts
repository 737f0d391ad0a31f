import type { Finding } from "./finding.ts";
import type { FunctionType, ModuleParts } from "./module-parts.ts";
import { typeName } from "./value-types.ts";

const I32 = 0x7f;
const NEXT_STEP = "export it as firmware/index.ts does, then build again";

export interface FunctionExport {
  readonly name: string;
  /** i32 arguments; every function returns one i32. */
  readonly parameters: number;
}

/** Functions that the board calls. */
export const FUNCTION_EXPORTS: readonly FunctionExport[] = [
  { name: "abi_version", parameters: 0 },
  { name: "configure", parameters: 0 },
  { name: "begin_frame", parameters: 0 },
  { name: "process_line", parameters: 1 },
  { name: "end_frame", parameters: 0 },
  { name: "resume", parameters: 0 },
];

/** A module may export more; the board does not call it. */
export function checkExports(parts: ModuleParts): Finding[] {
  return [
    ...FUNCTION_EXPORTS.flatMap(({ name, parameters }) => {
      const type = { parameters: Array<number>(parameters).fill(I32), results: [I32] };
      return checkFunction(parts, name, type);
    }),
    ...checkKind(parts, "memory", "memory"),
  ];
}

function checkFunction(parts: ModuleParts, name: string, expected: FunctionType): Finding[] {
  const kind = checkKind(parts, name, "function");
  if (kind.length > 0) return kind;
  const found = typeOf(parts, name);
  if (found !== undefined && typeText(found) === typeText(expected)) return [];
  return [
    {
      code: "export",
      found: `a function "${name}" of type ${found ? typeText(found) : "unknown"}`,
      expected: typeText(expected),
      nextStep: NEXT_STEP,
    },
  ];
}

function checkKind(parts: ModuleParts, name: string, kind: "function" | "memory"): Finding[] {
  const entry = parts.exports.find((found) => found.name === name);
  if (entry?.kind === kind) return [];
  const found = entry ? `export "${name}" of kind ${entry.kind}` : `no export "${name}"`;
  return [{ code: "export", found, expected: `a ${kind} "${name}"`, nextStep: NEXT_STEP }];
}

/** Type of an exported function; imported ones are refused elsewhere, but count. */
function typeOf(parts: ModuleParts, name: string): FunctionType | undefined {
  const index = parts.exports.find((entry) => entry.name === name)?.index ?? 0;
  const imported = parts.imports.filter((entry) => entry.kind === "function").length;
  return parts.types[parts.functions[index - imported] ?? -1];
}

function typeText({ parameters, results }: FunctionType): string {
  return `(${parameters.map(typeName).join(", ")}) -> ${results.map(typeName).join(", ") || "nothing"}`;
}
