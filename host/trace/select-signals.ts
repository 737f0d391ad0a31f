import { nearestName } from "../../hw-profiles/resolve/nearest-name.ts";
import type { TraceSignal } from "../transport/transport.ts";

/** A pattern that names no signal of the trace. */
export class SignalNameError extends Error {
  override readonly name = "SignalNameError";
}

/**
 * Signals that one of the patterns names, in the order of the list. `*` stands for any text. Undefined: all but those
 * that change at every counter clock.
 * @throws SignalNameError that gives the nearest name.
 */
export function selectSignals(
  signals: readonly TraceSignal[],
  patterns: readonly string[] | undefined,
): TraceSignal[] {
  if (patterns === undefined) return signals.filter(({ isFast }) => !isFast);
  const matchers = patterns.map(matcher);
  patterns.forEach((pattern, i) => {
    if (!signals.some(({ name }) => matchers[i]!.test(name))) throw unknown(pattern, signals);
  });
  return signals.filter(({ name }) => matchers.some((expression) => expression.test(name)));
}

function matcher(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[^\w]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

function unknown(pattern: string, signals: readonly TraceSignal[]): SignalNameError {
  const near = nearestName(
    pattern,
    signals.map(({ name }) => name),
  );
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return new SignalNameError(
    `signals: found "${pattern}", expected a signal of the traced rows and columns or a pattern with *${hint}`,
  );
}
