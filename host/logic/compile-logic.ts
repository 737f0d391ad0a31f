import { BuildError } from "./build-error.ts";
import { compilerOptions, type LogicOptions } from "./logic-options.ts";
import { ENTRY, type LogicSource } from "./logic-source.ts";

const OUT_FILE = "logic.wasm";
const MESSAGES_SHOWN = 4;

/** Not a literal in the import: the compiler's own types would change the globals of the whole program. */
const COMPILER: string = "assemblyscript/asc";

interface MemoryStream {
  toString(): string;
}

/** What of the compiler's interface is used here. */
interface Compiler {
  readonly version: string;
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

export interface CompiledLogic {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** All that the module was made with besides its sources. */
  readonly compiler: string;
}

/**
 * Compile a readout logic with the options of the package's own (asconfig.json): fixed memory, no imports, no run-time
 * library. @throws BuildError with the compiler's messages.
 */
export async function compileLogic(source: LogicSource, options: LogicOptions): Promise<CompiledLogic> {
  const asc = await loadCompiler();
  const { bytes, messages } = await runCompiler(asc, source, options);
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
  return { bytes, compiler: [`assemblyscript ${asc.version}`, ...compilerOptions(options)].join(" ") };
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

async function runCompiler(
  asc: Compiler,
  source: LogicSource,
  options: LogicOptions,
): Promise<CompilerOutput> {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    [ENTRY, "--config", "asconfig.json", ...compilerOptions(options), "--outFile", OUT_FILE, "--noColors"],
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
