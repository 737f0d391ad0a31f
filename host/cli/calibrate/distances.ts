import { InvalidArgumentError } from "commander";

const [NEAREST_M, FARTHEST_M] = [0.1, 1000];
const MOST = 200;

/** "1:15:8" as 8 distances at equal steps, "1,2.5,4" as they are; metres. */
export function distanceList(text: string): number[] {
  const found = text.includes(":") ? spread(text) : text.split(",").map(numberOf);
  const isList = found.length >= 1 && found.length <= MOST;
  if (isList && found.every((distanceM) => distanceM >= NEAREST_M && distanceM <= FARTHEST_M)) return found;
  throw new InvalidArgumentError(
    `found ${JSON.stringify(text)}, expected FROM:TO:COUNT with COUNT from 2 to ${MOST}, such as 1:15:8, or a list such as ` +
      `1,2.5,4; each from ${NEAREST_M} to ${FARTHEST_M} m`,
  );
}

function spread(text: string): number[] {
  const [from, to, count, ...rest] = text.split(":").map(numberOf);
  const isSpread =
    rest.length === 0 && Number.isInteger(count) && count! >= 2 && count! <= MOST && from! < to!;
  if (!isSpread) return [];
  return Array.from({ length: count! }, (_, i) =>
    Number((from! + ((to! - from!) * i) / (count! - 1)).toFixed(4)),
  );
}

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
