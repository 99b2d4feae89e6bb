import { endpoints } from "../control-protocol";
import { controlsOf } from "./fields";

const { field, choice, tick } = controlsOf("ledger");

const anyEndpoint = [["", "all"], ...endpoints.map((name) => [name, name] as const)] as const;

export const ledgerSection = `
<section id="view-ledger" aria-labelledby="ledger-heading" hidden><h2 id="ledger-heading" tabindex="-1">Ledger</h2>
<p class="note">Every request that reached the simulated TikTok, the newest first. Tokens and codes are never in it.</p>
<form id="ledger-form" role="search" aria-label="Ledger"><div class="row">
${choice({ label: "Endpoint", name: "endpoint", options: anyEndpoint })}
${field({ label: "Account", name: "openId", list: "open-ids" })}
${field({ label: "Text", name: "text", type: "search" })}
</div>
${tick({ label: "Only failures and faults", name: "failures" })}
<div class="acts"><button>Search</button><button type="button" id="clear-ledger">Clear the ledger</button></div></form>
<p id="ledger-shown" class="note"></p><ol id="ledger-list" class="list"></ol></section>`;
