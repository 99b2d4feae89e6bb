import { controlsOf, units } from "./fields";

const clock = controlsOf("clock");
const { field, choice, tick } = controlsOf("settings");

export const settingsSection = `
<section id="view-settings" aria-labelledby="settings-heading" hidden>
<h2 id="settings-heading" tabindex="-1">Clock and settings</h2>
<div class="split wide">
<section class="card" aria-labelledby="clock-heading"><h3 id="clock-heading">TikTok's clock</h3>
<p class="big"><time id="simulated-time"></time></p><p id="clock-offset" class="note"></p>
<form id="clock-form"><div class="row">
${clock.field({ label: "Ahead of this machine by", name: "amount", type: "number", value: 0, anyStep: true, required: true, hint: "Negative: behind it." })}
${clock.choice({ label: "Unit", name: "unit", options: units })}
</div><div class="acts"><button>Set the clock</button>
<button type="button" id="clock-back">Back to this machine's time</button></div></form></section>
<section class="card" aria-labelledby="other-heading"><h3 id="other-heading">Settings</h3><form id="settings-form">
${choice({
  label: "Contract",
  name: "contract",
  options: [
    ["mission", "mission: /v2/video/data/"],
    ["public", "public: /v2/video/query/"],
  ],
  hint: "The product has to be set to the same one.",
})}
${choice({
  label: "App state",
  name: "appState",
  options: [
    ["live", "live"],
    ["draft", "draft: nobody gets in"],
    ["sandbox", "sandbox: test users alone"],
  ],
})}
${field({ label: "Test users of the sandbox", name: "sandboxUsers", hint: "Open ids, with commas between." })}
${tick({ label: "A refresh brings a new refresh token", name: "rotateRefreshTokens" })}
<div class="row">
${field({ label: "Access token, s", name: "accessTtlSeconds", type: "number", min: 1, required: true, hint: "How long it lives." })}
${field({ label: "Refresh token, s", name: "refreshTtlSeconds", type: "number", min: 1, required: true, hint: "How long it lives." })}
${field({ label: "Cover link, s", name: "coverTtlSeconds", type: "number", required: true, hint: "How long it lives." })}
${field({ label: "Requests a minute", name: "rateLimitPerMinute", type: "number", min: 0, required: true, hint: "0: no limit." })}
${field({ label: "Latency in ms", name: "latencyMs", type: "number", min: 0, required: true })}
${choice({
  label: "OAuth error",
  name: "oauthErrorStatus",
  hint: "Its status.",
  options: [
    ["400", "400"],
    ["200", "200"],
  ],
})}
</div><button>Save the settings</button></form></section>
</div></section>`;
