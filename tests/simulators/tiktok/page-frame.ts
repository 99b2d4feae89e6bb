import { escapeHtml } from "./embed-markup";

interface SimulatorPage {
  title: string;
  body: string;
  /** Comes after the frame's own. */
  style?: string;
  script?: string;
}

/** The frame of every page that a person sees: plainly a stand-in, in nobody's brand. */
export function simulatorPage({ title, body, style = "", script }: SimulatorPage): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>${escapeHtml(title)} · TikTok simulator</title>
<style>${frameStyle}${style}</style></head>
<body><header><strong>TikTok simulator</strong><span>Not TikTok. Nothing leaves this machine.</span></header>
<main>${body}</main>${script === undefined ? "" : `<script type="module">${script}</script>`}</body></html>`;
}

export const frameStyle = `
:root{color-scheme:light dark;--page:light-dark(#f6f6f3,#141517);--card:light-dark(#fff,#1d1f22);
--ink:light-dark(#1b1c20,#f0f0ec);--muted:light-dark(#5b5d66,#a9abb3);--line:light-dark(#dcdcd6,#34363b);
--control:light-dark(#8a8c94,#7d8089);--accent:light-dark(#31486b,#b9cdf0);--on-accent:light-dark(#fff,#152033);
--wash:light-dark(#e9eef6,#232b38)}
*{box-sizing:border-box}
html{scroll-padding-bottom:6rem}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header{display:flex;flex-wrap:wrap;gap:.15rem .75rem;padding:.6rem 1rem;border-bottom:2px dashed var(--line);
color:var(--muted);font-size:.875rem}
header strong{color:var(--ink)}
main{max-width:68rem;margin:0 auto;padding:1.25rem 1rem 2rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .4rem;letter-spacing:-.01em}
h2{font-size:.8125rem;font-weight:600;color:var(--muted);margin:1rem 0 .4rem}
.lead{margin:0 0 1.25rem;max-width:40rem;color:var(--muted);overflow-wrap:anywhere}
.lead strong{color:var(--ink)}
.note,small{color:var(--muted);font-size:.8125rem}
fieldset{min-width:0;margin:0;padding:.25rem 1rem 1rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}
legend{font-weight:600;padding:0 .4rem}
.columns{display:grid;gap:1rem;grid-template-columns:minmax(0,1fr)}
.grid{display:grid;gap:.4rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr))}
.choice{display:flex;align-items:center;gap:.7rem;min-height:44px;padding:.5rem .6rem;border:1px solid var(--line);
border-radius:10px;cursor:pointer}
.scopes .choice{margin-top:.5rem}
.choice:hover,.choice:has(:checked){background:var(--wash)}
.accounts .choice:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.choice:has(:disabled){cursor:default}
.choice>span{min-width:0;flex:1}
.name,small{display:block;overflow:hidden;text-overflow:ellipsis}
.name{font-weight:600;line-height:1.3;text-align:left}
.accounts .name,.accounts small{white-space:nowrap}
.choice img{border-radius:50%;flex:none}
input{width:1.15rem;height:1.15rem;flex:none;accent-color:var(--accent)}
.bar{position:sticky;bottom:0;display:flex;gap:.6rem;margin-top:1rem;padding:.75rem 0;background:var(--page);
border-top:1px solid var(--line)}
button,.button{min-height:44px;padding:.55rem 1.4rem;border:1px solid var(--control);border-radius:10px;background:var(--card);
color:var(--ink);font:inherit;font-weight:600;cursor:pointer}
.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.choice:has(:focus-visible){outline:3px solid var(--accent);outline-offset:2px}
.choice :focus-visible{outline:0}
.post{display:grid;gap:1rem;max-width:28rem}
.post img{width:100%;height:auto;border-radius:12px}
.caption{white-space:pre-wrap;overflow-wrap:anywhere}
@media(min-width:60rem){.columns{grid-template-columns:minmax(0,1fr) 19rem;align-items:start}
.scopes{position:sticky;top:1rem}}
@media(max-width:30rem){.bar button{flex:1}}`;
