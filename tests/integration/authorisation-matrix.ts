import { randomUUID } from "node:crypto";
import type { Asked, Asker } from "./doors-world";

/**
 * Who may open which door, and do what there: every route of the built manifest × every kind of asker × their own object
 * and somebody else's × every unsafe intent.
 *
 * To add a route, add its id (as the check names it: `routes/…`) with a line for its GET, and one for each intent and
 * kind of object of its action:
 *
 *   "routes/studio.things": [
 *     get("/studio/things", signedIn(200)),
 *     post("/studio/things", ({ own }) => ({ intent: "drop", thingId: own.thing }), signedIn(302), "their own"),
 *     post("/studio/things", ({ other }) => ({ intent: "drop", thingId: other.thing }), signedIn(403), "somebody else's"),
 *   ],
 *
 * What a line needs to be about stands in doors-world.ts (`own` is the asker's, `other` belongs to a person who asks
 * nothing). A GET and whatever ends with 400 or above must change nothing in the database, and this is looked after;
 * so is every 302 that says `changes: "nothing"`. A refused sign-in leaves a line in the history. Requests that do change something are sent in the order of the
 * lines; those that end what the asker needs later say `as: "a spare"`.
 * An admin's answer to an intent that nobody wrote, and to a POST where there is no action, need no line.
 */

/** What comes back: a status, or `login` for a redirect to the sign-in page that leads back here. */
export type Outcome = number | "login";
export type Outcomes = Readonly<Record<Asker, Outcome>>;
type Given<T> = T | ((asked: Asked) => T);

export interface Line {
  method: "GET" | "POST";
  path: (asked: Asked) => string;
  fields: (asked: Asked) => Record<string, string>;
  outcomes: Outcomes;
  /** Whose object it is about; empty when there is none. */
  on: string;
  changes: "something" | "nothing" | "even when refused";
  as: "themselves" | "a spare";
}

const everybody = (outcome: Outcome): Outcomes => ({
  visitor: outcome,
  ended: outcome,
  creator: outcome,
  demoted: outcome,
  moderator: outcome,
  admin: outcome,
});
const signedIn = (outcome: Outcome): Outcomes => ({ ...everybody(outcome), visitor: "login", ended: "login" });
const staff = (outcome: Outcome): Outcomes => ({ ...signedIn(outcome), creator: 403, demoted: 403 });
const admins = (outcome: Outcome): Outcomes => ({ ...staff(outcome), moderator: 403 });

const given =
  <T>(value: Given<T>) =>
  (asked: Asked): T =>
    typeof value === "function" ? (value as (asked: Asked) => T)(asked) : value;

function get(path: Given<string>, outcomes: Outcomes, on = "", changes: Line["changes"] = "nothing"): Line {
  return { method: "GET", path: given(path), fields: () => ({}), outcomes, on, changes, as: "themselves" };
}

function post(
  path: Given<string>,
  fields: Given<Record<string, string>>,
  outcomes: Outcomes,
  on = "",
  { changes = "something", as = "themselves" }: Partial<Pick<Line, "changes" | "as">> = {},
): Line {
  return { method: "POST", path: given(path), fields: given(fields), outcomes, on, changes, as };
}

/** Pages of a challenge that anybody may read, unless it is a draft. */
const ofChallenge = (page: (slug: string) => string) => [
  get(({ open }) => page(open), everybody(200)),
  get(({ draft }) => page(draft), everybody(404), "a draft"),
];
const results = ({ open }: Asked) => `/admin/challenges/${open}/results`;
const edit = ({ open }: Asked) => `/admin/challenges/${open}/edit`;
const filledChallenge = {
  title: "A new one",
  brief: "Show us one thing that is new.",
  organizer: "Casa Común",
  timeZone: "UTC",
  opensAt: "2026-01-01T10:00",
  closesAt: "2030-02-01T10:00",
};
const reviewOf = ({ open }: Asked) => `/admin/challenges/${open}/review`;
const desk = ({ open }: Asked) => `/review/${open}`;
const submit = ({ open }: Asked) => `/challenges/${open}/submit`;
/** A verdict with what all of them ask for, on a version that nobody has seen: the last thing to be looked at. */
const verdict = (intent: string, submissionId: string) => ({
  intent,
  submissionId,
  seenVersion: "999",
  reason: "OFF_BRIEF",
  message: "Words.",
});

export const routes: Readonly<Record<string, readonly Line[]>> = {
  "routes/$": [get("/nothing-here", everybody(404))],
  "routes/_index": [get("/", everybody(200))],
  "routes/account": [
    get("/account", signedIn(200)),
    post("/account", ({ own }) => ({ intent: "end_session", sessionId: own.session }), signedIn(302), "their own"),
    post(
      "/account",
      ({ other }) => ({ intent: "end_session", sessionId: other.session }),
      signedIn(302),
      "somebody else's",
      { changes: "nothing" },
    ),
    post("/account", { intent: "give_address", address: "nobody" }, signedIn(400)),
    post("/account", () => ({ intent: "give_address", address: `${randomUUID()}@example.org` }), signedIn(302)),
    post("/account", { intent: "choose_mail", choice: "daily" }, signedIn(302), "their own"),
    post("/account", { intent: "remove_address" }, signedIn(302), "their own"),
    post("/account", { intent: "end_other_sessions" }, signedIn(302), "", { as: "a spare" }),
    post("/account", { intent: "disconnect" }, signedIn(302), "", { as: "a spare" }),
    post("/account", { intent: "erase" }, signedIn(302), "", { as: "a spare" }),
  ],
  "routes/account_.export": [get("/account/export", signedIn(302)), post("/account/export", {}, signedIn(200))],
  "routes/admin.audit": [get("/admin/audit", admins(200))],
  "routes/admin.audit[.]csv": [get("/admin/audit.csv", admins(200), "", "something")],
  "routes/admin.challenges.$slug.edit": [
    get(edit, admins(200)),
    get(({ draft }) => `/admin/challenges/${draft}/edit`, admins(200), "a draft"),
    post(edit, { ...filledChallenge, seenVersion: "999" }, admins(409), "on a version that nobody has seen"),
    post(
      ({ acted }) => `/admin/challenges/${acted}/edit`,
      ({ acted }) => ({ ...filledChallenge, slug: acted, seenVersion: "1" }),
      admins(302),
      "a draft",
    ),
  ],
  "routes/admin.challenges._index": [
    get("/admin/challenges", admins(200)),
    ...["publish", "pause", "resume", "close"].map((intent) =>
      post("/admin/challenges", ({ acted }) => ({ intent, slug: acted }), admins(302), "a challenge"),
    ),
    post("/admin/challenges", ({ open }) => ({ intent: "archive", slug: open }), admins(409), "one that is open"),
    post(
      "/admin/challenges",
      ({ acted }) => ({ intent: "embed", slug: acted, origins: "https://example.org" }),
      admins(302),
      "a challenge",
    ),
    post("/admin/challenges", ({ called }) => ({ intent: "cancel", slug: called }), admins(302), "a challenge"),
  ],
  "routes/admin.challenges.$slug.results": [
    get(results, admins(200)),
    post(results, { intent: "freeze" }, admins(409), "one that is open"),
    post(results, { intent: "publish", places: "3" }, admins(409), "one that is open"),
    post(
      results,
      () => ({ intent: "replace", seenVersion: "1", winner: randomUUID(), instead: "", reason: "Words." }),
      admins(409),
      "one that is open",
    ),
  ],
  "routes/admin.challenges.$slug.review": [
    get(reviewOf, admins(200)),
    post(reviewOf, { intent: "save", name: "Ads", words: "ad", act: "flag" }, admins(302)),
    ...["try", "enable", "disable", "retire", "apply"].map((intent) =>
      post(
        reviewOf,
        () => ({ intent, ruleId: randomUUID(), seenVersion: "1" }),
        admins(409),
        "a rule that is not there",
      ),
    ),
    post(reviewOf, () => ({ intent: "undo", bulkId: randomUUID() }), admins(200), "a press that was not", {
      changes: "nothing",
    }),
    post(reviewOf, { intent: "target", hours: "48" }, admins(302)),
  ],
  "routes/admin.challenges.new": [
    get("/admin/challenges/new", admins(200)),
    get(({ draft }) => `/admin/challenges/new?like=${draft}`, admins(200), "a copy of a draft"),
    post("/admin/challenges/new", () => ({ ...filledChallenge, slug: `new-${randomUUID()}` }), admins(302)),
  ],
  "routes/admin.jobs": [
    get("/admin/jobs", admins(200)),
    post(
      "/admin/jobs",
      () => ({ intent: "retry_one", queue: "sync-videos", id: randomUUID() }),
      admins(302),
      "one that is gone",
      { changes: "nothing" },
    ),
    post("/admin/jobs", { intent: "retry_all", queue: "sync-videos" }, admins(302), "none", { changes: "nothing" }),
    post("/admin/jobs", { intent: "retry_all", queue: "no-such-queue" }, admins(400), "no queue"),
    // With effect: retry-jobs.test.ts.
  ],
  "routes/admin.people": [
    get("/admin/people", admins(200)),
    post(
      "/admin/people",
      () => ({ userId: randomUUID(), role: "admin", seenRole: "creator" }),
      admins(409),
      "somebody who is gone",
    ),
    // With effect: give-role.test.ts.
  ],
  "routes/admin.tiktok": [get("/admin/tiktok", admins(200)), post("/admin/tiktok", { intent: "check" }, admins(200))],
  "routes/auth.link": [
    get("/auth/link?token=none", everybody(404)),
    post("/auth/link", { token: "none" }, everybody(404), "", { changes: "even when refused" }),
  ],
  "routes/auth.tiktok._index": [get("/auth/tiktok?returnTo=/studio", everybody(302), "", "something")],
  "routes/auth.tiktok.callback": [get("/auth/tiktok/callback?code=x&state=y", everybody(400), "", "even when refused")],
  "routes/challenges.$slug._index": ofChallenge((slug) => `/challenges/${slug}`),
  "routes/challenges.$slug.feed[.]json": ofChallenge((slug) => `/challenges/${slug}/feed.json`),
  "routes/challenges.$slug.feed[.]xml": ofChallenge((slug) => `/challenges/${slug}/feed.xml`),
  "routes/challenges.$slug.leaderboard": ofChallenge((slug) => `/challenges/${slug}/leaderboard`),
  "routes/challenges.$slug.leaderboard[.]json": ofChallenge((slug) => `/challenges/${slug}/leaderboard.json`),
  "routes/challenges.$slug.og[.]png": ofChallenge((slug) => `/challenges/${slug}/og.png`),
  "routes/challenges.$slug.submit": [
    get(submit, signedIn(200)),
    get(({ draft }) => `/challenges/${draft}/submit`, signedIn(404), "a draft"),
    post(
      submit,
      ({ other }) => ({ videoId: other.video, rulesVersion: "1", attemptId: randomUUID() }),
      signedIn(403),
      "somebody else's video",
    ),
    post(
      submit,
      ({ own }) => ({ videoId: own.video, rulesVersion: "1", attemptId: randomUUID() }),
      signedIn(302),
      "their own video",
    ),
    post(
      submit,
      ({ other }) => ({ intent: "look_up", pasted: other.video, rulesVersion: "1", attemptId: randomUUID() }),
      signedIn(403),
      "somebody else's video",
    ),
    post(
      submit,
      ({ own }) => ({ intent: "look_up", pasted: own.video, rulesVersion: "1", attemptId: randomUUID() }),
      signedIn(200),
      "their own video, which is kept once it is read",
    ),
  ],
  "routes/email.confirm": [
    get("/email/confirm?token=none", everybody(404)),
    get(({ other }) => `/email/confirm?token=${other.letterToken}`, everybody(404), "a link that unsubscribes"),
    post("/email/confirm", ({ other }) => ({ token: other.letterToken }), everybody(404), "a link that unsubscribes"),
    // With a good link anybody may: letters.test.ts.
  ],
  "routes/email.unsubscribe": [
    get("/email/unsubscribe?token=none", everybody(404)),
    get(({ other }) => `/email/unsubscribe?token=${other.letterToken}`, everybody(200), "whoever has a letter"),
    post("/email/unsubscribe?token=none", {}, everybody(404)),
    post(({ other }) => `/email/unsubscribe?token=${other.letterToken}`, {}, everybody(200), "whoever has a letter"),
  ],
  "routes/embed.challenges.$slug": ofChallenge((slug) => `/embed/challenges/${slug}`),
  "routes/entries.$id._index": [
    get(({ other }) => `/entries/${other.approved}`, everybody(200), "an approved one"),
    get(({ other }) => `/entries/${other.pending}`, everybody(404), "one that waits"),
    get(({ own }) => `/entries/${own.pending}`, everybody(404), "one's own that waits"),
    get("/entries/none", everybody(404)),
  ],
  "routes/entries.$id.report": [
    get(({ other }) => `/entries/${other.approved}/report`, everybody(200), "an approved one"),
    get(({ other }) => `/entries/${other.pending}/report`, everybody(404), "one that waits"),
    post(({ other }) => `/entries/${other.pending}/report`, { reason: "SPAM_OR_AD" }, everybody(404), "one that waits"),
    // On an approved one anybody may, a few times an hour from one address: reports.test.ts.
  ],
  "routes/login": [get("/login", everybody(200))],
  "routes/logout": [get("/logout", everybody(200)), post("/logout", {}, everybody(302), "", { as: "a spare" })],
  "routes/notifications": [
    get("/notifications", signedIn(200)),
    post("/notifications", () => ({ seenAt: new Date().toISOString() }), signedIn(302), "their own", {
      changes: "nothing",
    }),
  ],
  "routes/privacy": [get("/privacy", everybody(200))],
  "routes/review._index": [get("/review", staff(200))],
  "routes/review.appeals": [
    get("/review/appeals", staff(200)),
    ...["uphold", "dismiss", "undo"].map((intent) =>
      post(
        "/review/appeals",
        ({ other }) => ({ intent, submissionId: other.pending, seenVersion: "1", answer: "Words." }),
        staff(409),
        "an entry of which nothing was asked",
      ),
    ),
  ],
  "routes/review.figures": [get("/review/figures", staff(200))],
  "routes/review.live": [get("/review/live", staff(200))],
  "routes/review.log": [get("/review/log", staff(200))],
  "routes/review.log[.]csv": [get("/review/log.csv", staff(200))],
  "routes/review.reports": [
    get("/review/reports", staff(200)),
    post(
      "/review/reports",
      ({ own }) => ({ submissionId: own.pending, lastReportId: randomUUID() }),
      staff(403),
      "their own entry",
    ),
    post(
      "/review/reports",
      ({ other }) => ({ submissionId: other.pending, lastReportId: randomUUID() }),
      staff(302),
      "an entry that nobody reported",
      { changes: "nothing" },
    ),
  ],
  "routes/review.templates": [
    get("/review/templates", staff(200)),
    post(
      "/review/templates",
      () => ({ intent: "save", id: "", name: randomUUID(), verdict: "reject", words: "Dear {{creator}}" }),
      staff(302),
    ),
    post("/review/templates", () => ({ intent: "delete", id: randomUUID() }), staff(302), "one that is gone", {
      changes: "nothing",
    }),
  ],
  "routes/review.$slug_.entries.$id": [
    get(({ open, other }) => `/review/${open}/entries/${other.pending}`, staff(200), "another's entry"),
    get(({ open, own }) => `/review/${open}/entries/${own.pending}`, staff(200), "their own entry"),
    get(({ draft, other }) => `/review/${draft}/entries/${other.pending}`, staff(404), "an entry of another challenge"),
    post(
      ({ open, own }) => `/review/${open}/entries/${own.pending}`,
      { intent: "note", words: "Words." },
      staff(403),
      "their own entry",
    ),
    post(
      ({ open, own }) => `/review/${open}/entries/${own.pending}`,
      { intent: "hold", reason: "OTHER" },
      staff(403),
      "their own entry",
    ),
    post(
      ({ open, own }) => `/review/${open}/entries/${own.pending}`,
      { intent: "release" },
      staff(403),
      "their own entry",
    ),
    post(
      ({ open, other }) => `/review/${open}/entries/${other.pending}`,
      { intent: "hold", reason: "OTHER" },
      staff(409),
      "one that is not approved",
    ),
    post(
      ({ open, other }) => `/review/${open}/entries/${other.pending}`,
      { intent: "release" },
      staff(409),
      "one that is not held",
    ),
    post(
      ({ open, other }) => `/review/${open}/entries/${other.pending}`,
      { intent: "note", words: "Words." },
      staff(302),
      "another's entry",
    ),
  ],
  "routes/review.$slug": [
    get(desk, staff(200)),
    get(({ draft }) => `/review/${draft}`, staff(404), "a draft"),
    ...["approve", "reject", "flag", "request_change", "reopen"].flatMap((intent) => [
      post(desk, ({ own }) => verdict(intent, own.pending), staff(403), "their own entry"),
      post(desk, ({ other }) => verdict(intent, other.pending), staff(409), "another's entry"),
    ]),
    post(desk, ({ own }) => verdict("disqualify", own.pending), staff(403), "their own entry"),
    post(desk, ({ other }) => verdict("disqualify", other.approved), staff(409), "another's entry"),
    post(desk, ({ own }) => verdict("remove", own.pending), staff(403), "their own entry"),
    post(desk, ({ other }) => verdict("remove", other.approved), { ...staff(403), admin: 409 }, "another's entry"),
    post(desk, ({ other }) => verdict("undo", other.approved), staff(409), "another's decision"),
    ...["bulk_approve", "bulk_reject", "bulk_flag"].map((intent) =>
      post(
        desk,
        ({ other }) => ({ intent, selected: `${other.pending}:999`, reason: "OFF_BRIEF" }),
        staff(200),
        "another's entry",
        { changes: "nothing" },
      ),
    ),
    post(desk, () => ({ intent: "undo_bulk", bulkId: randomUUID() }), staff(200), "nobody's", { changes: "nothing" }),
    post(desk, { intent: "settings", keys: "alt" }, staff(302), "their own"),
    post(desk, ({ own }) => ({ intent: "take_over", submissionId: own.pending }), staff(403), "their own entry"),
    post(desk, ({ deal }) => ({ intent: "take_over", submissionId: deal }), staff(302), "an entry that waits"),
    // With effect, by the two who may.
    post(desk, ({ deal }) => ({ ...verdict("approve", deal), seenVersion: "1" }), staff(302), "an entry that waits"),
  ],
  "routes/review.$slug_.claim": [
    get(({ open }) => `/review/${open}/claim`, staff(405)),
    post(
      ({ open }) => `/review/${open}/claim`,
      ({ own }) => ({ intent: "claim", submissionId: own.pending }),
      staff(403),
      "their own entry",
    ),
    ...["claim", "release"].map((intent) =>
      post(
        ({ open }) => `/review/${open}/claim`,
        ({ deal }) => ({ intent, submissionId: deal }),
        staff(204),
        "an entry that waits",
      ),
    ),
  ],
  "routes/review.$slug_.rules": [
    get(({ open }) => `/review/${open}/rules`, staff(200)),
    get(({ draft }) => `/review/${draft}/rules`, staff(404), "a draft"),
  ],
  "routes/robots[.]txt": [get("/robots.txt", everybody(200))],
  "routes/sitemap[.]xml": [get("/sitemap.xml", everybody(200))],
  "routes/studio._index": [
    get("/studio", signedIn(200)),
    post("/studio", { intent: "resume" }, signedIn(302)),
    post("/studio", { intent: "sync" }, signedIn(302)),
    post("/studio", { intent: "cancel" }, signedIn(302)),
  ],
  "routes/studio.entries": [
    get("/studio/entries", signedIn(200)),
    ...["withdraw", "resubmit"].map((intent) =>
      post(
        "/studio/entries",
        ({ other }) => ({ intent, submissionId: other.pending }),
        signedIn(403),
        "somebody else's entry",
      ),
    ),
    post(
      "/studio/entries",
      ({ other }) => ({ intent: "appeal", submissionId: other.pending, statement: "Words." }),
      signedIn(403),
      "somebody else's entry",
    ),
    post(
      "/studio/entries",
      ({ own }) => ({ intent: "appeal", submissionId: own.pending, statement: "Words." }),
      signedIn(409),
      "their own, which waits",
    ),
    post(
      "/studio/entries",
      ({ own }) => ({ intent: "resubmit", submissionId: own.pending }),
      signedIn(409),
      "their own, of which nothing was asked",
      // The video is read anew from TikTok before it is judged.
      { changes: "even when refused" },
    ),
    post(
      "/studio/entries",
      ({ own }) => ({ intent: "withdraw", submissionId: own.pending }),
      signedIn(302),
      "their own",
    ),
  ],
  "routes/terms": [get("/terms", everybody(200))],
};

/** What web-app.server.ts answers before Remix; an operator's and TikTok's doors, which know no session. */
export const plainDoors: Readonly<Record<string, readonly Line[]>> = {
  "get /healthz": [get("/healthz", everybody(200))],
  "get /readyz": [get("/readyz", everybody(200))],
  "get /metrics": [get("/metrics", everybody(404), "without its token")],
  "post /webhooks/tiktok": [post("/webhooks/tiktok", { event: "x" }, everybody(401), "unsigned")],
};
