import { endpoints, type FaultKind } from "../control-protocol";
import { controlsOf } from "./fields";

const { field, choice } = controlsOf("fault");

/** A kind that is missing here does not compile. */
const kinds: Record<FaultKind, string> = {
  status: "a bare status, without an envelope",
  error: "TikTok's own form, with the code",
  rate_limit: "too many requests",
  html: "a page in place of JSON",
  empty: "no body",
  hang: "never answered",
  reset: "the connection is cut at once",
  delay: "carried out, answered late",
  slow: "carried out, one byte a second",
  malformed: "carried out, the answer cut in the middle",
  lost_answer: "carried out, the answer never sent",
  cursor_repeat: "the list: the same cursor again",
  cursor_rise: "the list: a cursor that rises",
  cursor_missing: "the list: more to come, but no cursor",
  empty_page: "the list: a page with nothing on it",
  short_page: "the list: half a page",
  repeat_items: "the list: videos of the page before",
};

const anyEndpoint = [["*", "* (all)"], ...endpoints.map((name) => [name, name] as const)] as const;
const anyKind = Object.entries(kinds).map(([kind, meaning]) => [kind, `${kind}: ${meaning}`] as const);

export const faultsSection = `
<section id="view-faults" aria-labelledby="faults-heading" hidden><h2 id="faults-heading" tabindex="-1">Faults</h2>
<div class="split wide">
<section class="card" aria-labelledby="fault-heading"><h3 id="fault-heading">Add a fault</h3><form id="fault-form">
${choice({ label: "Endpoint", name: "endpoint", options: anyEndpoint })}
${choice({ label: "Kind", name: "kind", options: anyKind })}
${field({ label: "Only requests of", name: "openId", list: "open-ids", hint: "An open id; empty for everybody." })}
<div class="row">
${field({ label: "Times", name: "times", type: "number", min: 0, hint: "Empty: for ever." })}
${field({ label: "After", name: "after", type: "number", min: 0, hint: "So many pass first." })}
${field({ label: "Delay in ms", name: "delayMs", type: "number", min: 0, hint: "Any kind may wait." })}
${field({ label: "Status", name: "status", type: "number", min: 200, max: 599 })}
${field({ label: "Code", name: "code", hint: "E.g. internal_error." })}
${field({ label: "Retry-After", name: "retryAfter", hint: "Sent word for word." })}
</div>
${field({ label: "Id", name: "id", hint: "Empty: it is given one." })}
<button>Add the fault</button></form></section>
<section aria-labelledby="set-heading"><h3 id="set-heading" tabindex="-1">Faults that are set</h3>
<p id="no-fault" class="note">There is none.</p><ol id="fault-list" class="list"></ol>
<div class="acts"><button type="button" id="clear-faults">Clear all faults</button></div></section>
</div></section>`;
