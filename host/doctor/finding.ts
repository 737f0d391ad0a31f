export type FindingLevel = "ok" | "warn" | "fail";

/** One thing that was looked at. */
export interface Finding {
  readonly check: string;
  readonly level: FindingLevel;
  readonly found: string;
  /** What to do; none where all is well. */
  readonly next?: string;
}

export function ok(check: string, found: string): Finding {
  return { check, level: "ok", found };
}

/** It works, and could be better. */
export function warn(check: string, found: string, next: string): Finding {
  return { check, level: "warn", found, next };
}

export function fail(check: string, found: string, next: string): Finding {
  return { check, level: "fail", found, next };
}
