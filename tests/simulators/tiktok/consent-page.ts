import { escapeHtml } from "./embed-markup";
import { simulatorPage } from "./page-frame";
import { scopeMeanings } from "./scopes";
import type { Member, World } from "./world";

/** What an app may ask for; the same values travel through the page's hidden fields. */
export interface AuthorizeRequest {
  redirectUri: string;
  state: string;
  scopes: string[];
  codeChallenge: string | null;
  /** All parameters that were understood, for the page's form. */
  params: ReadonlyMap<string, string>;
}

const headings: Readonly<Record<Member["kind"], string>> = {
  creator: "Creators",
  staff: "Staff",
  added: "Added accounts",
  sized: "Accounts of a known size",
  hostile: "Accounts that mean harm",
};

/** The page a person clicks through. No script: radios, checkboxes and two buttons of one form. */
export function consentPage(world: World, request: AuthorizeRequest): string {
  const members = [...world.members.values()];
  const first = members[0]?.openId;
  const groups = Object.entries(headings)
    .map(([kind, heading]) => ({ heading, members: members.filter((member) => member.kind === kind) }))
    .filter((group) => group.members.length > 0);
  const hidden = [...request.params].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return simulatorPage({
    title: "Sign in for a test",
    body: `
<h1>Who signs in?</h1>
<p class="lead">The app at <strong>${escapeHtml(new URL(request.redirectUri).host)}</strong> asks to read from an account.
Everybody here is invented: choose whom to be.</p>
<form method="post" action="/v2/auth/authorize/">
${hidden.join("\n")}
<div class="columns">
<fieldset class="accounts"><legend>Account</legend>
${groups.map((group) => accountGroup(group.heading, group.members, first)).join("\n")}
</fieldset>
<fieldset class="scopes"><legend>What the app may read</legend>
${request.scopes.map(scopeChoice).join("\n")}
<p class="note">You are free to untick all but the first.</p>
</fieldset>
</div>
<div class="bar">
<button name="decision" value="continue" class="primary">Continue</button>
<button name="decision" value="cancel">Cancel</button>
</div>
</form>`,
  });
}

function accountGroup(heading: string, members: readonly Member[], first: string | undefined): string {
  const id = `group-${heading.toLowerCase().replaceAll(" ", "-")}`;
  return `<div role="group" aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(heading)}</h2><div class="grid">
${members.map((member) => accountChoice(member, member.openId === first)).join("\n")}
</div></div>`;
}

function accountChoice(member: Member, isChecked: boolean): string {
  const videos = member.publicVideos();
  const openId = escapeHtml(member.openId);
  return `<label class="choice"><input type="radio" name="account" value="${openId}"${isChecked ? " checked" : ""} required>
<img src="/avatars/${encodeURIComponent(member.openId)}.svg" alt="" width="40" height="40">
<span><bdi class="name">${escapeHtml(member.displayName.slice(0, 80))}</bdi>
<small><bdi>@${escapeHtml(member.username.slice(0, 60))}</bdi> · ${videos} ${videos === 1 ? "video" : "videos"}</small></span></label>`;
}

function scopeChoice(scope: string): string {
  const isFixed = scope === "user.info.basic";
  return `<label class="choice"><input type="checkbox" name="granted" value="${escapeHtml(scope)}" checked${isFixed ? " disabled" : ""}>
<span><span class="name">${escapeHtml(scopeMeanings[scope] ?? scope)}</span>
<small><code>${escapeHtml(scope)}</code>${isFixed ? " · always" : ""}</small></span></label>`;
}

/** Shown instead of a redirect when the request itself cannot be trusted. */
export function refusalPage(reason: string): string {
  return simulatorPage({
    title: "Refused",
    body: `<h1>This request is refused</h1><p class="lead">${escapeHtml(reason)}</p>
<p class="note">The app asked for something that is not allowed. Nobody has been signed in.</p>`,
  });
}
