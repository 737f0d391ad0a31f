/** The report page around its plots. */
export const PAGE_CSS = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:1320px;padding:24px 28px 64px;background:var(--surface);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:26px;margin:0}h2{font-size:20px;margin:44px 0 12px}h3{font-size:15px;margin:0 0 6px}
header p,.note{color:var(--soft);margin:4px 0 0;max-width:80ch}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0 12px}
.tile{border:1px solid var(--rule);border-radius:8px;padding:10px 14px}
.tile dt{color:var(--soft);font-size:13px}.tile dd{margin:0;font-size:22px;font-variant-numeric:tabular-nums}
.tile.good dd{color:var(--good)}.tile.bad dd{color:var(--bad)}
nav{display:flex;flex-wrap:wrap;gap:6px 14px;margin:18px 0 0}
a{color:var(--s1)}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,520px),1fr));gap:20px}
figure{margin:0;border:1px solid var(--rule);border-radius:8px;padding:14px;min-width:0}
figure svg{display:block;width:100%;height:auto;cursor:crosshair;user-select:none}
figcaption{color:var(--soft);font-size:13px;margin-top:6px;display:flex;gap:12px;justify-content:space-between;align-items:end}
.save{display:flex;gap:6px}.save button{font:12px system-ui,sans-serif;color:var(--soft);background:none;border:1px solid var(--rule);border-radius:6px;padding:2px 8px;cursor:pointer}.save button:hover,.save button:focus-visible{color:var(--ink);border-color:var(--soft)}
.readout{margin:2px 0;min-height:1.5em;font-size:13px;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.near{fill:none;stroke:var(--c);stroke-width:2}.zoom{fill:var(--s1);fill-opacity:.12;stroke:var(--s1)}
.legend{display:flex;flex-wrap:wrap;gap:4px 8px}
.legend button{font:13px system-ui,sans-serif;color:var(--ink);background:none;border:1px solid transparent;border-radius:6px;padding:4px 6px;cursor:pointer;display:flex;align-items:center;gap:7px;text-align:left}
.legend button:hover,.legend button:focus-visible{border-color:var(--soft)}
.legend button[aria-pressed=false]{color:var(--soft);text-decoration:line-through}
.legend i{flex:none;width:20px;height:0;border-top:3px solid var(--c)}
.legend .paper i{width:11px;height:11px;border:2px solid var(--c);border-radius:50%}
.legend .points i{width:8px;height:8px;border:0;border-radius:50%;background:var(--c);margin:0 2px}
.legend button[aria-pressed=false] i{opacity:.3}
details{margin-top:16px}summary{cursor:pointer;color:var(--soft);padding:4px 0}summary b{color:var(--bad)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--faint);vertical-align:top}
th{color:var(--soft);font-weight:500;border-color:var(--rule)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td small{display:block;color:var(--soft);max-width:44ch}
.ok{color:var(--good)}.miss{color:var(--bad)}.flag{color:var(--warn);font-weight:500}
tr.missed td{background:color-mix(in srgb,var(--bad) 8%,transparent)}
@media (max-width:700px){body{padding:16px 14px 48px}figure{padding:10px}td{font-size:13px}table{min-width:860px}}
`;
