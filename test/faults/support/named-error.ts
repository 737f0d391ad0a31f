const NAMED = new Set(["CameraError", "TransportError", "PacketError"]);

/** Whether a program can tell what happened from an error of the host. */
export function isNamed(error: unknown): error is Error & { readonly code: unknown } {
  return error instanceof Error && NAMED.has(error.name) && "code" in error;
}

/** Name and code; undefined for an error without. */
export function nameOf(error: unknown): string | undefined {
  return isNamed(error) ? `${error.name} ${String(error.code)}` : undefined;
}
