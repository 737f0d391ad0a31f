/** Colours and lines of plots, light and dark, for pages and files alike. Series colours keep apart for colour-blind eyes too. */
const LIGHT = `--surface:#fcfcfb;--ink:#1b1b19;--soft:#5b5a55;--rule:#d9d8d2;--faint:#ecebe6;--good:#1a7f45;--bad:#b3261e;--warn:#8a5a00;--s1:#2a78d6;--s2:#eb6834;--s3:#1baf7a;--s4:#b8860b;--s5:#d5568c;--s6:#008300;--s7:#4a3aa7;--s8:#e34948`;
const DARK = `--surface:#1a1a19;--ink:#f0efec;--soft:#b3b2ab;--rule:#43423e;--faint:#2b2a28;--good:#5fc98a;--bad:#ff8a80;--warn:#e0b03a;--s1:#5598e7;--s2:#f08a5d;--s3:#2fc48d;--s4:#e0b03a;--s5:#e68ab0;--s6:#4fb64f;--s7:#a99cf0;--s8:#f08080`;

const SERIES = Array.from({ length: 8 }, (_, i) => `.s${i + 1}{--c:var(--s${i + 1})}`).join("");

/** Styles of a picture that keeps the colours it was taken in. */
export const FIXED_CSS = { light: `.plot{${LIGHT}}`, dark: `.plot{${DARK}}` } as const;

/** Custom properties at `selector`. */
export function themeCss(selector: string): string {
  return `${selector}{${LIGHT}}@media (prefers-color-scheme:dark){${selector}{${DARK}}}`;
}

export const PLOT_CSS = `${SERIES}
.plot text{font:12px system-ui,sans-serif;fill:var(--soft)}
.plot .label{fill:var(--ink)}
.plot .title{font-weight:600;font-size:14px;fill:var(--ink)}
.plot .grid{stroke:var(--rule);stroke-width:.7}
.plot .minor{stroke:var(--faint)}
.plot .frame{fill:none;stroke:var(--soft);stroke-width:1}
.plot .line{fill:none;stroke:var(--c);stroke-width:1.8;stroke-linejoin:round}
.plot .dot{fill:var(--c)}
.plot .marker{fill:none;stroke:var(--c);stroke-width:2}`;
