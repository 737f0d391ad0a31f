import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { EmvaResult } from "../../reference/emva/analyse.ts";
import { root } from "../../support/cqd.ts";
import { pythonWithNumpy } from "../../support/python.ts";

export interface OtherAnalysis {
  readonly name: "numpy" | "public reference";
  readonly figures: EmvaResult;
}

/** The system's own interpreter comes second: Debian's packages serve only that. */
const PYTHONS = ["python3", "/usr/bin/python3"];
/** Folder of the Python package emva1288: `src` of a clone. */
const REFERENCE_SRC = process.env["EMVA1288_SRC"];

/** Analyses of a data set by numpy alone, if there is numpy, and by the public implementation, if EMVA1288_SRC is set. */
export function otherAnalyses(folder: string): OtherAnalysis[] {
  const found: OtherAnalysis[] = [];
  const numpy = pythonWithNumpy();
  if (numpy !== undefined) found.push({ name: "numpy", figures: analysis(numpy, "check_emva.py", folder) });
  if (REFERENCE_SRC !== undefined)
    found.push({
      name: "public reference",
      figures: analysis(referencePython(), "public_reference.py", folder),
    });
  return found;
}

/** @throws Error with the interpreter's own words when none can load the package. */
function referencePython(): string {
  const tries = PYTHONS.map((python) => {
    const { status, stderr } = spawnSync(python, ["-c", "from emva1288 import process"], {
      env: environment(),
    });
    return { python, status, stderr: String(stderr) };
  });
  const works = tries.find(({ status }) => status === 0);
  if (works) return works.python;
  const words = tries.map(({ python, stderr }) => `${python}: ${stderr.trim().split("\n").at(-1)}`);
  throw new Error(
    `found no Python that loads emva1288 from EMVA1288_SRC=${REFERENCE_SRC}; see docs/capture.md\n${words.join("\n")}`,
  );
}

function analysis(python: string, script: string, folder: string): EmvaResult {
  const path = join(root, "test/tools/emva", script);
  return JSON.parse(
    execFileSync(python, [path, folder], { encoding: "utf8", env: environment() }),
  ) as EmvaResult;
}

function environment(): NodeJS.ProcessEnv {
  return REFERENCE_SRC === undefined ? process.env : { ...process.env, PYTHONPATH: REFERENCE_SRC };
}
