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
 * so is every 302 that says `changes: "nothing"`. Requests that do change something are sent in the order of the
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
    post("/account", { intent: "end_other_sessions" }, signedIn(302), "", { as: "a spare" }),
    post("/account", { intent: "disconnect" }, signedIn(302), "", { as: "a spare" }),
    post("/account", { intent: "erase" }, signedIn(302), "", { as: "a spare" }),
  ],
  "routes/admin.challenges._index": [
    get("/admin/challenges", admins(200)),
    ...["publish", "pause", "resume", "close"].map((intent) =>
      post("/admin/challenges", ({ acted }) => ({ intent, slug: acted }), admins(302), "a challenge"),
    ),
    post("/admin/challenges", ({ called }) => ({ intent: "cancel", slug: called }), admins(302), "a challenge"),
  ],
  "routes/admin.challenges.new": [
    get("/admin/challenges/new", admins(200)),
    post(
      "/admin/challenges/new",
      () => ({
        title: "A new one",
        slug: `new-${randomUUID()}`,
        brief: "Show us one thing that is new.",
        organizer: "Casa Común",
        timeZone: "UTC",
        opensAt: "2030-01-01T10:00",
        closesAt: "2030-02-01T10:00",
      }),
      admins(302),
    ),
  ],
  "routes/auth.link": [
    get("/auth/link?token=none", everybody(404)),
    post("/auth/link", { token: "none" }, everybody(404)),
  ],
  "routes/auth.tiktok._index": [get("/auth/tiktok?returnTo=/studio", everybody(302), "", "something")],
  "routes/auth.tiktok.callback": [get("/auth/tiktok/callback?code=x&state=y", everybody(400))],
  "routes/challenges.$slug._index": [
    get(({ open }) => `/challenges/${open}`, everybody(200)),
    get(({ draft }) => `/challenges/${draft}`, everybody(404), "a draft"),
  ],
  "routes/challenges.$slug.leaderboard": [
    get(({ open }) => `/challenges/${open}/leaderboard`, everybody(200)),
    get(({ draft }) => `/challenges/${draft}/leaderboard`, everybody(404), "a draft"),
  ],
  "routes/challenges.$slug.leaderboard[.]json": [
    get(({ open }) => `/challenges/${open}/leaderboard.json`, everybody(200)),
    get(({ draft }) => `/challenges/${draft}/leaderboard.json`, everybody(404), "a draft"),
  ],
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
  ],
  "routes/entries.$id": [
    get(({ other }) => `/entries/${other.approved}`, everybody(200), "an approved one"),
    get(({ other }) => `/entries/${other.pending}`, everybody(404), "one that waits"),
    get(({ own }) => `/entries/${own.pending}`, everybody(404), "one's own that waits"),
    get("/entries/none", everybody(404)),
  ],
  "routes/login": [get("/login", everybody(200))],
  "routes/logout": [get("/logout", everybody(200)), post("/logout", {}, everybody(302), "", { as: "a spare" })],
  "routes/privacy": [get("/privacy", everybody(200))],
  "routes/review._index": [get("/review", staff(200))],
  "routes/review.$slug": [
    get(desk, staff(200)),
    get(({ draft }) => `/review/${draft}`, staff(404), "a draft"),
    ...["approve", "reject", "flag", "request_change"].flatMap((intent) => [
      post(desk, ({ own }) => verdict(intent, own.pending), staff(403), "their own entry"),
      post(desk, ({ other }) => verdict(intent, other.pending), staff(409), "another's entry"),
    ]),
    post(desk, ({ own }) => verdict("disqualify", own.pending), staff(403), "their own entry"),
    post(desk, ({ other }) => verdict("disqualify", other.approved), staff(409), "another's entry"),
    post(desk, ({ own }) => verdict("remove", own.pending), staff(403), "their own entry"),
    post(desk, ({ other }) => verdict("remove", other.approved), { ...staff(403), admin: 409 }, "another's entry"),
    post(desk, ({ other }) => verdict("undo", other.approved), staff(409), "another's decision"),
    // With effect, by the two who may.
    post(desk, ({ deal }) => ({ ...verdict("approve", deal), seenVersion: "1" }), staff(302), "an entry that waits"),
  ],
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
