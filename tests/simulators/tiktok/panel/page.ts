import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { html, type Reply } from "../exchange";
import { frameStyle, simulatorPage } from "../page-frame";
import { accountsSection } from "./accounts-section";
import { faultsSection } from "./faults-section";
import { ledgerSection } from "./ledger-section";
import { lettersSection } from "./letters-section";
import { settingsSection } from "./settings-section";
import { panelStyle } from "./style";
import { webhookSection } from "./webhook-section";

/** The control panel: the control API for a person. The page itself holds nothing of the world; its script asks. */

/** In the order in which each may use what comes before it. */
const parts = [
  "elements",
  "orders",
  "account",
  "accounts",
  "faults",
  "settings",
  "webhook",
  "ledger",
  "letters",
  "panel",
];

/** The modules of the page as one: their imports are of each other alone, and no two have a name in common. */
function readScript(): string {
  const text = parts.map((part) => readFileSync(new URL(`browser/${part}.js`, import.meta.url), "utf8")).join("\n");
  return text.replace(/^import [^;]*;$/gm, "").replace(/^export /gm, "");
}

const body = `
<div class="top"><div><h1>Control panel</h1>
<p class="lead">What you change here, the app finds at its next request.</p></div>
<div class="acts"><div class="tick"><input type="checkbox" id="refresh" checked>
<label for="refresh">Refresh every 2 seconds</label></div>
<button type="button" id="ask-reset">Reset…</button></div></div>
<noscript><p class="note">This page needs JavaScript.</p></noscript>
<nav class="tabs" aria-label="Sections">
<a href="#accounts">Accounts</a><a href="#faults">Faults</a><a href="#settings">Clock and settings</a>
<a href="#webhook">Webhook</a><a href="#ledger">Ledger</a><a href="#letters">Letters</a></nav>
<datalist id="open-ids"></datalist>
${accountsSection}${faultsSection}${settingsSection}${webhookSection}${ledgerSection}${lettersSection}
<div class="said"><p role="status" id="said"></p><p role="alert" id="wrong"></p></div>
<dialog id="reset-dialog" aria-labelledby="reset-heading"><form method="dialog">
<h2 id="reset-heading">Reset the simulator?</h2>
<p>Accounts, videos and settings go back to the start. Faults, the ledger and every token are gone: whoever is signed in
has to connect again.</p>
<div class="acts"><button value="reset" class="primary">Reset</button><button value="">Keep</button></div></form></dialog>`;

let made: Reply | undefined;

/** GET /__control/ */
export function controlPanel(): Reply {
  made ??= makePanel();
  return made;
}

function makePanel(): Reply {
  const script = readScript();
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(frameStyle + panelStyle)}`,
    "connect-src 'self'",
    // The empty icon.
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // Nothing on the page can be made from a string of markup.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return html(200, simulatorPage({ title: "Control panel", body, style: panelStyle, script }), {
    "content-security-policy": policy.join("; "),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
  });
}
