import { darkCycles } from "../../roic/imaging-timing.ts";
import type { ImagingProgram } from "./imaging-program.ts";

/** From the reset's release to each read of the middle line, s. */
export function readTimesS({ registers, timing }: ImagingProgram, clockHz: number): number[] {
  const line = registers.height >> 1;
  return Array.from({ length: registers.reads }, (_, read) => darkCycles(timing, line, read) / clockHz);
}
