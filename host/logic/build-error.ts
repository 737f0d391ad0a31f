/** A readout logic that cannot be built: what was found, what was expected, what to do. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}
