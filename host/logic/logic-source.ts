import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { BuildError } from "./build-error.ts";

/** The folder of a project, and of the package, whose files make up the readout logic. */
const LOGIC_FOLDER = "firmware";

/**
 * Sources of a readout logic: files of a project's `firmware` folder stand in for those of the package with the same path,
 * all others are the package's.
 */
export class LogicSource {
  readonly #project: string;
  readonly #packageRoot: string;
  /** Paths of the project's files, `firmware/…` with slashes. */
  readonly #own: ReadonlySet<string>;
  readonly #read = new Set<string>();

  private constructor(project: string, packageRoot: string, own: ReadonlySet<string>) {
    this.#project = project;
    this.#packageRoot = packageRoot;
    this.#own = own;
  }

  /** @throws BuildError when the project has no sources. */
  static async open(project: string, packageRoot: string): Promise<LogicSource> {
    const own = await sourcesBelow(project);
    if (own.length === 0) {
      throw new BuildError(
        `${project}: found no ${LOGIC_FOLDER}/*.ts in it, expected files that stand in for those of the package's ${LOGIC_FOLDER}/; ` +
          "`cqd build --new DIR` makes a folder to start from",
      );
    }
    return new LogicSource(project, packageRoot, new Set(own));
  }

  /** The project's files that the compiler has asked for, sorted. */
  get used(): string[] {
    return [...this.#own].filter((path) => this.#read.has(path)).sort();
  }

  /** Those that nothing imports: a misspelt name would leave the package's file in place unnoticed. */
  get unused(): string[] {
    return [...this.#own].filter((path) => !this.#read.has(path)).sort();
  }

  /** Text of a file by its path from the package's root; null when neither has it. */
  async read(path: string): Promise<string | null> {
    const isOwn = this.#own.has(path);
    if (isOwn) this.#read.add(path);
    try {
      return await readFile(join(isOwn ? this.#project : this.#packageRoot, path), "utf8");
    } catch {
      return null;
    }
  }
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
