/** Added to the frame's style, whose colours it uses. */
export const panelStyle = `
:root{--bad:light-dark(#9b1c1c,#ffb3ab)}
main{max-width:84rem}
h2{font-size:1.3rem;color:var(--ink);margin:1rem 0 .6rem}
h3{font-size:1.1rem;margin:0 0 .5rem;overflow-wrap:anywhere}
h4{font-size:1rem;margin:0 0 .5rem}
h5{font-size:.9375rem;margin:1rem 0 .4rem}
[hidden]{display:none!important}
[tabindex="-1"]:focus{outline:0}
.top{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:end;justify-content:space-between}
.top .lead,.top .tick{margin:0}
.tabs{display:flex;flex-wrap:wrap;gap:.3rem;margin:.75rem 0 0;padding:.5rem 0;
background:var(--page);border-bottom:1px solid var(--line)}
.tabs a{display:flex;align-items:center;min-height:40px;padding:.3rem .8rem;border-radius:10px;color:var(--ink);font-weight:600}
.tabs a{text-decoration:none}
.back{margin:0 0 .75rem}
.back a{color:var(--ink);font-weight:600}
.tabs a:hover,.list a:hover{background:var(--wash)}
.tabs [aria-current]{background:var(--accent);color:var(--on-accent)}
.tabs [aria-current]:hover{background:var(--accent)}
.split,.pair{display:grid;gap:1rem;grid-template-columns:minmax(0,1fr);align-items:start}
.card{padding:1rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}
.pair{margin:0 0 1rem}
.field{margin:0 0 .7rem;min-width:0}
.field label{display:block;font-weight:600;font-size:.875rem;margin-bottom:.2rem}
.field small{white-space:normal;margin-top:.15rem}
.field input,.field select,.field textarea{width:100%;height:auto;min-height:44px;padding:.5rem .65rem;
border:1px solid var(--control);border-radius:10px;background:var(--page);color:var(--ink);font:inherit}
.field textarea{resize:vertical}
.row{display:grid;gap:0 .7rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,8rem),1fr));align-items:start}
.tick{display:flex;gap:.6rem;align-items:center;min-height:32px;margin:0 0 .6rem}
.acts{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.list .acts{margin-top:.5rem}
.list button,.list summary{min-height:36px;padding:.3rem .8rem;font-size:.875rem}
summary{display:inline-flex;align-items:center;border:1px solid var(--control);border-radius:10px;font-weight:600;cursor:pointer}
details[open]{flex-basis:100%}
details form{margin-top:.6rem}
.list{list-style:none;margin:.5rem 0 1rem;padding:0;display:grid;gap:.5rem;grid-template-columns:minmax(0,1fr)}
.list>li{min-width:0;padding:.6rem .8rem;border:1px solid var(--line);border-radius:10px;background:var(--card);overflow-wrap:anywhere}
#cast{gap:.25rem}
#cast>li{padding:0}
#cast a{display:block;padding:.45rem .7rem;border-radius:10px;color:var(--ink);text-decoration:none}
#cast [aria-current]{background:var(--wash);box-shadow:inset 3px 0 0 var(--accent)}
#cast small{white-space:normal}
#cast .name,#cast small{overflow-wrap:anywhere}
.words{margin:0;white-space:pre-wrap}
.facts{margin:.2rem 0 0;color:var(--muted);font-size:.875rem}
.mark{display:inline-block;margin-right:.4rem;padding:0 .45rem;border:1px solid currentColor;border-radius:6px;font-size:.8125rem;font-weight:600}
.bad{color:var(--bad)}
code{font-size:.9em;overflow-wrap:anywhere}
.big{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
.said{position:sticky;bottom:0;z-index:1;display:grid;gap:.4rem;padding:.5rem 0}
.said p{margin:0;padding:.6rem .9rem;border:1px solid var(--accent);border-radius:10px;background:var(--card);
overflow-wrap:anywhere;white-space:pre-wrap;max-height:30vh;overflow:auto}
.said p:empty{position:absolute;padding:0;border:0}
.said [role=alert]{border-color:var(--bad);color:var(--bad)}
dialog{max-width:min(28rem,calc(100vw - 2rem));padding:1.25rem;border:1px solid var(--line);border-radius:12px;
background:var(--card);color:var(--ink)}
dialog::backdrop{background:#0008}
@media(max-width:29.99rem){.tabs a{padding:.3rem .6rem}}
@media(max-width:59.99rem){.split:has(>#account:not([hidden]))>nav{display:none}}
@media(min-width:60rem){.back{display:none}.tabs{position:sticky;top:0;z-index:1}.split{grid-template-columns:20rem minmax(0,1fr)}
.split.wide,.pair{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.split>nav{position:sticky;top:4.5rem;max-height:calc(100vh - 6rem);overflow:auto;padding:3px}}`;
