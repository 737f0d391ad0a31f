import { STATUS_TABLE } from "../../../hw-profiles/interface/status-table.ts";
import { GENERATED, page, table } from "./markdown.ts";

/** docs/status.md */
export function statusPage(): string {
  return page(
    GENERATED,
    "# Status codes",
    "Returned by every export of the readout logic, in every register reply and in the trailer of a frame.",
    table(
      ["code", "name", "cause", "next step"],
      STATUS_TABLE.map((entry) => [String(entry.code), `\`${entry.name}\``, entry.cause, entry.nextStep]),
    ),
  );
}
