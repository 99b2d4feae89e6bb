import { controlsOf } from "./fields";

const { field, words, choice } = controlsOf("webhook");

/** Documented by TikTok. There is none for a new, changed or deleted video. */
const events = [
  "authorization.removed",
  "video.upload.failed",
  "video.publish.completed",
  "portability.download.ready",
];

export const webhookSection = `
<section id="view-webhook" aria-labelledby="webhook-heading" hidden><h2 id="webhook-heading" tabindex="-1">Webhook</h2>
<datalist id="events">${events.map((name) => `<option value="${name}"></option>`).join("")}</datalist>
<div class="split wide">
<form id="webhook-form" class="card" aria-labelledby="webhook-heading">
${field({ label: "Event", name: "event", value: "authorization.removed", list: "events", required: true })}
${field({ label: "Account", name: "openId", list: "open-ids", hint: "An open id; empty for none." })}
${words({ label: "Content as JSON", name: "content", value: '{"reason": 1}', rows: 3 })}
<div class="row">
${field({ label: "Deliveries at once", name: "times", type: "number", value: 1, min: 1, max: 100, required: true })}
${field({ label: "Signed ago, in seconds", name: "signedAgo", type: "number", value: 0, required: true, hint: "The app takes up to 300." })}
</div>
${choice({
  label: "Signature",
  name: "signature",
  options: [
    ["right", "right"],
    ["secret", "made with another secret"],
    ["broken", "not a signature at all"],
    ["none", "none"],
  ],
})}
<button>Send the event</button></form>
<section aria-labelledby="sent-heading"><h3 id="sent-heading">What the app answered</h3>
<p id="nothing-sent" class="note">Nothing has been sent from this page yet.</p><ol id="sent-list" class="list"></ol></section>
</div></section>`;
