/** What a board looks for in a module, and the name by which a finding is known. */
export type FindingCode =
  | "not-a-module"
  | "too-large"
  | "invalid"
  | "unreadable"
  | "import"
  | "export"
  | "memory"
  | "start"
  | "table"
  | "instruction"
  | "feature";

/** One reason why a board does not take a module. */
export interface Finding {
  readonly code: FindingCode;
  readonly found: string;
  readonly expected: string;
  readonly nextStep: string;
}

export function findingText({ expected, found, nextStep }: Finding): string {
  return `found ${found}, expected ${expected}; ${nextStep}`;
}
