import { controlsOf, units } from "./fields";

const video = controlsOf("video");
const leave = controlsOf("leave");
const filter = controlsOf("filter");

/** TikTok's reasons of `authorization.removed`. */
const reasons = [
  ["1", "1: the person did it"],
  ["0", "0: unknown"],
  ["2", "2: the account was deleted"],
  ["3", "3: the age was changed"],
  ["4", "4: the account was banned"],
  ["5", "5: the app itself did it"],
] as const;

export const accountsSection = `
<section id="view-accounts" aria-labelledby="accounts-heading" hidden><h2 id="accounts-heading" tabindex="-1">Accounts</h2>
<div class="split">
<nav aria-label="Accounts"><ul id="cast" class="list"></ul></nav>
<p id="no-account" class="note">Choose an account to see its videos and its tokens.</p>
<article id="account" aria-labelledby="account-name" hidden>
<p class="back"><a href="#accounts">All accounts</a></p>
<h3 id="account-name" tabindex="-1"></h3><p id="account-facts" class="note"></p>
<div class="pair">
<section class="card" aria-labelledby="tokens-heading"><h4 id="tokens-heading">Tokens</h4>
<p id="account-tokens"></p>
<div class="acts"><button type="button" id="expire-access">Expire access tokens</button>
<button type="button" id="kill-refresh">Kill refresh tokens</button></div>
<form id="leave-form" aria-labelledby="leave-heading"><h5 id="leave-heading">Take access away</h5>
${leave.choice({ label: "Reason", name: "reason", options: reasons })}
${leave.tick({ label: "Tell the app by webhook", name: "webhook", checked: true })}
<button>Take access away</button></form></section>
<section class="card" aria-labelledby="video-heading"><h4 id="video-heading">Add a video</h4><form id="video-form">
${video.words({ label: "Caption", name: "caption", value: "A new video #aminuteofhome" })}
<div class="row">
${video.field({ label: "Duration in seconds", name: "durationSeconds", type: "number", value: 30, min: 0, hint: "0 is a photo post." })}
${video.field({ label: "Posted ago", name: "ago", type: "number", value: 5, min: 0, anyStep: true })}
${video.choice({ label: "Unit", name: "unit", options: units })}
</div>
${video.tick({ label: "Labelled as made with AI", name: "isAigc" })}
<button>Add the video</button></form></section>
</div>
<section aria-labelledby="videos-heading"><h4 id="videos-heading">Videos</h4>
<form id="filter-form" role="search" aria-label="Videos">
${filter.field({ label: "Caption, id, “private”, “deleted” or “AI”", name: "text", type: "search" })}</form>
<p id="videos-shown" class="note"></p><ol id="videos" class="list"></ol></section>
</article></div></section>`;
