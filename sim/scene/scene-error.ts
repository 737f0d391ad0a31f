/** What is wrong with a scene: one line that names what was found, what was expected and what to do. */
export interface SceneFault {
  /** The scene as the user named it, or the file. */
  readonly scene: string;
  readonly found: string;
  readonly expected: string;
  readonly whatToDo: string;
}

/** The only error that reading or building a scene throws for bad input. */
export class SceneError extends Error {
  readonly fault: SceneFault;

  constructor(fault: SceneFault) {
    super(`scene ${fault.scene}: found ${fault.found}; expected ${fault.expected}. ${fault.whatToDo}`);
    this.name = "SceneError";
    this.fault = fault;
  }
}

/** Text from a file, safe to print: control characters replaced, at most 60 characters. */
export function quoted(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, "?");
  return `"${printable.length > 60 ? `${printable.slice(0, 57)}...` : printable}"`;
}
