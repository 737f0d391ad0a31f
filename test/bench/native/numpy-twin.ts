import { fileURLToPath } from "node:url";
import { pythonWithNumpy } from "../../support/python.ts";
import { TwinProcess } from "./twin-process.ts";

/** A process of numpy_twin.py, or undefined where no Python has numpy. */
export function openNumpy(): TwinProcess | undefined {
  const python = pythonWithNumpy();
  if (python === undefined) return undefined;
  return new TwinProcess(python, [fileURLToPath(new URL("numpy_twin.py", import.meta.url))]);
}
