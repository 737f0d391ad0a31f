import type { PublishedFigure } from "../../../hw-profiles/device-profile.ts";
import { publishedOf } from "../run/documents.ts";
import type { BenchContext } from "../run/experiment.ts";

const REVIEW = "meng2024";

/** Figures of a device's document. */
export function figuresOf({ documents }: BenchContext, name: string): readonly PublishedFigure[] {
  return publishedOf(documents.device(name));
}

/** Whether the device is one of those that the review lists. */
export function isReviewDevice(context: BenchContext, name: string): boolean {
  return figuresOf(context, name).some(({ source }) => source.startsWith(REVIEW));
}

/** Devices of the laboratory with a junction. */
export function diodesOf({ laboratory, documents }: BenchContext): readonly string[] {
  return laboratory.devices.filter((name) => documents.device(name).structure === "photodiode");
}

/** Devices outside of the review with a figure of this quantity. */
export function devicesWith(context: BenchContext, quantity: string): readonly string[] {
  return context.laboratory.devices.filter(
    (name) =>
      !isReviewDevice(context, name) &&
      figuresOf(context, name).some((figure) => figure.quantity === quantity),
  );
}

/** Place in the paper of a quantity, for a figure's caption. */
export function sourceOf(figures: readonly PublishedFigure[], quantity: string): string {
  return (figures.find((figure) => figure.quantity === quantity) ?? figures[0])?.source ?? "";
}
