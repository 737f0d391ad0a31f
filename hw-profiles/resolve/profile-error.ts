/** One thing that is wrong with a profile document. */
export interface ProfileIssue {
  /** File or document name. */
  readonly file: string;
  /** Dotted path inside the document, "" for the document itself. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  /** Nearest valid name when this looks like a typo. */
  readonly suggestion?: string;
}

/** One line: where, found, expected, suggestion. */
export function formatIssue(issue: ProfileIssue): string {
  const where = issue.path === "" ? issue.file : `${issue.file}: ${issue.path}`;
  const hint = issue.suggestion === undefined ? "" : ` (did you mean ${issue.suggestion}?)`;
  return `${where}: found ${issue.found}, expected ${issue.expected}${hint}`;
}

/** A profile that cannot be used. `issues` holds at least one entry; the message lists all of them, one a line. */
export class ProfileError extends Error {
  override readonly name = "ProfileError";
  readonly issues: readonly ProfileIssue[];

  constructor(issues: readonly ProfileIssue[]) {
    super(issues.map(formatIssue).join("\n"));
    this.issues = issues;
  }

  /** Path of the first issue. */
  get path(): string {
    return this.issues[0]?.path ?? "";
  }

  get file(): string {
    return this.issues[0]?.file ?? "";
  }

  get found(): string {
    return this.issues[0]?.found ?? "";
  }

  get expected(): string {
    return this.issues[0]?.expected ?? "";
  }

  get suggestion(): string | undefined {
    return this.issues[0]?.suggestion;
  }
}
