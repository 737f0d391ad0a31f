import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { BuildError } from "./build-error.ts";

/** The folder of a project, and of the package, whose files make up the readout logic. */
const LOGIC_FOLDER = "firmware";
/** Entry of every readout logic. */
export const ENTRY = `${LOGIC_FOLDER}/index.ts`;

/** Where one's own files lie, by their paths from the package's root. */
interface OwnFiles {
  /** The file that stands in for a path; undefined: the package's does. */
  readonly locate: (path: string) => string | undefined;
  /** Paths that the compiler must have asked for in the end. */
  readonly wanted: readonly string[];
}

const NO_FILES: OwnFiles = { locate: () => undefined, wanted: [] };

/**
 * Sources of a readout logic: files of one's own stand in for those of the package with the same path, all others are the
 * package's.
 */
export class LogicSource {
  readonly #own: OwnFiles;
  readonly #packageRoot: string;
  /** Texts by path. */
  readonly #read = new Map<string, string>();

  private constructor(own: OwnFiles, packageRoot: string) {
    this.#own = own;
    this.#packageRoot = packageRoot;
  }

  /**
   * @param source a project: folder with a folder `firmware`; a file in such a folder: the same; any other file: stands in
   * for the package's `firmware/index.ts`, and the files beside it for those beside that. The package itself is a project
   * without files of its own.
   * @throws BuildError when there are no sources.
   */
  static async open(source: string, packageRoot: string): Promise<LogicSource> {
    const path = resolve(source);
    const project = isFile(path) ? projectOf(path) : path;
    if (project === resolve(packageRoot)) return new LogicSource(NO_FILES, packageRoot);
    const own = project === undefined ? filesOfEntry(path) : await filesOfProject(project);
    return new LogicSource(own, packageRoot);
  }

  /** One's own files that the compiler has asked for, sorted. */
  get used(): string[] {
    return [...this.#read.keys()].filter((path) => this.#own.locate(path) !== undefined).sort();
  }

  /** Those that nothing imports: a misspelt name would leave the package's file in place unnoticed. */
  get unused(): string[] {
    return this.#own.wanted.filter((path) => !this.#read.has(path)).sort();
  }

  /** Path and text of every file that the compiler has read, sorted by path. */
  get texts(): [path: string, text: string][] {
    return [...this.#read].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Text of a file by its path from the package's root; null when nobody has it. */
  async read(path: string): Promise<string | null> {
    try {
      const text = await readFile(this.#own.locate(path) ?? join(this.#packageRoot, path), "utf8");
      this.#read.set(path, text);
      return text;
    } catch {
      return null;
    }
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The folder above the last `firmware` in a file's path. */
function projectOf(file: string): string | undefined {
  const folders = dirname(file).split(sep);
  const at = folders.lastIndexOf(LOGIC_FOLDER);
  return at < 1 ? undefined : folders.slice(0, at).join(sep) || sep;
}

async function filesOfProject(project: string): Promise<OwnFiles> {
  const wanted = await sourcesBelow(project);
  if (wanted.length === 0) {
    throw new BuildError(
      `${project}: found no ${LOGIC_FOLDER}/*.ts in it, expected files that stand in for those of the package's ${LOGIC_FOLDER}/; ` +
        "`cqd build --new DIR` makes a folder to start from",
    );
  }
  const own = new Set(wanted);
  return { wanted, locate: (path) => (own.has(path) ? join(project, path) : undefined) };
}

function filesOfEntry(entry: string): OwnFiles {
  const folder = dirname(entry);
  const prefix = `${LOGIC_FOLDER}/`;
  const beside = (path: string) => {
    const file = path.startsWith(prefix) ? join(folder, path.slice(prefix.length)) : undefined;
    return file !== undefined && existsSync(file) ? file : undefined;
  };
  return { wanted: [ENTRY], locate: (path) => (path === ENTRY ? entry : beside(path)) };
}

async function sourcesBelow(project: string): Promise<string[]> {
  const folder = join(project, LOGIC_FOLDER);
  let names: string[];
  try {
    names = await readdir(folder, { recursive: true });
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${LOGIC_FOLDER}/${name.split(sep).join("/")}`);
}
