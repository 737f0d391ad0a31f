import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { BuildError } from "./build-error.ts";

/** Where to start from: one stage of one's own, or a whole readout logic. */
export const TEMPLATES = { stage: "range-gated", logic: "brightest-gate" } as const;
export type Template = keyof typeof TEMPLATES;

/** For editors: relative imports of the project's files find those of the package. */
function editorSettings(project: string, packageRoot: string): string {
  const root = relative(resolve(project), packageRoot).split(sep).join("/");
  const settings = {
    extends: `${root}/firmware/tsconfig.json`,
    compilerOptions: { rootDirs: [".", root] },
    include: ["firmware/**/*.ts", `${root}/firmware/only-mode.d.ts`],
    exclude: [],
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

/** Make the folder `project` from a template. @throws BuildError when something is in it already. */
export async function newProject(project: string, packageRoot: string, template: Template): Promise<void> {
  await mkdir(project, { recursive: true });
  const found = await readdir(project);
  if (found.length > 0) {
    throw new BuildError(`${project}: found ${found.length} entries in it, expected an empty folder or none`);
  }
  const from = join(packageRoot, "firmware", "examples", TEMPLATES[template], "firmware");
  await cp(from, join(project, "firmware"), { recursive: true });
  await writeFile(join(project, "tsconfig.json"), editorSettings(project, packageRoot));
}
