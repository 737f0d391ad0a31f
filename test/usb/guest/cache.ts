import { homedir } from "node:os";
import { join } from "node:path";

/** What is kept between runs, and between clones: the kernel and the packed guest. */
export function guestCache(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "cqd-readout");
}
