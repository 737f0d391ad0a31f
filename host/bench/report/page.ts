import { PAGE_CSS } from "./page-css.ts";
import { PLOT_CSS, themeCss } from "./plot-style.ts";

/**
 * A page without any file beside it, light or dark as the reader has it.
 * @param title of the page and its heading, @param lead the sentence below, both as markup.
 * @param content what follows the header, as markup.
 */
export function pageHtml(title: string, lead: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${themeCss(":root")}${PLOT_CSS}${PAGE_CSS}</style>
</head>
<body>
<header><h1>${title}</h1><p>${lead}</p></header>
${content}
</body>
</html>
`;
}
