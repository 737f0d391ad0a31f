import { createServer } from "node:http";
import type { BenchReport } from "../../bench/bench-result.ts";
import { type ReportSection, reportHtml } from "../../bench/report/report-html.ts";
import { refusal } from "../../server/http-guard.ts";
import { listenOnLoopback } from "../../server/listen.ts";
import { openBrowser } from "../../server/open-browser.ts";
import { interrupted } from "../stream/interrupt.ts";

const FORBIDDEN = 403;
/** The page holds its own style and script, and may load nothing; a plot on its way to a PNG is an image of the page's own. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; script-src 'unsafe-inline'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

export interface ViewOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Standard output is for JSON: the address goes to standard error. */
  readonly json?: true;
}

/** Serve the report on this machine until Ctrl-C. @throws PortTakenError. */
export async function viewReport(
  report: BenchReport,
  sections: readonly ReportSection[],
  { port, json }: ViewOptions,
): Promise<void> {
  const page = reportHtml(report, sections);
  let bound = port;
  const server = createServer((request, response) => {
    const refused = refusal(request, bound, false);
    if (refused !== undefined) response.writeHead(FORBIDDEN).end(`${refused}\n`);
    else response.writeHead(200, HEADERS).end(page);
  });
  bound = await listenOnLoopback(server, port === 0 ? undefined : port);
  const ending = interrupted();
  const url = `http://127.0.0.1:${bound}/`;
  (json ? process.stderr : process.stdout).write(`${url}  (Ctrl-C ends)\n`);
  if (process.stdout.isTTY) openBrowser(url);
  await ending;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
