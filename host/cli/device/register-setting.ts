import { InvalidArgumentError } from "commander";

/** A register to write before anything else is done with the device. */
export interface RegisterSetting {
  readonly name: string;
  readonly value: number;
}

/** "ExposureTime=5000000", added to those before it. */
export function addSetting(text: string, before: readonly RegisterSetting[] = []): RegisterSetting[] {
  const equals = text.indexOf("=");
  const digits = text.slice(equals + 1).trim();
  const value = digits === "" ? Number.NaN : Number(digits);
  if (equals > 0 && !Number.isNaN(value)) return [...before, { name: text.slice(0, equals).trim(), value }];
  throw new InvalidArgumentError(`found ${JSON.stringify(text)}, expected NAME=NUMBER, such as Gain=2`);
}
