import { spawnSync } from "node:child_process";

/** The system's own interpreter comes after the one on the PATH: Debian's python3-numpy serves only the former. */
const CANDIDATES = ["python3", "/usr/bin/python3"];

/** A Python 3 that has numpy, or undefined. */
export function pythonWithNumpy(): string | undefined {
  return CANDIDATES.find((python) => spawnSync(python, ["-c", "import numpy"]).status === 0);
}
