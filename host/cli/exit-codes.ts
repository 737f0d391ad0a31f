/** Exit codes of every command; documented in `cqd --help`. */
export const EXIT_OK = 0;
/** Something went wrong that is none of the below. */
export const EXIT_FAILURE = 1;
/** Unknown command or option, or a value that cannot be. */
export const EXIT_USAGE = 2;
/** A profile, scene, firmware module or file that cannot be used. */
export const EXIT_BAD_INPUT = 3;
/** The device refused, is gone or does not answer. */
export const EXIT_DEVICE = 4;
/** Ctrl-C. */
export const EXIT_INTERRUPTED = 130;

export const EXIT_CODE_HELP = [
  "Exit codes:",
  "  0  done",
  "  1  failed",
  "  2  wrong command line",
  "  3  a profile, scene, firmware module or file cannot be used",
  "  4  the device refused, is gone or does not answer",
  "  130  interrupted by Ctrl-C",
].join("\n");
