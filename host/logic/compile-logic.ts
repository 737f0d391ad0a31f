import { BuildError } from "./build-error.ts";
import type { LogicSource } from "./logic-source.ts";

/** Entry of every readout logic. */
const ENTRY = "firmware/index.ts";
const OUT_FILE = "logic.wasm";
const MESSAGES_SHOWN = 4;

/** `simd`: the board of the profiles; `scalar`: a microcontroller without vector instructions. */
export type LogicTarget = "simd" | "scalar";

const CONFIG_TARGET: Readonly<Record<LogicTarget, string>> = { simd: "readout", scalar: "readout-scalar" };

/** Not a literal in the import: the compiler's own types would change the globals of the whole program. */
const COMPILER: string = "assemblyscript/asc";

interface MemoryStream {
  toString(): string;
}

/** What of the compiler's interface is used here. */
interface Compiler {
  createMemoryStream(): MemoryStream;
  main(
    argv: readonly string[],
    options: {
      readonly stdout: MemoryStream;
      readonly stderr: MemoryStream;
      readonly readFile: (path: string) => Promise<string | null>;
      readonly writeFile: (path: string, contents: Uint8Array | string) => void;
      readonly listFiles: () => string[];
    },
  ): Promise<{ readonly error: Error | null }>;
}

interface CompilerOutput {
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  readonly messages: string;
}

/**
 * Compile a readout logic with the options of the package's own (asconfig.json): fixed memory, no imports, no run-time
 * library. @returns the module. @throws BuildError with the compiler's messages.
 */
export async function compileLogic(
  source: LogicSource,
  target: LogicTarget,
): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes, messages } = await runCompiler(source, target);
  if (bytes === undefined) {
    throw new BuildError(
      `the readout logic does not compile:\n${firstOf(messages)}\n(paths are those of the package; yours stand in for them)`,
    );
  }
  const [unused] = source.unused;
  if (unused !== undefined) {
    throw new BuildError(
      `${unused}: nothing imports it, so it would change nothing; expected the path of a file of the package that it stands in for, or of one that yours import`,
    );
  }
  return bytes;
}

/** The first messages of the compiler: one wrong name makes dozens. */
function firstOf(messages: string): string {
  const all = messages
    .trim()
    .split(/\n\n+/)
    .filter((message) => message.startsWith("ERROR"));
  if (all.length === 0) return messages.trim();
  const rest = all.length - MESSAGES_SHOWN;
  return [...all.slice(0, MESSAGES_SHOWN), ...(rest > 0 ? [`… and ${rest} more`] : [])].join("\n\n");
}

async function runCompiler(source: LogicSource, target: LogicTarget): Promise<CompilerOutput> {
  const asc = await loadCompiler();
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    [
      ENTRY,
      "--config",
      "asconfig.json",
      "--target",
      CONFIG_TARGET[target],
      "--outFile",
      OUT_FILE,
      "--noColors",
    ],
    {
      stdout: asc.createMemoryStream(),
      stderr,
      readFile: (path) => source.read(path),
      writeFile: (_path, contents) => {
        if (typeof contents !== "string") bytes = new Uint8Array(contents);
      },
      listFiles: () => [],
    },
  );
  const messages = stderr.toString();
  if (error === null) return { bytes, messages };
  return { bytes: undefined, messages: messages === "" ? error.message : messages };
}

async function loadCompiler(): Promise<Compiler> {
  try {
    const module: { readonly default: Compiler } = await import(COMPILER);
    return module.default;
  } catch {
    throw new BuildError(
      "found no AssemblyScript compiler; install it with `npm install assemblyscript@0.28.20`",
    );
  }
}
